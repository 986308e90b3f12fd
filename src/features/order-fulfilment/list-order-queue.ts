import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { cursorId, cursorInstant, decodeCursor, encodeCursor } from '../../server/page-cursor.ts'
import { invalid } from '../../server/refusal.ts'
import type * as contract from './contract.ts'
import { contestedSql, lateSql, queueColumns, queueRowAnswer, type QueueRecord } from './queue-rows.ts'

/** Totals are exact up to here; one more stands for "more". */
const countedUpTo = 10_000

type Query = InputOf<typeof contract.listOrderQueue>['query']

/**
 * Orders of every agency, read past the tenants' walls: what the staff needs to choose its work, and nothing of
 * whom the agency ordered for.
 */
export async function listOrderQueue(
  ctx: Ctx,
  { query }: InputOf<typeof contract.listOrderQueue>,
): Promise<AnswerOf<typeof contract.listOrderQueue>> {
  const values: unknown[] = [ctx.nowIso]
  const add = (value: unknown, type: string) => `$${values.push(value)}::${type}`
  const where = conditions(query, add)
  const filter = where.join(' and ') || 'true'
  const total = query.total ? await count(ctx, filter, [...values]) : undefined
  const key = query.sort.endsWith('dueOn') ? `coalesce(o.due_on, 'infinity')` : 'o.placed_at'
  const descending = query.sort.startsWith('-')
  const start = startOf(query)
  const after = start
    ? `and (${key}, o.id) ${descending ? '<' : '>'} (${add(start[0], query.sort.endsWith('dueOn') ? 'date' : 'timestamptz')}, ${add(start[1], 'uuid')})`
    : ''
  const direction = descending ? 'desc' : 'asc'
  const { rows } = await ctx.app.database.owner.query<QueueRecord>(
    `select ${queueColumns('$1')} from client_order o join agency a on a.agency_id = o.agency_id
     where ${filter} ${after} order by ${key} ${direction}, o.id ${direction} limit ${add(query.limit + 1, 'int')}`,
    values,
  )
  const data = rows.slice(0, query.limit)
  const end = rows.length > query.limit ? data.at(-1) : undefined
  return {
    data: data.map(queueRowAnswer),
    nextCursor: end
      ? encodeCursor([query.sort.endsWith('dueOn') ? (end.due_on ?? 'infinity') : end.placed_at, end.id])
      : null,
    ...(total !== undefined && { total }),
  }
}

function startOf(query: Query): [string, string] | undefined {
  const [key, last] = decodeCursor(query.cursor, 2) ?? []
  const id = cursorId(last)
  if (key === undefined || id === undefined) return undefined
  if (query.sort.endsWith('dueOn') ? !/^(infinity|\d{4}-\d\d-\d\d)$/.test(key) : !cursorInstant(key))
    throw invalid({ cursor: 'field.invalid' })
  return [key, id]
}

function conditions(query: Query, add: (value: unknown, type: string) => string): string[] {
  const where: string[] = []
  if (query.state) where.push(`o.state = any(${add(query.state, 'text[]')})`)
  if (query.agency) where.push(`o.agency_id = ${add(query.agency, 'uuid')}`)
  if (query.late) where.push(lateSql('$1'))
  if (query.contested) where.push(contestedSql)
  if (query.unread) where.push('o.operator_unread > 0')
  if (query.supplier)
    where.push(
      `exists (select from order_line l where l.agency_id = o.agency_id and l.order_id = o.id and l.supplier = ${add(query.supplier, 'text')})`,
    )
  const number = /^\s*#\s*(\d{1,15})\s*$/.exec(query.q ?? '')?.[1]
  if (number !== undefined) where.push(`o.number = ${add(number, 'bigint')}`)
  else if (query.q?.trim())
    // The stored text of an order names its client too: what may be searched here is put together anew.
    where.push(`search_key(o.number || ' ' || a.name || ' ' || (select string_agg(l.title || ' ' || coalesce(l.site, '') || ' '
      || coalesce(l.target_url, '') || ' ' || coalesce(l.supplier, ''), ' ') from order_line l
      where l.agency_id = o.agency_id and l.order_id = o.id)) like all (search_patterns(${add(query.q, 'text')}))`)
  return where
}

async function count(ctx: Ctx, filter: string, values: unknown[]): Promise<number> {
  const { rows } = await ctx.app.database.owner.query<{ n: number }>(
    `select count(*)::int as n from (select from client_order o join agency a on a.agency_id = o.agency_id
     where $1::timestamptz is not null and ${filter} limit ${countedUpTo + 1}) counted`,
    values,
  )
  return rows[0]!.n
}

/** How much of the queue waits for what. */
export async function countOrderQueue(ctx: Ctx): Promise<AnswerOf<typeof contract.countOrderQueue>> {
  const { rows } = await ctx.app.database.owner.query<AnswerOf<typeof contract.countOrderQueue>>(
    `select count(*) filter (where o.state = 'placed')::int as placed,
       count(*) filter (where o.state = 'accepted')::int as accepted,
       count(*) filter (where o.state = 'in_progress')::int as "inProgress",
       count(*) filter (where ${lateSql('$1')})::int as late,
       count(*) filter (where o.state = 'in_progress' and ${contestedSql})::int as contested,
       (select count(*)::int from client_order u where u.operator_unread > 0) as unread
     from client_order o join agency a on a.agency_id = o.agency_id where o.state in ('placed', 'accepted', 'in_progress')`,
    [ctx.nowIso],
  )
  return rows[0]!
}
