export { accountRecordOf } from './account-answers.ts'
export { hostedAccountOf, type HostedAccountFacts } from './account-facts.ts'
export { insertAccount, type NewAccount } from './insert-account.ts'
export { lockAccount } from './lock-account.ts'
