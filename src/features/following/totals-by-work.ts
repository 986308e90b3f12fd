import type { Ctx } from '../../server/context.ts'
import type { FollowingFilter } from './contract.ts'
import type { TotalRow, TotalsPage } from './list-following.ts'
import { sums, type OrdersInView } from './orders-in-view.ts'

/** What work is done for, of which there is far more than a page. */
export type Work = 'client' | 'campaign' | 'project'

const ofClient = 'c.id as client_id, c.name as client_name'
const undated = 'null::date as starts_on, null::date as ends_on'
/** Totals by client, campaign or project: where the line comes from, what it says, when it is shown without any order. */
const works = {
  client: {
    from: 'client c',
    row: 'c',
    columns: `null::uuid as client_id, null::text as client_name, null::bigint as budget, c.status as state, ${undated}`,
    open: `c.status <> 'archived'`,
    narrowedBy: ['campaign', 'project'],
  },
  campaign: {
    from: 'campaign g join client c on c.agency_id = $1 and c.id = g.client_id',
    row: 'g',
    columns: `${ofClient}, g.budget, g.state, g.starts_on, g.ends_on`,
    open: `g.state <> 'ended'`,
    narrowedBy: ['project'],
  },
  project: {
    from: 'project g join client c on c.agency_id = $1 and c.id = g.client_id',
    row: 'g',
    columns: `${ofClient}, null::bigint as budget, g.state, ${undated}`,
    open: `g.state <> 'archived'`,
    narrowedBy: ['campaign'],
  },
} as const

/** Clients found by a search beyond which its words are looked for name by name. */
const foundAtMost = 10_000
const summed = { '-ordered': 'total', '-delivered': 'captured', '-waiting': 'held' } as const

/**
 * A page of totals by client, campaign or project. One column of the orders is summed up to choose the page; all the
 * figures are of the page's lines alone. Those without orders follow, with zeros, unless a filter asks for what
 * only orders have.
 */
export async function totalsByWork(
  ctx: Ctx,
  by: Work,
  view: OrdersInView,
  filter: FollowingFilter,
  page: TotalsPage,
): Promise<TotalRow[]> {
  const { s } = view
  const work = works[by]
  const id = `${work.row}.id`
  const column = `o.${by}_id`
  const narrowed = [...(['manager', 'consultant', 'state'] as const), ...work.narrowedBy].some(
    (f) => filter[f],
  )
  const among = (row: string, values: readonly string[] | undefined) =>
    values ? [`${row} = any (${s.add(values, 'uuid[]')})`] : []
  const named = page.q?.trim() ? await namedLike(ctx, by, view, page.q.trim()) : undefined
  // Made where it is used: a statement takes no value that it does not name.
  const listed = () =>
    [
      `${work.row}.agency_id = $1`,
      ...(view.sight === 'true' ? [] : [view.sight]),
      ...among('c.id', filter.client),
      ...(by === 'client' ? [] : among(id, filter[by])),
      ...(named ? [`${id} ${named}`] : []),
    ].join(' and ')
  const lines = `${id}, ${work.row}.name, ${work.row}.name_key, ${work.columns}`
  const limit = s.add(page.limit, 'integer')
  const figures = `cross join lateral (select ${sums} from client_order o where ${view.unseen} and ${column} = x.id) f`
  const all = `select x.id::text as key, x.*, f.* from`
  if (page.sort === 'name') {
    const after =
      page.after &&
      ` and (${work.row}.name_key, ${id}) > (${s.add(page.after.value, 'text')}, ${s.add(page.after.key, 'uuid')})`
    const shown = narrowed
      ? `${id} in (select ${column} from client_order o where ${view.where})`
      : `(${work.open} or exists (select from client_order o where ${view.unseen} and ${column} = ${id} offset 0))`
    return read(`${all} (select ${lines} from ${work.from} where ${listed()} and ${shown}${after ?? ''}
      order by ${work.row}.name_key, ${id} limit ${limit}) x ${figures} order by x.name_key, x.id`)
  }
  const value = page.after && s.add(page.after.value, 'bigint')
  const key = page.after && s.add(page.after.key, 'uuid')
  const none = () => `select ${lines}, 0::bigint as v from ${work.from}
    where ${listed()} and ${work.open} and not exists (select from totals where totals.id = ${id})
      ${value ? `and (${value} > 0 or ${id} > ${key})` : ''} and (select count(*) from chosen where v > 0) < ${limit}
    order by ${id} limit ${limit}`
  return read(`with totals as materialized (
      select ${column} as id, sum(o.${summed[page.sort]})::bigint as v from client_order o
      where ${view.where} and ${column} is not null${named ? ` and ${column} ${named}` : ''} group by 1),
    best as materialized (select id, v from totals ${value ? `where (v < ${value} or (v = ${value} and id > ${key}))` : ''} order by v desc, id limit ${limit}),
    chosen as materialized (select ${lines}, best.v from best join ${work.from} on ${id} = best.id and ${work.row}.agency_id = $1)
    ${all} (select * from chosen ${narrowed ? '' : `union all (${none()})`} order by v desc, id limit ${limit}) x
    ${figures} order by x.v desc, x.id`)

  async function read(text: string): Promise<TotalRow[]> {
    return (await ctx.tx.client.query<TotalRow>({ text, values: s.values })).rows
  }
}

/** A condition on an id: named by what was typed. Clients as their list finds them, a typo forgiven. */
async function namedLike(ctx: Ctx, by: Work, view: OrdersInView, typed: string): Promise<string> {
  const { s } = view
  if (by === 'client') {
    const [row] = await ctx.tx.query<{ ids: string[] | null }>(
      'following_clients',
      'select ids from search_clients($1, $2)',
      [typed, foundAtMost],
    )
    if (row!.ids) return `= any (${s.add(row!.ids, 'uuid[]')})`
  }
  return `in (select n.id from ${by} n where n.agency_id = $1 and n.name_key like all (search_patterns(${s.add(typed, 'text')})))`
}
