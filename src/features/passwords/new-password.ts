import { passwordStrength } from '../../contract/password-strength.ts'
import { invalid, type FieldRefusal } from '../../server/refusal.ts'
import { isCommonPassword, isPersonalPassword } from './known-passwords.ts'

/** What is known of whoever sets a password: none of it may be what the password rests on. */
export type PasswordOwner = {
  email?: string | null
  name?: string | null
  userName?: string | null
  agencyName?: string | null
}

/** Why a new password is refused, as a text key with its values, or undefined when it may be used. */
export function newPasswordRefusal(password: string, owner: PasswordOwner): FieldRefusal | undefined {
  const { problem } = passwordStrength(password)
  if (problem) return problem
  if (isPersonalPassword(password, owner)) return 'password.personal'
  if (isCommonPassword(password)) return 'password.common'
  return undefined
}

/**
 * Refuses (422 on `field`) a password that is too short, too long, too light, known from breaches, or made
 * of its owner's name, address or agency. No composition rule, no periodic change.
 */
export function checkNewPassword(password: string, owner: PasswordOwner, field = 'password'): void {
  const refusal = newPasswordRefusal(password, owner)
  if (refusal) throw invalid({ [field]: refusal })
}
