import type { Ctx } from '../../server/context.ts'
import { invalid } from '../../server/refusal.ts'
import type { Statement } from '../../server/statement.ts'
import { sightOf, visibleClientCondition, type Viewer } from '../access/public.ts'
import type { ClientFilter } from './contract.ts'

/** How the subject's sight is asked: for one page of a list, for a count, or for rows already found one by one. */
export async function viewerFor(ctx: Ctx, use: 'page' | 'count' | 'rows'): Promise<Viewer> {
  const viewer = await sightOf(ctx)
  if (use === 'rows') return { ...viewer, reach: 'wide' }
  return use === 'count' ? { ...viewer, reach: 'narrow' } : viewer
}

/**
 * Conditions over `client c` that keep the clients the subject sees (the only way to them) and the filter
 * lets through, without its search words. Archived ones only when asked for.
 */
export function clientConditions(ctx: Ctx, viewer: Viewer, filter: ClientFilter, s: Statement): string[] {
  const where = ['c.agency_id = $1']
  if (viewer.role !== 'owner')
    where.push(visibleClientCondition(viewer, 'c', '$1', s.add(viewer.memberId, 'uuid')))
  const status = filter.status ?? ['active', 'paused']
  // Written out, for the archive's own index; they are of our own words only.
  if (status.length < 3) where.push(`c.status in (${status.map((one) => `'${one}'`).join(', ')})`)
  // A filter would tell what the row hides.
  if ((filter.tag || filter.home || filter.manager) && !ctx.may('clients.internals')) where.push('false')
  if (filter.mine) where.push(`c.id in (${assignedTo(s.add(viewer.memberId, 'uuid'))})`)
  if (filter.assignee)
    where.push(
      `c.id in (select client_id from assignment where agency_id = $1 and member_id = any (${s.add(filter.assignee, 'uuid[]')}))`,
    )
  if (filter.manager) where.push(inBranch(s.add(filter.manager, 'uuid[]')))
  if (filter.home) where.push(inPortfolio(filter.home, s))
  if (filter.unassigned) where.push('c.assignee_count = 0')
  if (filter.orphan) where.push(orphaned)
  if (filter.tag) where.push(`c.tags && ${s.add(filter.tag, 'text[]')}`)
  if (filter.city) where.push(`c.city = any (${s.add(filter.city, 'text[]')})`)
  if (filter.sector) where.push(`c.sector = any (${s.add(filter.sector, 'text[]')})`)
  if (filter.budgetMin !== undefined) where.push(`c.monthly_budget >= ${s.add(filter.budgetMin, 'bigint')}`)
  if (filter.budgetMax !== undefined) where.push(`c.monthly_budget <= ${s.add(filter.budgetMax, 'bigint')}`)
  return [...where, ...instantConditions(ctx, filter, s)]
}

/**
 * Every word of `typed` (a placeholder) somewhere in the client's texts. For matches too many to rank: `case`
 * keeps the planner from believing that they are few, and the array sub-select is worked out once a statement.
 */
export function wordConditions(typed: string): string {
  return `case when c.search_text like all (array(select unnest(search_patterns(${typed})))) then true else false end`
}

/**
 * The same set as the search finds, typos included, for statements over all that match: a `with` to begin
 * with and a condition. `most` is how many matches are told apart before a search counts as wide.
 */
export function searchConditions(
  q: string | undefined,
  most: number,
  s: Statement,
): { begin: string; where: string[] } {
  if (!q) return { begin: '', where: [] }
  const typed = s.add(q, 'text')
  return {
    begin: `with found as materialized (select ids from search_clients(${typed}, ${most}))`,
    where: [
      `case when (select ids is null from found) then ${wordConditions(typed)} else c.id in (select unnest(ids) from found) end`,
    ],
  }
}

/** The name begins with `typed` (a placeholder): a range, so that the index by name finds it. */
export function namePrefix(typed: string): string {
  return `(c.name_key >= (select search_key(${typed})) and c.name_key < (select search_key(${typed}) || U&'\\+10FFFF'))`
}

/** Assigned to disabled people only: seen by those above them, never public (domain.md, "orphan"). */
const orphaned = `c.id in (select a.client_id from assignment a join member m on m.agency_id = a.agency_id and m.id = a.member_id
    where a.agency_id = $1 and m.state = 'disabled')
  and not exists (select from assignment a join member m on m.agency_id = a.agency_id and m.id = a.member_id
    where a.agency_id = $1 and a.client_id = c.id and m.state <> 'disabled')`

const assignedTo = (member: string) =>
  `select client_id from assignment where agency_id = $1 and member_id = ${member}`

function inBranch(members: string): string {
  const below = `select descendant_id from member_closure where agency_id = $1 and ancestor_id = any (${members})`
  return `(c.home_id in (${below}) or c.id in (select client_id from assignment where agency_id = $1 and member_id in (${below})))`
}

function inPortfolio(homes: readonly string[], s: Statement): string {
  const members = homes.filter((h) => h !== 'root')
  const parts = members.length > 0 ? [`c.home_id = any (${s.add(members, 'uuid[]')})`] : []
  if (members.length < homes.length) parts.push('c.home_id is null')
  return `(${parts.join(' or ')})`
}

function instantConditions(ctx: Ctx, filter: ClientFilter, s: Statement): string[] {
  const from = (column: string, day: string | undefined) =>
    day === undefined ? [] : [`c.${column} >= ${s.add(startOf(ctx, day, 0), 'timestamptz')}`]
  const before = (column: string, day: string | undefined) =>
    day === undefined ? [] : [`c.${column} < ${s.add(startOf(ctx, day, 1), 'timestamptz')}`]
  const ago = (days: number) => s.add(ctx.now.subtract({ hours: 24 * days }).toString(), 'timestamptz')
  const quiet = filter.inactiveDays === undefined ? [] : [`c.last_activity_at < ${ago(filter.inactiveDays)}`]
  const recent = filter.createdDays === undefined ? [] : [`c.created_at >= ${ago(filter.createdDays)}`]
  return [
    ...from('created_at', filter.createdFrom),
    ...before('created_at', filter.createdTo),
    ...from('last_activity_at', filter.activityFrom),
    ...before('last_activity_at', filter.activityTo),
    ...quiet,
    ...recent,
  ]
}

/** When a day, or the one `plus` days after it, begins where the agency is. */
function startOf(ctx: Ctx, day: string, plus: number): string {
  try {
    return Temporal.PlainDate.from(day)
      .add({ days: plus })
      .toZonedDateTime(ctx.agency?.timeZone ?? 'Europe/Paris')
      .toInstant()
      .toString()
  } catch {
    throw invalid({ day: 'field.invalid' })
  }
}
