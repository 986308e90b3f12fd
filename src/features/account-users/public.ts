export { userLimit } from './account-user.ts'
export { createAccountAdmin } from './create-account-admin.ts'
