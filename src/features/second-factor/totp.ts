import { Secret, TOTP } from 'otpauth'

const period = 30
// The clock of a telephone may be a step off either way.
const window = 1

/** A new secret of 160 bits, base32, as applications take it. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32
}

/** The address an application reads from the QR code. */
export function totpUri(secret: string, issuer: string, label: string): string {
  return totpOf(secret, issuer, label).toString()
}

/** The time step that a code is of, or undefined when it is not one of the steps around `now`. */
export function stepOfCode(secret: string, code: string, now: Temporal.Instant): number | undefined {
  const digits = code.replaceAll(/\s/g, '')
  if (!/^\d{6}$/.test(digits)) return undefined
  const delta = totpOf(secret).validate({ token: digits, timestamp: now.epochMilliseconds, window })
  return delta === null ? undefined : Math.floor(now.epochMilliseconds / 1000 / period) + delta
}

function totpOf(secret: string, issuer = '', label = ''): TOTP {
  return new TOTP({ issuer, label, secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period })
}
