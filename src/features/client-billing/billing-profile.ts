import type { Selectable } from 'kysely'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import type { BillingProfile } from '../../server/schema.gen.ts'
import { findLookAlikes } from '../client-record/public.ts'
import type * as contract from './contract.ts'

/** Billing details as the API answers them. */
export type BillingAnswer = AnswerOf<typeof contract.getBillingProfile>
type Body = InputOf<typeof contract.updateBillingProfile>['body']
/** The details themselves, every field present. */
export type Details = { [K in Exclude<keyof Body, 'version'>]-?: Exclude<Body[K], undefined> }
/** The row that holds them, once somebody saved. */
export type BillingRow = Selectable<BillingProfile>

/** A client's row, if any. The caller has made sure of its sight. */
export function readBillingRow(ctx: Ctx, clientId: string): Promise<BillingRow | undefined> {
  return ctx.db
    .selectFrom('billing_profile')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('client_id', '=', clientId)
    .executeTakeFirst()
}

/** Nothing but the country. */
export function emptyDetails(country: string): Details {
  return completed({ country, paymentTermsDays: null, email: null })
}

/** Every field, null where none was given. */
export function completed(d: Partial<Details> & Pick<Details, 'country' | 'paymentTermsDays'>): Details {
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
    paymentTermsDays: d.paymentTermsDays,
  }
}

/** The details in a row. */
export function detailsOf(row: BillingRow): Details {
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
    paymentTermsDays: row.payment_terms_days,
  }
}

/** What the API answers for a client of the caller's sight. */
export async function billingAnswer(
  ctx: Ctx,
  clientId: string,
  row: BillingRow | undefined,
  client: { country: string; status: string },
): Promise<BillingAnswer> {
  return {
    ...(row ? detailsOf(row) : emptyDetails(client.country)),
    version: row?.version ?? 0,
    updatedAt: row?.updated_at ?? null,
    sameSiren: row?.siren ? await findLookAlikes(ctx, { siren: row.siren, except: clientId }) : [],
    can: { edit: client.status !== 'archived' && ctx.may('clients.billing') },
  }
}
