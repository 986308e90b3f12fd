export { hashPassword } from './password-hash.ts'
export { checkNewPassword, newPasswordRefusal, type PasswordOwner } from './new-password.ts'
export { endSessionsOf, openSession, type SessionMethod } from './session.ts'
