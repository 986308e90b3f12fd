import type { Selectable } from 'kysely'
import type { AnswerOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import type { BillingProfile } from '../../server/schema.gen.ts'
import { findLookAlikes } from '../client-record/public.ts'
import { completedDetails, detailsOfRow, type BillingDetails } from './billing-details.ts'
import type * as contract from './contract.ts'

/** Billing details as the API answers them. */
export type BillingAnswer = AnswerOf<typeof contract.getBillingProfile>
/** The details and the terms, every field present. */
export type Details = BillingDetails & { paymentTermsDays: number | null }
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
  return { ...completedDetails({ country }), paymentTermsDays: null }
}

/** The details in a row. */
export function detailsOf(row: BillingRow): Details {
  return { ...detailsOfRow(row), paymentTermsDays: row.payment_terms_days }
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
