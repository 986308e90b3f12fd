import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import {
  checkedDetails,
  columnsOfDetails,
  completedDetails,
  detailsOfRow,
  differences,
  type BillingDetails,
} from '../client-billing/public.ts'
import type * as contract from './contract.ts'
import { missingFields, readAgencyProfile } from './payer.ts'

type Answer = AnswerOf<typeof contract.getAgencyBilling>
type Details = BillingDetails & { collectionDay: number | null }

/** How the agency is taxed; given by the composition so that invoices may know this feature and not the reverse. */
export type VatOf = (ctx: Ctx) => Promise<{ rateBasisPoints: number; case: string }>

/** The agency's billing details; empty, with its country, until somebody saves them. */
export function getAgencyBilling(vatOf: VatOf) {
  return (ctx: Ctx): Promise<Answer> => answer(ctx, vatOf)
}

/**
 * Replaces the details. Numbers are checked by their keys and with each other, a French postal code by its form; all
 * that is wrong is answered at once. 409 `version.stale` with the current details.
 */
export function updateAgencyBilling(vatOf: VatOf) {
  return async (ctx: Ctx, { body }: InputOf<typeof contract.updateAgencyBilling>): Promise<Answer> => {
    // One at a time: two first saves must not both insert.
    await ctx.tx.query('lock_agency_billing', `select pg_advisory_xact_lock(hashtextextended($1, 12))`, [
      ctx.agencyId,
    ])
    const current = await answer(ctx, vatOf)
    const { version, ...given } = body
    if (version !== current.version) throw new Refusal(409, 'version.stale', { data: { current } })
    const details: Details = { ...checkedDetails(given), collectionDay: given.collectionDay }
    const changes = differences(current, details)
    if (version > 0 && Object.keys(changes).length === 0) return current
    await save(ctx, details, version + 1)
    const { name } = agencyOf(ctx)
    ctx.audit({
      action: 'agency_billing.updated',
      entity: { kind: 'agency', id: ctx.agencyId, name },
      data: { changes },
    })
    return answer(ctx, vatOf)
  }
}

async function answer(ctx: Ctx, vatOf: VatOf): Promise<Answer> {
  const row = await readAgencyProfile(ctx)
  const vat = await vatOf(ctx)
  return {
    ...(row
      ? { ...detailsOfRow(row), collectionDay: row.collection_day }
      : { ...completedDetails({ country: await countryOf(ctx) }), collectionDay: null }),
    vat: { rateBasisPoints: vat.rateBasisPoints, case: vat.case },
    missing: missingFields(row),
    version: row?.version ?? 0,
    updatedAt: row?.updated_at ?? null,
  }
}

async function countryOf(ctx: Ctx): Promise<string> {
  const row = await ctx.db
    .selectFrom('agency')
    .select('country')
    .where('agency_id', '=', ctx.agencyId)
    .executeTakeFirstOrThrow()
  return row.country
}

async function save(ctx: Ctx, d: Details, version: number): Promise<void> {
  const values = {
    ...columnsOfDetails(d),
    collection_day: d.collectionDay,
    updated_at: ctx.nowIso,
    version,
  }
  await ctx.db
    .insertInto('agency_billing_profile')
    .values({ ...values, agency_id: ctx.agencyId })
    .onConflict((c) => c.column('agency_id').doUpdateSet(values))
    .execute()
}
