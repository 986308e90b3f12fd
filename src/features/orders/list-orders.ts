import { sql, type RawBuilder } from 'kysely'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { agencyOf, memberOf, type Ctx } from '../../server/context.ts'
import { cursorId, cursorInstant, decodeCursor, encodeCursor } from '../../server/page-cursor.ts'
import { invalid } from '../../server/refusal.ts'
import { entrustedClients, entrustedIds, sightOf } from '../access/public.ts'
import type * as contract from './contract.ts'
import { orderRowAnswer, orderRows, type OrderRecord } from './order-rows.ts'

/** Totals are exact up to here; one more stands for "more". */
const countedUpTo = 10_000
const cap = countedUpTo + 1
/** Matches beyond which a search is not fetched and sorted, but met on a walk along the list. */
const foundAtMost = 2_000

type Query = InputOf<typeof contract.listOrders>['query']
type Sort = { key: RawBuilder<unknown>; type: string; of: (r: OrderRecord) => string | number }

const sorts: Record<string, Sort> = {
  placedAt: { key: sql`client_order.placed_at`, type: 'timestamptz', of: (r) => r.placed_at },
  total: { key: sql`client_order.total`, type: 'bigint', of: (r) => String(r.total) },
  dueOn: {
    key: sql`coalesce(client_order.due_on, 'infinity')`,
    type: 'date',
    of: (r) => r.due_on ?? 'infinity',
  },
}

/** Orders in sight, filtered and sorted, page by page. */
export async function listOrders(
  ctx: Ctx,
  { query }: InputOf<typeof contract.listOrders>,
): Promise<AnswerOf<typeof contract.listOrders>> {
  const direction = query.sort.startsWith('-') ? 'desc' : 'asc'
  const sort = sorts[query.sort.replace(/^-/, '')]!
  const from = startOf(query, sort)
  const rows = await orderRows(ctx, await sightOf(ctx))
    .where(conditionOf(ctx, query, await findOrders(ctx, query, foundAtMost)))
    .$if(from !== undefined, (q) =>
      q.where(
        sql<boolean>`(${sort.key}, client_order.id) ${sql.raw(direction === 'desc' ? '<' : '>')}
          (${from?.[0]}::${sql.raw(sort.type)}, ${from?.[1]}::uuid)`,
      ),
    )
    .orderBy(sort.key, direction)
    .orderBy('client_order.id', direction)
    .limit(query.limit + 1)
    .execute()
  const data = rows.slice(0, query.limit)
  const end = rows.length > query.limit ? data.at(-1) : undefined
  return {
    data: data.map((r) => orderRowAnswer(ctx, r)),
    nextCursor: end ? encodeCursor([sort.of(end), end.id]) : null,
    ...(query.total && { total: await countMatching(ctx, query) }),
  }
}

/** How many orders in sight match, up to the cap. */
async function countMatching(ctx: Ctx, query: Query): Promise<number> {
  const found = await findOrders(ctx, query, countedUpTo)
  const matching = (found ? await oneByOne(ctx) : allAtOnce(ctx))
    .where(conditionOf(ctx, query, found))
    .select('client_order.id')
    .limit(cap)
  const { n } = await ctx.db
    .selectFrom(matching.as('counted'))
    .select(sql<number>`count(*)::int`.as('n'))
    .executeTakeFirstOrThrow()
  return n
}

/** Orders in sight for counting many: whose clients are seen is hashed once, and no client is read for an owner. */
function allAtOnce(ctx: Ctx) {
  const orders = ctx.db.selectFrom('client_order').where('client_order.agency_id', '=', ctx.agencyId)
  return memberOf(ctx).role === 'owner'
    ? orders
    : orders.where(sql<boolean>`(client_order.client_id in (${entrustedIds(ctx)})) is true`)
}

/** The same for counting few: each order asks for its own client, unless whoever asks sees few clients. */
async function oneByOne(ctx: Ctx) {
  const viewer = await sightOf(ctx)
  if (viewer.role === 'owner' || viewer.reach === 'narrow') return allAtOnce(ctx)
  const seen = entrustedClients(ctx, { ...viewer, reach: 'wide' })
    .select('client.id')
    .whereRef('client.id', '=', sql.ref('client_order.client_id'))
  return ctx.db
    .selectFrom('client_order')
    .where('client_order.agency_id', '=', ctx.agencyId)
    .where(sql<boolean>`exists (${seen} offset 0)`)
}

function startOf(query: Query, sort: Sort): [string, string] | undefined {
  const [key, last] = decodeCursor(query.cursor, 2) ?? []
  const id = cursorId(last)
  if (key === undefined || id === undefined) return undefined
  const readable =
    sort.type === 'timestamptz'
      ? cursorInstant(key) !== undefined
      : sort.type === 'bigint'
        ? /^\d{1,18}$/.test(key)
        : /^(infinity|\d{4}-\d\d-\d\d)$/.test(key)
  if (!readable) throw invalid({ cursor: 'field.invalid' })
  return [key, id]
}

/** Not delivered, and past its day in the agency's zone. */
function isLate(ctx: Ctx): RawBuilder<boolean> {
  const today = ctx.now.toZonedDateTimeISO(agencyOf(ctx).timeZone).toPlainDate().toString()
  return sql<boolean>`(client_order.state in ('accepted', 'in_progress') and client_order.due_on < ${today}::date)`
}

/** The number in "#42". */
const numberIn = (q: string | undefined) => /^\s*#\s*(\d{1,15})\s*$/.exec(q ?? '')?.[1]

/**
 * The orders that a search or a person finds by its index; null when more than `most` do, and then every third or
 * tenth order matches, so that walking the list finds them; undefined when neither is asked for.
 */
async function findOrders(ctx: Ctx, query: Query, most: number): Promise<string[] | null | undefined> {
  const words = numberIn(query.q) === undefined && query.q?.trim() ? query.q : null
  if (words === null && query.member === undefined) return undefined
  const [row] = await ctx.tx.query<{ ids: string[] | null }>(
    'find_orders',
    'select find_orders($1, $2::uuid[], $3::int) as ids',
    [words, query.member ?? null, most],
  )
  return row!.ids
}

/** What the filters let through, over `client_order` alone. */
function conditionOf(
  ctx: Ctx,
  query: Query,
  found: readonly string[] | null | undefined,
): RawBuilder<boolean> {
  const where = [sql`true`]
  if (query.state) where.push(sql`client_order.state = any(${query.state}::text[])`)
  if (query.client) where.push(sql`client_order.client_id = any(${query.client}::uuid[])`)
  if (query.project)
    where.push(sql`(client_order.project_id = any(${query.project}::uuid[]) or exists (select from order_line l
        where l.agency_id = client_order.agency_id and l.order_id = client_order.id and l.project_id = any(${query.project}::uuid[])))`)
  if (query.campaign) where.push(sql`client_order.campaign_id = any(${query.campaign}::uuid[])`)
  // Who works on what, and what the operator writes to the team, are not for a client's own people to sort by.
  const internal = ctx.may('clients.internals')
  if (!internal && (query.member || query.manager || query.consultant || query.unread)) where.push(sql`false`)
  if (query.manager) where.push(sql`client_order.manager_id = any(${query.manager}::uuid[])`)
  if (query.consultant) where.push(sql`client_order.consultant_id = any(${query.consultant}::uuid[])`)
  // The days of any zone, for the index by time; then the very days of the agency's.
  if (query.from)
    where.push(
      sql`client_order.placed_at >= ${query.from}::date - interval '1 day' and client_order.placed_on >= ${query.from}::date`,
    )
  if (query.to)
    where.push(
      sql`client_order.placed_at < ${query.to}::date + interval '2 days' and client_order.placed_on <= ${query.to}::date`,
    )
  if (query.late) where.push(isLate(ctx))
  if (query.unread) where.push(sql`client_order.agency_unread > 0`)
  const number = numberIn(query.q)
  if (number !== undefined) where.push(sql`client_order.number = ${BigInt(number)}`)
  if (found) where.push(sql`client_order.id = any(${found}::uuid[])`)
  if (found === null) {
    if (query.member) where.push(sql`client_order.path_ids && ${query.member}::uuid[]`)
    if (number === undefined && query.q?.trim())
      // `case` keeps the planner from believing that they are few.
      where.push(
        sql`case when client_order.search_text like all (array(select unnest(search_patterns(${query.q})))) then true else false end`,
      )
  }
  return sql<boolean>`${sql.join(where, sql` and `)}`
}

/** How many orders in sight are under way in each state, by an index of what is under way alone. */
export async function countOrders(ctx: Ctx): Promise<AnswerOf<typeof contract.countOrders>> {
  const seen = await oneByOne(ctx)
  const open = await seen
    .where(sql<boolean>`client_order.state in ('placed', 'accepted', 'in_progress', 'delivered')`)
    .select([
      'client_order.state',
      sql<number>`count(*)::int`.as('n'),
      sql<number>`(count(*) filter (where ${isLate(ctx)}))::int`.as('late'),
    ])
    .groupBy('client_order.state')
    .execute()
  const { unread } = await seen
    .where(sql<boolean>`client_order.agency_unread > 0`)
    .select(sql<number>`count(*)::int`.as('unread'))
    .executeTakeFirstOrThrow()
  const of = (state: 'placed' | 'accepted' | 'in_progress' | 'delivered') =>
    open.find((o) => o.state === state)?.n ?? 0
  return {
    states: {
      placed: of('placed'),
      accepted: of('accepted'),
      in_progress: of('in_progress'),
      delivered: of('delivered'),
    },
    late: open.reduce((sum, o) => sum + o.late, 0),
    unread: ctx.may('clients.internals') ? unread : 0,
  }
}
