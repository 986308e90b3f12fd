export { createAccountAdmin } from './create-account-admin.ts'
