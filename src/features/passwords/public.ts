export { checkNewPassword } from './new-password.ts'
export { hashPassword, verifyPassword } from './password-hash.ts'
