import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import { readCursor, writeCursor } from '../../server/cursor.ts'
import { Refusal, invalid } from '../../server/refusal.ts'
import type { FollowingFilter, FollowingGroup, FollowingRow, listFollowing as contract } from './contract.ts'
import { figuresOf, ordersInView, seesPeople, sums, type OrdersInView, type Sums } from './orders-in-view.ts'
import { periodOf, type Period } from './period.ts'

/** A line as SQL reads it. */
export type TotalRow = Sums & {
  key: string
  name: string
  name_key: string
  client_id: string | null
  client_name: string | null
  budget: bigint | null
  state: string | null
  starts_on: string | null
  ends_on: string | null
}

/** Totals by something, the biggest first; 403 on people for who may not know them. */
export async function listFollowing(
  ctx: Ctx,
  { query }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const { by, sort, limit, cursor, q, ...filter } = query
  const after = cursor === undefined ? undefined : placeOf(cursor, `${by}${sort}`)
  const rows = await totalsBy(ctx, by, filter, periodOf(ctx, filter), { q, sort, limit: limit + 1, after })
  const data = rows.slice(0, limit)
  const last = data.at(-1)
  return {
    data: data.map((row) => followingRowOf(ctx, by, row)),
    nextCursor:
      rows.length > limit && last
        ? writeCursor([
            `${by}${sort}`,
            sort === 'name' ? last.name_key : String(last[columnOf(sort)]),
            last.key,
          ])
        : null,
  }
}

type Order = '-ordered' | '-delivered' | '-waiting' | 'name'
const columnOf = (sort: Exclude<Order, 'name'>) => sort.slice(1) as 'ordered' | 'delivered' | 'waiting'

function placeOf(cursor: string, kind: string): { value: string; key: string } {
  const [, value, key] = readCursor(cursor, kind, 3)
  if (typeof value !== 'string' || typeof key !== 'string') throw invalid({ cursor: 'field.invalid' })
  return { value, key }
}

/** Reads the lines of a grouping. Clients, campaigns and projects without orders are there too, unless filtered away. */
export async function totalsBy(
  ctx: Ctx,
  by: FollowingGroup,
  filter: FollowingFilter,
  period: Period,
  page: {
    q?: string | undefined
    sort: Order
    limit: number
    after?: { value: string; key: string } | undefined
  },
): Promise<TotalRow[]> {
  if ((by === 'manager' || by === 'consultant') && !seesPeople(ctx)) throw new Refusal(403, 'right.missing')
  const view = await ordersInView(ctx, filter, period)
  const { s } = view
  const wanted = ['true']
  if (page.q?.trim())
    wanted.push(`x.name_key like '%' || like_pattern(search_key(${s.add(page.q.trim(), 'text')})) || '%'`)
  if (page.after) {
    const numeric = page.sort !== 'name'
    if (numeric && !/^-?\d{1,18}$/.test(page.after.value)) throw invalid({ cursor: 'field.invalid' })
    const value = s.add(page.after.value, numeric ? 'bigint' : 'text')
    const key = s.add(page.after.key, 'text')
    wanted.push(
      numeric
        ? `(x.${columnOf(page.sort as '-ordered')} < ${value} or (x.${columnOf(page.sort as '-ordered')} = ${value} and x.key > ${key}))`
        : `(x.name_key, x.key) > (${value}, ${key})`,
    )
  }
  const order = page.sort === 'name' ? 'x.name_key, x.key' : `x.${columnOf(page.sort)} desc, x.key`
  const { rows } = await ctx.tx.client.query<TotalRow>({
    text: `select * from (${linesSql(by, view, filter)}) x where ${wanted.join(' and ')} order by ${order} limit ${s.add(page.limit, 'integer')}`,
    values: s.values,
  })
  return rows
}

const zeros = ['orders', 'ordered', 'delivered', 'waiting', 'refunded', 'released', 'cost']
  .map((c) => `coalesce(a.${c}, 0) as ${c}`)
  .join(', ')
const nothing = `null::uuid as client_id, null::text as client_name, null::bigint as budget, null::text as state, null::date as starts_on, null::date as ends_on`

/** The lines of a grouping with their totals, as a statement. */
function linesSql(by: FollowingGroup, view: OrdersInView, filter: FollowingFilter): string {
  const { s, from, where, sight } = view
  const grouped = (key: string, more = '') =>
    `select ${key} as key${more}, ${sums} from ${from} where ${where} group by 1`
  if (by === 'month')
    return `select a.key, a.key as name, a.key as name_key, ${nothing}, ${zeros} from (${grouped(`to_char(date_trunc('month', o.placed_on), 'YYYY-MM')`)}) a`
  if (by === 'manager' || by === 'consultant')
    // A person's name as it is now; as it was then when they are no more.
    return `select coalesce(a.key::text, '') as key, coalesce(u.name, a.stored, '') as name, search_key(coalesce(u.name, a.stored, '')) as name_key, ${nothing}, ${zeros}
      from (${grouped(`o.${by}_id`, `, max(o.${by}_name) as stored`)}) a
      left join member m on m.agency_id = $1 and m.id = a.key left join realm_user u on u.agency_id = $1 and u.id = m.user_id`
  // Filtered by what only orders have, what has none is left out.
  const narrowed = filter.manager ?? filter.consultant ?? filter.state
  const join = narrowed ? 'join' : 'left join'
  const ids = (column: string, values: readonly string[] | undefined) =>
    values ? ` and ${column} = any (${s.add(values, 'uuid[]')})` : ''
  if (by === 'client') {
    const other = (filter.campaign ?? filter.project) ? 'join' : join
    return `select c.id::text as key, c.name, c.name_key, null::uuid as client_id, null::text as client_name, null::bigint as budget, c.status as state, null::date as starts_on, null::date as ends_on, ${zeros}
      from client c ${other} (${grouped('o.client_id')}) a on a.key = c.id
      where c.agency_id = $1 and ${sight} and (a.key is not null or c.status <> 'archived')${ids('c.id', filter.client)}`
  }
  if (by === 'campaign')
    return `select g.id::text as key, g.name, g.name_key, c.id as client_id, c.name as client_name, g.budget, g.state, g.starts_on, g.ends_on, ${zeros}
      from campaign g join client c on c.agency_id = $1 and c.id = g.client_id
      ${filter.project ? 'join' : join} (${grouped('o.campaign_id')}) a on a.key = g.id
      where g.agency_id = $1 and ${sight} and (a.key is not null or g.state <> 'ended')${ids('g.id', filter.campaign)}${ids('c.id', filter.client)}`
  return `select g.id::text as key, g.name, g.name_key, c.id as client_id, c.name as client_name, null::bigint as budget, g.state, null::date as starts_on, null::date as ends_on, ${zeros}
    from project g join client c on c.agency_id = $1 and c.id = g.client_id
    ${filter.campaign ? 'join' : join} (${grouped('o.project_id')}) a on a.key = g.id
    where g.agency_id = $1 and ${sight} and (a.key is not null or g.state <> 'archived')${ids('g.id', filter.project)}${ids('c.id', filter.client)}`
}

const idKinds = {
  client: 'client',
  campaign: 'campaign',
  project: 'project',
  manager: 'member',
  consultant: 'member',
} as const

/** A line as the API answers it. */
export function followingRowOf(ctx: Ctx, by: FollowingGroup, row: TotalRow): FollowingRow {
  return {
    id: by === 'month' ? row.key : row.key === '' ? null : toPublicId(idKinds[by], row.key),
    name: row.name,
    client:
      row.client_id === null
        ? null
        : { id: toPublicId('client', row.client_id), name: row.client_name ?? '' },
    budget: row.budget === null ? null : { amount: Number(row.budget), currency: agencyOf(ctx).currency },
    state: row.state,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    figures: figuresOf(ctx, row),
  }
}
