import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import { visibleClients } from '../access/public.ts'
import { billingAnswer, readBillingRow, type BillingAnswer } from './billing-profile.ts'
import type * as contract from './contract.ts'

/** Billing details of a client (A5); empty, with the agency's country, until somebody saves them. */
export async function getBillingProfile(
  ctx: Ctx,
  { params }: InputOf<typeof contract.getBillingProfile>,
): Promise<BillingAnswer> {
  const client = await visibleClients(ctx)
    .select(['client.country', 'client.status'])
    .where('client.id', '=', params.id)
    .executeTakeFirst()
  if (!client) throw notFound()
  return billingAnswer(ctx, params.id, await readBillingRow(ctx, params.id), client)
}
