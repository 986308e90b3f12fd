/**
 * An account number without blanks and in capitals when its check digits hold (ISO 13616: moved to the front, read
 * as a number with letters from 10, the remainder by 97 is 1); null otherwise.
 */
export function checkIban(text: string): string | null {
  const iban = text.replaceAll(/[\s\u00a0\u202f]/g, '').toUpperCase()
  if (!/^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(iban)) return null
  const moved = iban.slice(4) + iban.slice(0, 4)
  const digits = moved.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
  return BigInt(digits) % 97n === 1n ? iban : null
}
