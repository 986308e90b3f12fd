import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { Refusal } from '../../server/refusal.ts'
import { lockOpenClient, touchClient } from '../client-record/public.ts'
import { checkedDetails, columnsOfDetails, differences } from './billing-details.ts'
import {
  billingAnswer,
  detailsOf,
  emptyDetails,
  readBillingRow,
  type BillingAnswer,
  type BillingRow,
  type Details,
} from './billing-profile.ts'
import type * as contract from './contract.ts'

/**
 * Replaces the billing details. The numbers are checked by their keys and with each other, a French postal code
 * by its form; all that is wrong is answered at once. 409 `version.stale` with the current details.
 */
export async function updateBillingProfile(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.updateBillingProfile>,
): Promise<BillingAnswer> {
  const { version, ...given } = body
  const client = await lockOpenClient(ctx, params.id)
  const row = await readBillingRow(ctx, client.id)
  if ((row?.version ?? 0) !== version)
    throw new Refusal(409, 'version.stale', {
      data: { current: await billingAnswer(ctx, client.id, row, client) },
    })
  const details: Details = { ...checkedDetails(given), paymentTermsDays: given.paymentTermsDays }
  const changes = differences(row ? detailsOf(row) : emptyDetails(client.country), details)
  if (row && Object.keys(changes).length === 0) return billingAnswer(ctx, client.id, row, client)
  await save(ctx, client.id, row, details)
  ctx.audit({
    action: 'billing_profile.updated',
    clientId: client.id,
    entity: { kind: 'client', id: client.id, name: client.name },
    data: { changes },
  })
  await touchClient(ctx, client.id)
  return billingAnswer(ctx, client.id, await readBillingRow(ctx, client.id), client)
}

async function save(ctx: Ctx, clientId: string, row: BillingRow | undefined, d: Details): Promise<void> {
  const values = {
    ...columnsOfDetails(d),
    payment_terms_days: d.paymentTermsDays,
    updated_at: ctx.nowIso,
    version: (row?.version ?? 0) + 1,
  }
  // The client's row is locked, so that two first saves can't both insert.
  if (row)
    await ctx.db
      .updateTable('billing_profile')
      .set(values)
      .where('agency_id', '=', ctx.agencyId)
      .where('id', '=', row.id)
      .execute()
  else
    await ctx.db
      .insertInto('billing_profile')
      .values({ ...values, agency_id: ctx.agencyId, id: newId(), client_id: clientId })
      .execute()
}
