import { toPublicId } from '../../contract/ids.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import type { ClientRow } from './contract.ts'

/** A line of the list as `rowColumns` reads it. */
export type ReadRow = {
  id: string
  name: string
  status: ClientRow['status']
  website: string | null
  city: string | null
  sector: string | null
  tags: string[]
  assignee_count: number
  monthly_budget: bigint | null
  created_at: string
  last_activity_at: string
  home_id: string | null
  home_name: string | null
  who: { id: string; name: string; lead: boolean; disabled: boolean }[] | null
}

/** Columns of `client c` that a line needs, read before the page is cut. */
export const rowColumns =
  'c.id, c.name, c.status, c.website, c.city, c.sector, c.tags, c.assignee_count, c.monthly_budget, c.created_at, c.last_activity_at, c.home_id'

/** Who is assigned and whose portfolio it is in, read for the lines of one page only. */
export const rowPeople = `
  left join member h on h.agency_id = $1 and h.id = p.home_id
  left join realm_user hu on hu.agency_id = $1 and hu.id = h.user_id
  left join lateral (
    select json_agg(json_build_object('id', x.id, 'name', x.name, 'lead', x.is_lead, 'disabled', x.disabled)) as who
    from (select m.id, u.name, a.is_lead, m.state = 'disabled' as disabled
      from assignment a
      join member m on m.agency_id = a.agency_id and m.id = a.member_id
      join realm_user u on u.agency_id = m.agency_id and u.id = m.user_id
      where a.agency_id = $1 and a.client_id = p.id
      order by a.is_lead desc, m.state = 'disabled', u.name, m.id limit 3) x) people on p.assignee_count > 0`

/** A line as the API answers it. */
export function clientRowAnswer(ctx: Ctx, r: ReadRow): ClientRow {
  const who = r.who ?? []
  // What the team writes for itself is not for the agency's clients.
  const internal = ctx.may('clients.internals')
  return {
    id: toPublicId('client', r.id),
    name: r.name,
    status: r.status,
    website: r.website,
    city: r.city,
    sector: r.sector,
    tags: internal ? r.tags : [],
    assignees: who.map((a) => ({
      id: toPublicId('member', a.id),
      name: a.name,
      isLead: a.lead,
      disabled: a.disabled,
    })),
    assigneeCount: r.assignee_count,
    // The enabled come before the disabled, so that three of them tell.
    orphan: who.length > 0 && who.every((a) => a.disabled),
    home:
      r.home_id === null || !internal
        ? null
        : { id: toPublicId('member', r.home_id), name: r.home_name ?? '' },
    monthlyBudget:
      r.monthly_budget === null
        ? null
        : { amount: Number(r.monthly_budget), currency: agencyOf(ctx).currency },
    createdAt: r.created_at,
    lastActivityAt: r.last_activity_at,
    can: {
      edit: ctx.may('clients.edit'),
      assign: ctx.may('clients.assign'),
      archive: ctx.may('clients.archive'),
    },
  }
}
