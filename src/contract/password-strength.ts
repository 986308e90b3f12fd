/** Bounds of a password, in characters (Unicode code points), and the least it must weigh. */
export const passwordRules = { minLength: 12, maxLength: 128, minBits: 50 } as const

// Sizes of the alphabets in the CNIL's calculator; whatever is neither of a–z, A–Z nor a digit counts as "special".
const alphabets: [RegExp, number][] = [
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/[0-9]/, 10],
  [/[^a-zA-Z0-9]/, 37],
]

/** What a password weighs by itself, before lists of known passwords are looked at. */
export type PasswordStrength = {
  length: number
  /** The CNIL's calculation: length × log2 of the alphabets used. */
  bits: number
  /** The first rule it breaks, as a text key; null when it may be used. */
  problem: 'password.too_short' | 'password.too_long' | 'password.too_weak' | 'password.repetitive' | null
}

/** Weighs a password by the rule of the CNIL's recommendation of 2022 (at least 50 bits, with a lockout). */
export function passwordStrength(password: string): PasswordStrength {
  const length = [...password].length
  const alphabet = alphabets.reduce((sum, [pattern, size]) => sum + (pattern.test(password) ? size : 0), 0)
  const bits = alphabet === 0 ? 0 : length * Math.log2(alphabet)
  return { length, bits, problem: problemOf(password, length, bits) }
}

function problemOf(password: string, length: number, bits: number): PasswordStrength['problem'] {
  if (length < passwordRules.minLength) return 'password.too_short'
  if (length > passwordRules.maxLength) return 'password.too_long'
  if (bits < passwordRules.minBits) return 'password.too_weak'
  // The calculation gives "aaaaaaaaaaaa" 56 bits: what says little is refused on its own.
  if (new Set(password.toLowerCase()).size < 5) return 'password.repetitive'
  return null
}
