/** Digits after the decimal sign in a currency: 2 for EUR, 0 for JPY. */
export function decimalsOf(currency: string): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  )
}

/** An amount in minor units as one types it, without spaces or sign: `4100,50`. */
export function amountText(amount: number, currency: string, decimalSign = ','): string {
  const decimals = decimalsOf(currency)
  const digits = String(amount).padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const rest = digits.slice(digits.length - decimals)
  return /^0*$/.test(rest) ? whole : `${whole}${decimalSign}${rest}`
}

/**
 * What somebody typed, in minor units: blanks, the currency's sign and the separators of thousands are left
 * out, the last comma or point before at most `decimals` digits is the decimal sign. Undefined when it is no
 * positive amount.
 */
export function amountFromText(text: string, currency: string): number | undefined {
  const decimals = decimalsOf(currency)
  const bare = text.replaceAll(/[\s\u00a0\u202f]|\p{Sc}/gu, '').replace(new RegExp(currency, 'i'), '')
  const match = /^(\d{1,3}(?:[.,’']\d{3})+|\d+)(?:[.,](\d{1,2}))?$/.exec(bare)
  if (!match) return undefined
  const [, whole = '', rest = ''] = match
  if (rest.length > decimals || whole.replaceAll(/\D/g, '').length > 12) return undefined
  return Number(whole.replaceAll(/\D/g, '')) * 10 ** decimals + Number(rest.padEnd(decimals, '0') || 0)
}
