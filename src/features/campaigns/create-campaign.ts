import type { InputOf } from '../../contract/endpoint.ts'
import { agencyOf, subjectOf, type Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { invalid } from '../../server/refusal.ts'
import { lockOpenClient, touchClient } from '../client-record/public.ts'
import { readCampaign, type CampaignAnswer } from './campaign-rows.ts'
import { setCampaignProjects } from './campaign-projects.ts'
import type * as contract from './contract.ts'

/**
 * Creates a campaign for a client in sight (A3); 409 `client.archived`, 422 at `endsOn` before its first day,
 * at `budget` in another currency than the agency's.
 */
export async function createCampaign(
  ctx: Ctx,
  { body }: InputOf<typeof contract.createCampaign>,
): Promise<CampaignAnswer> {
  const client = await lockOpenClient(ctx, body.clientId)
  checkDays(body.startsOn, body.endsOn ?? null)
  checkCurrency(ctx, body.budget ?? null)
  const author = subjectOf(ctx)
  const id = newId()
  await ctx.db
    .insertInto('campaign')
    .values({
      agency_id: ctx.agencyId,
      id,
      client_id: client.id,
      name: body.name,
      goal: body.goal ?? null,
      starts_on: body.startsOn,
      ends_on: body.endsOn ?? null,
      budget: body.budget ? BigInt(body.budget.amount) : null,
      currency: agencyOf(ctx).currency,
      created_by: author.userId,
      created_by_name: author.name,
      created_at: ctx.nowIso,
      updated_at: ctx.nowIso,
    })
    .execute()
  await setCampaignProjects(ctx, { id, clientId: client.id }, body.projectIds)
  ctx.audit({
    action: 'campaign.created',
    clientId: client.id,
    entity: { kind: 'campaign', id, name: body.name },
    data: { startsOn: body.startsOn, endsOn: body.endsOn ?? null, budget: body.budget ?? null },
  })
  await touchClient(ctx, client.id)
  return readCampaign(ctx, id)
}

/** 422 at `endsOn` when a campaign would end before it begins. */
export function checkDays(startsOn: string, endsOn: string | null): void {
  if (endsOn !== null && endsOn < startsOn) throw invalid({ endsOn: 'campaign.ends_before' })
}

/** Budgets are in the agency's currency: what its clients pay in. */
export function checkCurrency(ctx: Ctx, budget: { currency: string } | null): void {
  const { currency } = agencyOf(ctx)
  if (budget && budget.currency !== currency)
    throw invalid({ budget: { code: 'campaign.currency', values: { currency } } })
}
