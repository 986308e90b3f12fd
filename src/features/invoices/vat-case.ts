import { checkVatNumber } from '../../contract/company-numbers.ts'
import type { VatCategory } from '../rating/public.ts'

/** Why VAT on a document is what it is; the legal mention of all but `domestic` is `vat.<case>`. */
export type VatCase = 'domestic' | 'reverse_charge' | 'outside_eu' | 'franchise' | 'overseas'
/** The case with its category and its rate in hundredths of a percent. */
export type Vat = { case: VatCase; category: VatCategory; rateBasisPoints: number }

const memberStates = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
)
// Guadeloupe, Martinique, Réunion (art. 296 CGI), by country code or by the postal codes of France.
const reducedOverseas = /^(GP|MQ|RE)$|^97[124]/
// Guyane and Mayotte, where VAT is not applied for now (art. 294-1 CGI).
const withoutVatOverseas = /^(GF|YT)$|^97[36]/

/**
 * VAT on services of a French seller to a business, by where the buyer is established (art. 259-1 CGI): France
 * and Monaco 20 %, Guadeloupe, Martinique and Réunion 8.5 %, Guyane and Mayotte none; in another member state
 * reverse charge (art. 283-2) when its VAT number is of that state and well formed, else 20 %; elsewhere out of
 * scope. A seller under the franchise charges none (art. 293 B).
 */
export function vatOf(
  seller: { vatScheme: 'normal' | 'franchise' },
  buyer: { country: string; postalCode: string | null; vatNumber: string | null },
): Vat {
  if (seller.vatScheme === 'franchise') return { case: 'franchise', category: 'E', rateBasisPoints: 0 }
  const { country } = buyer
  const place = country === 'FR' ? (buyer.postalCode ?? '') : country
  if (reducedOverseas.test(place)) return { case: 'domestic', category: 'S', rateBasisPoints: 850 }
  if (withoutVatOverseas.test(place)) return { case: 'overseas', category: 'E', rateBasisPoints: 0 }
  if (country === 'FR' || country === 'MC') return { case: 'domestic', category: 'S', rateBasisPoints: 2000 }
  if (!memberStates.has(country)) return { case: 'outside_eu', category: 'O', rateBasisPoints: 0 }
  return numberIsOf(country, buyer.vatNumber)
    ? { case: 'reverse_charge', category: 'AE', rateBasisPoints: 0 }
    : { case: 'domestic', category: 'S', rateBasisPoints: 2000 }
}

// Greece's numbers begin with EL.
function numberIsOf(country: string, vatNumber: string | null): boolean {
  if (vatNumber === null) return false
  const checked = checkVatNumber(vatNumber)
  return 'value' in checked && checked.value.startsWith(country === 'GR' ? 'EL' : country)
}

/** The case behind a category that was agreed earlier, when the buyer's details have changed since. */
export function caseOf(category: VatCategory, seller: { vatScheme: 'normal' | 'franchise' }): VatCase {
  if (category === 'S') return 'domestic'
  if (category === 'AE') return 'reverse_charge'
  if (category === 'E') return seller.vatScheme === 'franchise' ? 'franchise' : 'overseas'
  return 'outside_eu'
}
