import { spacedNumber } from '../../contract/company-numbers.ts'
import { moneyText } from '../wallets/public.ts'
import type { Seller } from './seller.ts'

/** What French law wants beside the seller's name (art. R123-238 C. com.): « SAS au capital de 10 000 € – RCS Nantes 732 829 320 ». */
export function sellerDescription(s: Seller): string | null {
  const capital =
    s.shareCapital === null
      ? ''
      : ` au capital de ${moneyText('fr', BigInt(s.shareCapital), 'EUR').replace(',00', '')}`
  const form = s.legalForm === null ? '' : `${s.legalForm}${capital}`
  const register = s.registerCity === null ? '' : `RCS ${s.registerCity} ${spacedNumber(s.siren)}`
  return [form, register].filter((part) => part !== '').join(' – ') || null
}
