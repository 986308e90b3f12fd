import { sql, type RawBuilder } from 'kysely'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import { cursorId, cursorInstant, decodeCursor, encodeCursor } from '../../server/page-cursor.ts'
import { invalid } from '../../server/refusal.ts'
import { visibleOrders } from './visible-orders.ts'
import type * as contract from './contract.ts'
import { orderStateNames } from '../../contract/order-fields.ts'
import { orderRowAnswer, orderRows, type OrderRecord } from './order-rows.ts'

/** Totals are exact up to here; one more stands for "more". */
const countedUpTo = 10_000

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
  const matching = filtered(ctx, query)
  const rows = await matching
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
  const total = query.total
    ? await ctx.db
        .selectFrom(
          matching
            .clearSelect()
            .select('client_order.id')
            .limit(countedUpTo + 1)
            .as('counted'),
        )
        .select(sql<number>`count(*)::int`.as('n'))
        .executeTakeFirstOrThrow()
    : undefined
  return {
    data: data.map((r) => orderRowAnswer(ctx, r)),
    nextCursor: end ? encodeCursor([sort.of(end), end.id]) : null,
    ...(total && { total: total.n }),
  }
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

function filtered(ctx: Ctx, query: Query) {
  let rows = orderRows(ctx)
  if (query.state) rows = rows.where('client_order.state', 'in', query.state)
  if (query.client) rows = rows.where('client_order.client_id', 'in', query.client)
  if (query.project)
    rows = rows.where(
      sql<boolean>`(client_order.project_id = any (${query.project}::uuid[]) or exists (select from order_line l
        where l.agency_id = client_order.agency_id and l.order_id = client_order.id and l.project_id = any (${query.project}::uuid[])))`,
    )
  if (query.campaign) rows = rows.where('client_order.campaign_id', 'in', query.campaign)
  // Who works on what, and what the operator writes to the team, are not for a client's own people to sort by.
  const internal = ctx.may('clients.internals')
  if (!internal && (query.member || query.manager || query.consultant)) rows = rows.where(sql<boolean>`false`)
  if (query.member) rows = rows.where(sql<boolean>`client_order.path_ids && ${query.member}::uuid[]`)
  if (query.manager) rows = rows.where('client_order.manager_id', 'in', query.manager)
  if (query.consultant) rows = rows.where('client_order.consultant_id', 'in', query.consultant)
  if (query.from) rows = rows.where(sql<boolean>`client_order.placed_on >= ${query.from}::date`)
  if (query.to) rows = rows.where(sql<boolean>`client_order.placed_on <= ${query.to}::date`)
  if (query.late) rows = rows.where(isLate(ctx))
  if (query.unread)
    rows = rows.where(internal ? sql<boolean>`client_order.agency_unread > 0` : sql<boolean>`false`)
  // "#42" is the order of that number; anything else is looked for in every word.
  const number = /^\s*#\s*(\d{1,15})\s*$/.exec(query.q ?? '')?.[1]
  if (number !== undefined) rows = rows.where('client_order.number', '=', BigInt(number))
  else if (query.q?.trim())
    rows = rows.where(
      sql<boolean>`(client_order.search_text || ' ' || client.name_key || ' ' || coalesce(project.search_text, '') || ' ' || coalesce(campaign.name_key, ''))
        like all (search_patterns(${query.q}))`,
    )
  return rows
}

/** Most a count says. */
const cap = 10_001

/** How many orders in sight are in each state; closed ones are counted up to the cap only. */
export async function countOrders(ctx: Ctx): Promise<AnswerOf<typeof contract.countOrders>> {
  const seen = (where: RawBuilder<boolean>) =>
    sql<number>`(select count(*)::int from (${visibleOrders(ctx).select('client_order.id').where(where).limit(cap)}) n)`
  const counts = await ctx.db
    .selectNoFrom(() => [
      ...orderStateNames.map((s) => seen(sql<boolean>`client_order.state = ${s}`).as(s)),
      seen(isLate(ctx)).as('late'),
      seen(sql<boolean>`client_order.agency_unread > 0`).as('unread'),
    ])
    .executeTakeFirstOrThrow()
  const { late, unread, ...states } = counts as Record<string, number>
  return {
    states: states as AnswerOf<typeof contract.countOrders>['states'],
    late: late!,
    unread: ctx.may('clients.internals') ? unread! : 0,
  }
}
