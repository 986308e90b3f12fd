export { hostedAccountOf, type HostedAccountFacts } from './account-facts.ts'
export { insertAccount, type NewAccount } from './insert-account.ts'
