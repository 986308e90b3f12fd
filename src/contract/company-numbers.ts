import { vatForms } from './vat-forms.ts'

/** A number understood, without blanks and in capitals, or the text key of why not with its values. */
export type CompanyNumber = { value: string } | { fault: string; values?: Record<string, string | number> }

/** SIREN of La Poste, whose establishments follow a rule of their own. */
const laPoste = '356000000'

/** A number as compared: no blanks, dots, hyphens or slashes, capitals. */
export function bareNumber(text: string): string {
  return text.replaceAll(/[\s\u00a0\u202f.\-/]/g, '').toUpperCase()
}

/** Whether the digits satisfy Luhn's key: from the right, every second one doubled, a sum of tens. */
export function luhnHolds(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    const weighed = i % 2 === 0 ? digit : digit * 2
    sum += weighed > 9 ? weighed - 9 : weighed
  }
  return sum % 10 === 0
}

/** A French company number: 9 digits, Luhn's key. Nine zeros satisfy the key and name nobody. */
export function checkSiren(text: string): CompanyNumber {
  const value = bareNumber(text)
  const fault = digitsFault('siren', value, 9)
  if (fault) return fault
  return luhnHolds(value) && value !== '000000000' ? { value } : { fault: 'company_number.siren_key' }
}

/**
 * A French establishment number: a SIREN, then 5 digits, Luhn's key over the 14. La Poste has more
 * establishments than keys: its digits need only sum to a multiple of 5.
 */
export function checkSiret(text: string): CompanyNumber {
  const value = bareNumber(text)
  const fault = digitsFault('siret', value, 14)
  if (fault) return fault
  if ('fault' in checkSiren(value.slice(0, 9))) return { fault: 'company_number.siret_siren' }
  if (luhnHolds(value)) return { value }
  const sum = [...value].reduce((total, digit) => total + Number(digit), 0)
  return value.startsWith(laPoste) && sum % 5 === 0 ? { value } : { fault: 'company_number.siret_key' }
}

function digitsFault(kind: 'siren' | 'siret', value: string, length: number): CompanyNumber | undefined {
  if (!/^\d*$/.test(value)) return { fault: `company_number.${kind}_characters` }
  return value.length === length
    ? undefined
    : { fault: `company_number.${kind}_length`, values: { count: value.length } }
}

/** The VAT number that a SIREN has when its key is in digits: key = (12 + 3 × (SIREN mod 97)) mod 97. */
export function frenchVatNumber(siren: string): string {
  const key = (12 + 3 * (Number(siren) % 97)) % 97
  return `FR${String(key).padStart(2, '0')}${siren}`
}

/**
 * A VAT number of the European Union or Northern Ireland, country letters first. French ones are checked by
 * their key and the SIREN inside, the others by the form of their country.
 */
export function checkVatNumber(text: string): CompanyNumber {
  const value = bareNumber(text)
  const country = value.slice(0, 2)
  const form = vatForms[country]
  if (!form) return { fault: 'company_number.vat_country' }
  if (!form.pattern.test(value.slice(2)))
    return { fault: 'company_number.vat_form', values: { country, example: form.example } }
  return country === 'FR' ? checkFrenchVat(value) : { value }
}

function checkFrenchVat(value: string): CompanyNumber {
  const siren = value.slice(4)
  // Monaco's numbers carry no SIREN.
  const monaco = siren.startsWith('000')
  if (!monaco && 'fault' in checkSiren(siren)) return { fault: 'company_number.vat_siren' }
  if (frenchKeyHolds(value.slice(2, 4), siren)) return { value }
  return { fault: 'company_number.vat_key', values: { expected: frenchVatNumber(siren) } }
}

const keyLetters = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** Keys in digits are tied to the SIREN modulo 97; newer ones with letters modulo 11. */
function frenchKeyHolds(key: string, siren: string): boolean {
  if (/^\d\d$/.test(key)) return frenchVatNumber(siren) === `FR${key}${siren}`
  const [first, second] = [...key].map((c) => keyLetters.indexOf(c)) as [number, number]
  const check = /^\d/.test(key) ? first * 24 + second - 10 : first * 34 + second - 100
  return (Number(siren) + 1 + Math.floor(check / 11)) % 11 === ((check % 11) + 11) % 11
}

/** The three numbers of one company; null where there is none. */
export type CompanyNumbers = { siren: string | null; siret: string | null; vatNumber: string | null }

/**
 * Checks each number, then that they are of one company: the SIRET and a French VAT number contain the SIREN.
 * Gives the bare numbers and, per field, what is wrong; a SIREN left out is taken from the SIRET.
 */
export function checkCompanyNumbers(given: CompanyNumbers): {
  numbers: CompanyNumbers
  faults: Partial<Record<keyof CompanyNumbers, { code: string; values?: Record<string, string | number> }>>
} {
  const checks = { siren: checkSiren, siret: checkSiret, vatNumber: checkVatNumber }
  const numbers: CompanyNumbers = { siren: null, siret: null, vatNumber: null }
  const faults: ReturnType<typeof checkCompanyNumbers>['faults'] = {}
  for (const field of ['siren', 'siret', 'vatNumber'] as const) {
    const text = given[field]
    if (text === null || bareNumber(text) === '') continue
    const result = checks[field](text)
    if ('value' in result) numbers[field] = result.value
    else faults[field] = { code: result.fault, ...(result.values && { values: result.values }) }
  }
  if (numbers.siren && numbers.siret && !numbers.siret.startsWith(numbers.siren)) {
    faults.siret = { code: 'company_number.siret_other_siren', values: { siren: numbers.siren } }
  }
  if (!faults.siren && !faults.siret) numbers.siren ??= numbers.siret?.slice(0, 9) ?? null
  const inVat = numbers.vatNumber?.startsWith('FR') ? numbers.vatNumber.slice(4) : null
  if (numbers.siren && inVat && inVat !== numbers.siren) {
    faults.vatNumber = {
      code: 'company_number.vat_other_siren',
      values: { expected: frenchVatNumber(numbers.siren) },
    }
  }
  return { numbers, faults }
}

/** A SIREN or SIRET as people read it: `552 685 968`, `552 685 968 00012`. */
export function spacedNumber(digits: string): string {
  return digits.replace(/^(\d{3})(\d{3})(\d{3})(\d*)$/, (_, a: string, b: string, c: string, rest: string) =>
    [a, b, c, rest].filter(Boolean).join('\u202f'),
  )
}
