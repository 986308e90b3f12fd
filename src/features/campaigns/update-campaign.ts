import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import { lockOpenClient, touchClient } from '../client-record/public.ts'
import { setCampaignProjects } from './campaign-projects.ts'
import { readCampaign, type CampaignAnswer } from './campaign-rows.ts'
import type * as contract from './contract.ts'
import { checkCurrency, checkDays } from './create-campaign.ts'
import { visibleCampaigns } from './visible-campaigns.ts'

const stateActions = { active: 'resumed', paused: 'paused', ended: 'ended' } as const

/** Changes a campaign; orders placed in it stay as they are. 409 `version.stale` with it as it is now. */
export async function updateCampaign(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.updateCampaign>,
): Promise<CampaignAnswer> {
  const known = await visibleCampaigns(ctx)
    .select('campaign.client_id')
    .where('campaign.id', '=', params.id)
    .executeTakeFirst()
  if (!known) throw notFound()
  await lockOpenClient(ctx, known.client_id)
  const before = await readCampaign(ctx, params.id)
  if (before.version !== body.version) throw new Refusal(409, 'version.stale', { data: { current: before } })
  checkDays(body.startsOn ?? before.startsOn, body.endsOn === undefined ? before.endsOn : body.endsOn)
  checkCurrency(ctx, body.budget ?? null)
  await ctx.db
    .updateTable('campaign')
    .set({
      ...(body.name !== undefined && { name: body.name }),
      ...(body.goal !== undefined && { goal: body.goal }),
      ...(body.startsOn !== undefined && { starts_on: body.startsOn }),
      ...(body.endsOn !== undefined && { ends_on: body.endsOn }),
      ...(body.budget !== undefined && { budget: body.budget ? BigInt(body.budget.amount) : null }),
      ...(body.state !== undefined && { state: body.state }),
      updated_at: ctx.nowIso,
      version: before.version + 1,
    })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', params.id)
    .execute()
  if (body.projectIds)
    await setCampaignProjects(ctx, { id: params.id, clientId: known.client_id }, body.projectIds)
  const after = await readCampaign(ctx, params.id)
  ctx.audit({
    action: after.state === before.state ? 'campaign.updated' : `campaign.${stateActions[after.state]}`,
    clientId: known.client_id,
    entity: { kind: 'campaign', id: params.id, name: after.name },
    data: { changes: changesOf(before, after) },
  })
  await touchClient(ctx, known.client_id)
  return after
}

function changesOf(before: CampaignAnswer, after: CampaignAnswer): Record<string, unknown> {
  const plain = ['name', 'goal', 'startsOn', 'endsOn'] as const
  const changes: Record<string, unknown> = {}
  for (const f of plain) if (before[f] !== after[f]) changes[f] = [before[f], after[f]]
  if (before.budget?.amount !== after.budget?.amount) changes['budget'] = [before.budget, after.budget]
  return changes
}
