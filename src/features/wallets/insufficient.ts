import type { Ctx } from '../../server/context.ts'
import { decimalsOf } from '../../contract/amounts.ts'
import { Refusal } from '../../server/refusal.ts'

/** Units that are counted, not money. */
export const creditUnits: readonly string[] = ['SMS', 'PREVIEW']

/**
 * 409 `wallet.insufficient`: says what is missing (« Il manque 12,40 € »), in minor units or credits, also as
 * `data.missing`.
 */
export function insufficient(ctx: Ctx, missing: bigint, unit: string): Refusal {
  const credits = creditUnits.includes(unit)
  return new Refusal(409, 'wallet.insufficient', {
    values: {
      unit,
      count: Number(missing),
      missing: credits ? String(missing) : moneyText(ctx.locale, missing, unit),
    },
    data: { missing: { amount: Number(missing), currency: unit } },
  })
}

/** An amount in minor units as people write it: `12,40 €`. */
export function moneyText(locale: string, amount: bigint, currency: string): string {
  const decimals = decimalsOf(currency)
  const digits = String(amount < 0n ? -amount : amount).padStart(decimals + 1, '0')
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
  // Given as text, no digit of a large amount is lost to floating point.
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(
    `${amount < 0n ? '-' : ''}${text}` as `${number}`,
  )
}
