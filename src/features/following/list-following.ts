import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import { readCursor, writeCursor } from '../../server/cursor.ts'
import { cursorId } from '../../server/page-cursor.ts'
import { Refusal, invalid } from '../../server/refusal.ts'
import type { FollowingFilter, FollowingGroup, FollowingRow, listFollowing as contract } from './contract.ts'
import {
  figuresOf,
  monthOf,
  ordersInView,
  seesPeople,
  sumColumns,
  sums,
  type OrdersInView,
  type Sums,
} from './orders-in-view.ts'
import { periodOf, type Period } from './period.ts'
import { totalsByWork } from './totals-by-work.ts'

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
  if (!kind.endsWith('name') && !/^-?\d{1,18}$/.test(value)) throw invalid({ cursor: 'field.invalid' })
  if (/^(client|campaign|project)/.test(kind)) cursorId(key)
  return { value, key }
}

/** A page of totals: where the one before ended, by what its sort says and by id. */
export type TotalsPage = {
  q?: string | undefined
  sort: Order
  limit: number
  after?: { value: string; key: string } | undefined
}

/** Reads the lines of a grouping. Clients, campaigns and projects without orders are there too, unless filtered away. */
export async function totalsBy(
  ctx: Ctx,
  by: FollowingGroup,
  filter: FollowingFilter,
  period: Period,
  page: TotalsPage,
): Promise<TotalRow[]> {
  if ((by === 'manager' || by === 'consultant') && !seesPeople(ctx)) throw new Refusal(403, 'right.missing')
  const view = await ordersInView(ctx, filter, period)
  if (by === 'client' || by === 'campaign' || by === 'project')
    return totalsByWork(ctx, by, view, filter, page)
  const { s } = view
  const wanted = ['true']
  if (page.q?.trim())
    wanted.push(`x.name_key like '%' || like_pattern(search_key(${s.add(page.q.trim(), 'text')})) || '%'`)
  if (page.after) {
    const numeric = page.sort !== 'name'
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
    text: `select * from (${linesSql(by, view)}) x where ${wanted.join(' and ')} order by ${order} limit ${s.add(page.limit, 'integer')}`,
    values: s.values,
  })
  return rows
}

const nothing = `null::uuid as client_id, null::text as client_name, null::bigint as budget, null::text as state, null::date as starts_on, null::date as ends_on`

/** The lines of a grouping by month or person with their totals, as a statement. */
function linesSql(by: 'month' | 'manager' | 'consultant', { where }: OrdersInView): string {
  const grouped = (key: string) =>
    `select ${key} as key, ${sums} from client_order o where ${where} group by 1`
  if (by === 'month')
    return `select to_char(a.key, 'YYYY-MM') as key, to_char(a.key, 'YYYY-MM') as name, to_char(a.key, 'YYYY-MM') as name_key, ${nothing}, ${sumColumns}
      from (${grouped(monthOf)}) a`
  // A person's name as it is now; as it was then when they are no more.
  const name = `case when a.key is null then '' when u.name is not null then u.name
    else (select o.${by}_name from client_order o where o.agency_id = $1 and o.${by}_id = a.key limit 1) end`
  return `select coalesce(a.key::text, '') as key, ${name} as name, search_key(${name}) as name_key, ${nothing}, ${sumColumns}
      from (${grouped(`o.${by}_id`)}) a
      left join member m on m.agency_id = $1 and m.id = a.key left join realm_user u on u.agency_id = $1 and u.id = m.user_id`
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
