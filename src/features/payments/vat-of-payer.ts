import type { Ctx } from '../../server/context.ts'
import { payerDetails, type Payer } from '../agency-billing/public.ts'

/** VAT category of EN 16931: S rated, AE reverse charge, O outside the scope, and the rest for completeness. */
export type VatCategory = 'S' | 'AE' | 'E' | 'G' | 'O' | 'Z'

/** How a payer is taxed: rate in hundredths of a percent, and the category its invoice says. */
export type VatTreatment = { rateBasisPoints: number; category: VatCategory }

const memberStates = new Set(
  'AT BE BG CY CZ DE DK EE ES FI GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
)

/** Parts of France with a rate of their own (CGI art. 294 and 296): 8.5 % in three, none in Guiana and Mayotte. */
const overseas: Readonly<Record<string, number>> = { GP: 850, MQ: 850, RE: 850, GF: 0, YT: 0 }

/**
 * VAT on a service that a French seller gives a payer (CGI art. 259, directive 2006/112/EC art. 44 and 196):
 * 20 % in France and Monaco; a business elsewhere in the Union with a VAT number accounts for it itself; without
 * a number it is taxed as in France; outside the Union there is none.
 */
export function vatOf(payer: { country: string; vatNumber: string | null }): VatTreatment {
  const { country } = payer
  if (country === 'FR' || country === 'MC') return { rateBasisPoints: 2000, category: 'S' }
  const rate = overseas[country]
  if (rate !== undefined) return { rateBasisPoints: rate, category: rate === 0 ? 'E' : 'S' }
  if (!memberStates.has(country)) return { rateBasisPoints: 0, category: 'O' }
  return isEuropean(payer.vatNumber)
    ? { rateBasisPoints: 0, category: 'AE' }
    : { rateBasisPoints: 2000, category: 'S' }
}

/** A number of another member state, which need not be the address's own; Greece writes EL, XI is for goods only. */
function isEuropean(vatNumber: string | null): boolean {
  const letters = vatNumber?.slice(0, 2) ?? ''
  return letters === 'EL' || memberStates.has(letters)
}

/** How a payer is taxed at this moment: what `PurchaseLine.vatRateBasisPoints` is taken from. */
export async function vatOfPayer(ctx: Ctx, payer: Payer): Promise<VatTreatment> {
  return vatOf(await payerDetails(ctx, payer))
}
