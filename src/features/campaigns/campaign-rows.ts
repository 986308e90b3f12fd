import { sql, type RawBuilder } from 'kysely'
import type { AnswerOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import type * as contract from './contract.ts'
import type { CampaignPhase } from './contract.ts'
import { visibleCampaigns } from './visible-campaigns.ts'

/** A campaign as the API answers it. */
export type CampaignAnswer = AnswerOf<typeof contract.getCampaign>

type ProjectOf = { id: string; name: string; host: string | null }

/** Today in the agency's zone. */
export function todayOf(ctx: Ctx): string {
  return ctx.now.toZonedDateTimeISO(agencyOf(ctx).timeZone).toPlainDate().toString()
}

/** Where a campaign stands today: what was decided, else what its days say. */
export function phaseOf(ctx: Ctx): RawBuilder<CampaignPhase> {
  const today = sql`${todayOf(ctx)}::date`
  return sql<CampaignPhase>`case when campaign.state <> 'active' then campaign.state
    when campaign.starts_on > ${today} then 'planned' when campaign.ends_on < ${today} then 'over' else 'running' end`
}

/** Campaigns in sight with their figures. */
export function campaignRows(ctx: Ctx) {
  return visibleCampaigns(ctx)
    .selectAll('campaign')
    .select([
      'client.name as client_name',
      'client.status as client_status',
      phaseOf(ctx).as('phase'),
      sql<
        ProjectOf[]
      >`(select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'host', p.site_host) order by p.name_key), '[]')
        from campaign_project cp join project p on p.agency_id = cp.agency_id and p.id = cp.project_id
        where cp.agency_id = campaign.agency_id and cp.campaign_id = campaign.id)`.as('projects'),
      sql<{ n: number; open: number; spent: number; held: number }>`(select jsonb_build_object('n', count(*),
          'open', count(*) filter (where o.state in ('placed', 'accepted', 'in_progress', 'delivered')),
          'spent', coalesce(sum(o.captured), 0), 'held', coalesce(sum(o.held), 0))
        from client_order o where o.agency_id = campaign.agency_id and o.campaign_id = campaign.id)`.as(
        'figures',
      ),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof campaignRows>['executeTakeFirstOrThrow']>>

/** One row as answered. */
export function campaignAnswer(ctx: Ctx, r: Row): CampaignAnswer {
  const open = r.client_status !== 'archived'
  return {
    id: toPublicId('campaign', r.id),
    client: { id: toPublicId('client', r.client_id), name: r.client_name },
    name: r.name,
    goal: r.goal,
    projects: r.projects.map((p) => ({ id: toPublicId('project', p.id), name: p.name, siteHost: p.host })),
    startsOn: r.starts_on,
    endsOn: r.ends_on,
    budget: r.budget === null ? null : { amount: Number(r.budget), currency: r.currency },
    state: r.state as CampaignAnswer['state'],
    phase: r.phase,
    orders: r.figures.n,
    openOrders: r.figures.open,
    spent: { amount: r.figures.spent, currency: r.currency },
    held: { amount: r.figures.held, currency: r.currency },
    createdAt: r.created_at,
    updatedAt: r.updated_at,
    version: r.version,
    can: {
      edit: open && ctx.may('campaigns.edit'),
      order: open && r.state === 'active' && ctx.may('orders.place'),
    },
  }
}

/** A campaign in sight, as answered; 404 otherwise. */
export async function readCampaign(ctx: Ctx, id: string): Promise<CampaignAnswer> {
  const row = await campaignRows(ctx).where('campaign.id', '=', id).executeTakeFirst()
  if (!row) throw notFound()
  return campaignAnswer(ctx, row)
}
