import type { Ctx } from '../../server/context.ts'
import { agencyOf } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { billingDetailsOf } from '../client-billing/public.ts'

/** Who pays: the agency itself, or one of its clients with its own money (clientPaid). */
export type Payer = { kind: 'agency' } | { kind: 'client'; id: string }

/** A payer's legal identity as an invoice prints it, at this moment. */
export type PayerDetails = {
  /** The agency's or the client's id. */
  id: string
  kind: 'agency' | 'client'
  legalName: string
  siren: string | null
  siret: string | null
  vatNumber: string | null
  email: string | null
  addressLine1: string | null
  addressLine2: string | null
  postalCode: string | null
  city: string | null
  country: string
  purchaseReference: string | null
  /** What an invoice must say and is not known yet (CGI ann. II art. 242 nonies A): field names. */
  missing: ('legalName' | 'addressLine1' | 'postalCode' | 'city')[]
}

/** The payer's identity; of an agency that saved none, its name and country, the rest missing. */
export async function payerDetails(ctx: Ctx, payer: Payer): Promise<PayerDetails> {
  const found = payer.kind === 'agency' ? await readAgencyProfile(ctx) : await billingDetailsOf(ctx, payer.id)
  const name = found?.legal_name ?? (payer.kind === 'agency' ? agencyOf(ctx).name : null)
  const details = {
    id: payer.kind === 'agency' ? ctx.agencyId : payer.id,
    kind: payer.kind,
    legalName: name ?? '',
    siren: found?.siren ?? null,
    siret: found?.siret ?? null,
    vatNumber: found?.vat_number ?? null,
    email: found?.email ?? null,
    addressLine1: found?.address_line1 ?? null,
    addressLine2: found?.address_line2 ?? null,
    postalCode: found?.postal_code ?? null,
    city: found?.city ?? null,
    country: found?.country ?? 'FR',
    purchaseReference: found?.purchase_reference ?? null,
  }
  const legal = { ...details, legalName: found?.legal_name ?? null }
  const needed = ['legalName', 'addressLine1', 'postalCode', 'city'] as const
  return {
    ...details,
    missing: needed.filter((f) => legal[f] === null && !(f === 'postalCode' && details.country !== 'FR')),
  }
}

/** 409 `billing_profile.incomplete`, data { payer, missing }, when no invoice could be made out to this payer. */
export function refuseIncomplete(details: PayerDetails): void {
  if (details.missing.length > 0)
    throw new Refusal(409, 'billing_profile.incomplete', {
      data: { payer: details.kind, missing: details.missing },
    })
}

/** The agency's own row, once somebody saved one. */
export function readAgencyProfile(ctx: Ctx) {
  return ctx.db
    .selectFrom('agency_billing_profile')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .executeTakeFirst()
}
