import type { Buyer } from './buyer.ts'

// Electronic address schemes (EAS) of VAT numbers, for buyers outside France.
const vatSchemes: Readonly<Record<string, string>> = {
  AT: '9914',
  BE: '9925',
  BG: '9926',
  CY: '9928',
  CZ: '9929',
  DE: '9930',
  EE: '9931',
  ES: '9920',
  GR: '9933',
  HR: '9934',
  HU: '9910',
  IE: '9935',
  IT: '0211',
  LT: '9937',
  LU: '9938',
  LV: '9939',
  MC: '9940',
  MT: '9943',
  NL: '9944',
  PL: '9945',
  PT: '9946',
  RO: '9947',
  SI: '9949',
  SK: '9950',
  GB: '9932',
  CH: '9927',
  NO: '9909',
}

/**
 * Where a party receives documents electronically (BT-34, BT-49): in France its SIREN in the national directory
 * (scheme 0225), elsewhere its VAT number, else its mail address (EM). Null when nothing is known.
 */
export function electronicAddress(
  party: Pick<Buyer, 'siren' | 'vatNumber' | 'email' | 'country'>,
): { scheme: string; address: string } | null {
  if (party.siren) return { scheme: '0225', address: party.siren }
  const scheme = vatSchemes[party.country]
  if (scheme && party.vatNumber) return { scheme, address: party.vatNumber }
  return party.email ? { scheme: 'EM', address: party.email } : null
}
