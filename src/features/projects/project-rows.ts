import { sql } from 'kysely'
import type { AnswerOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import type * as contract from './contract.ts'
import { visibleProjects } from './visible-projects.ts'

/** A project as the API answers it. */
export type ProjectAnswer = AnswerOf<typeof contract.getProject>

/** Projects in sight with their figures, which are counted for the rows read only. */
export function projectRows(ctx: Ctx) {
  return visibleProjects(ctx)
    .selectAll('project')
    .select([
      'client.name as client_name',
      'client.status as client_status',
      sql<number>`(select count(*)::int from campaign_project cp where cp.agency_id = project.agency_id
        and cp.project_id = project.id)`.as('campaigns'),
      sql<number>`(select count(*)::int from client_order o where o.agency_id = project.agency_id and o.project_id = project.id
        and o.state in ('placed', 'accepted', 'in_progress', 'delivered'))`.as('open_orders'),
      sql<bigint>`(select coalesce(sum(o.captured), 0)::bigint from client_order o where o.agency_id = project.agency_id
        and o.project_id = project.id)`.as('spent'),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof projectRows>['executeTakeFirstOrThrow']>>

/** One row as answered. */
export function projectAnswer(ctx: Ctx, r: Row): ProjectAnswer {
  const open = r.client_status !== 'archived'
  return {
    id: toPublicId('project', r.id),
    client: { id: toPublicId('client', r.client_id), name: r.client_name },
    name: r.name,
    siteUrl: r.site_url,
    siteHost: r.site_host,
    description: r.description,
    state: r.state as ProjectAnswer['state'],
    campaigns: r.campaigns,
    openOrders: r.open_orders,
    spent: { amount: Number(r.spent), currency: agencyOf(ctx).currency },
    createdAt: r.created_at,
    updatedAt: r.updated_at,
    version: r.version,
    can: {
      edit: open && ctx.may('projects.edit'),
      order: open && r.state === 'active' && ctx.may('orders.place'),
    },
  }
}

/** A project in sight, as answered; 404 otherwise. */
export async function readProject(ctx: Ctx, id: string): Promise<ProjectAnswer> {
  const row = await projectRows(ctx).where('project.id', '=', id).executeTakeFirst()
  if (!row) throw notFound()
  return projectAnswer(ctx, row)
}
