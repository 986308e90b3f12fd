import { checkCompanyNumbers } from '../../contract/company-numbers.ts'
import { invalid } from '../../server/refusal.ts'

/** Who an invoice is made out to, of a client or of the agency: identity and address, every field present. */
export type BillingDetails = {
  legalName: string | null
  siren: string | null
  siret: string | null
  vatNumber: string | null
  email: string | null
  addressLine1: string | null
  addressLine2: string | null
  postalCode: string | null
  city: string | null
  /** ISO 3166, two letters. */
  country: string
  purchaseReference: string | null
}

/** The same as the columns of a table. */
export type BillingColumns = {
  legal_name: string | null
  siren: string | null
  siret: string | null
  vat_number: string | null
  email: string | null
  address_line1: string | null
  address_line2: string | null
  postal_code: string | null
  city: string | null
  country: string
  purchase_reference: string | null
}

/** Every field, null where none was given. */
export function completedDetails(d: Partial<BillingDetails> & { country: string }): BillingDetails {
  return {
    legalName: d.legalName ?? null,
    siren: d.siren ?? null,
    siret: d.siret ?? null,
    vatNumber: d.vatNumber ?? null,
    email: d.email ?? null,
    addressLine1: d.addressLine1 ?? null,
    addressLine2: d.addressLine2 ?? null,
    postalCode: d.postalCode ?? null,
    city: d.city ?? null,
    country: d.country,
    purchaseReference: d.purchaseReference ?? null,
  }
}

/** The details in a row. */
export function detailsOfRow(row: BillingColumns): BillingDetails {
  return {
    legalName: row.legal_name,
    siren: row.siren,
    siret: row.siret,
    vatNumber: row.vat_number,
    email: row.email,
    addressLine1: row.address_line1,
    addressLine2: row.address_line2,
    postalCode: row.postal_code,
    city: row.city,
    country: row.country,
    purchaseReference: row.purchase_reference,
  }
}

/** The row of details. */
export function columnsOfDetails(d: BillingDetails): BillingColumns {
  return {
    legal_name: d.legalName,
    siren: d.siren,
    siret: d.siret,
    vat_number: d.vatNumber,
    email: d.email,
    address_line1: d.addressLine1,
    address_line2: d.addressLine2,
    postal_code: d.postalCode,
    city: d.city,
    country: d.country,
    purchase_reference: d.purchaseReference,
  }
}

/**
 * What was given, with its numbers bare. They are checked by their keys and with each other, a French postal code
 * by its form; 422 with all that is wrong.
 */
export function checkedDetails(given: Partial<BillingDetails> & { country: string }): BillingDetails {
  const { numbers, faults } = checkCompanyNumbers({
    siren: given.siren ?? null,
    siret: given.siret ?? null,
    vatNumber: given.vatNumber ?? null,
  })
  const wrongCode = given.country === 'FR' && given.postalCode && !/^\d{5}$/.test(given.postalCode)
  const wrong = { ...faults, ...(wrongCode && { postalCode: 'client_billing.postal_code_fr' }) }
  if (Object.keys(wrong).length > 0) throw invalid(wrong)
  return completedDetails({ ...given, ...numbers })
}

/** What differs, field by field: before and after. */
export function differences<T extends object>(old: T, now: T): Record<string, [unknown, unknown]> {
  const changed = (Object.keys(now) as (keyof T & string)[]).filter((k) => old[k] !== now[k])
  return Object.fromEntries(changed.map((k) => [k, [old[k], now[k]]]))
}
