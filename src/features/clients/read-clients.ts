import { createHash } from 'node:crypto'
import type { Ctx } from '../../server/context.ts'
import { readCursor, writeCursor, type CursorValue } from '../../server/cursor.ts'
import { newStatement } from '../../server/statement.ts'
import { clientConditions, namePrefix, viewerFor, wordConditions } from './client-conditions.ts'
import { keyValue, readSort, segmentsOf, type Segment, type SortChoice } from './client-order.ts'
import { rowColumns, rowPeople, type ReadRow } from './client-rows.ts'
import type { ClientFilter } from './contract.ts'

/** Matches beyond which a search is not ranked but walked by name: every other client has the word. */
const rankedMatches = 2000

/** What to read: filters (`only`: among these ids), an order, and where the page before ended. */
export type ClientQuery = {
  filter: ClientFilter
  only?: readonly string[] | null
  sort?: string | undefined
  cursor?: string | undefined
  limit: number
}
/** A page of lines in the database's own form. */
export type ClientPage = { rows: ReadRow[]; nextCursor: string | null }

type Place = { segment: number; values: CursorValue[] }
type Keyed = ReadRow & { wide: boolean; k0: string | number | null; k1: string | null; k2: string | null }

/**
 * A page of the clients the subject sees. One statement as a rule; a second one where the page crosses from one
 * segment of the order into the next, or when a search turns out too wide to rank.
 */
export async function readClients(ctx: Ctx, query: ClientQuery): Promise<ClientPage> {
  const q = query.filter.q ?? ''
  const sort = readSort(query.sort, q !== '')
  const kind = `${sort.descending ? '-' : ''}${sort.by}`
  const start = query.cursor === undefined ? undefined : placeOf(query.cursor, kind)
  if (q === '') return walk(ctx, query, sort, kind, start?.wide ? undefined : start?.place)
  if (!start?.wide) {
    const ranked = await readSegments(ctx, query, segmentsOf(sort, null), 'ranked', start?.place)
    if (ranked) return page(ranked, query.limit, kind, false)
  }
  return walk(ctx, query, sort, kind, start?.wide ? start.place : undefined)
}

async function walk(
  ctx: Ctx,
  query: ClientQuery,
  sort: SortChoice,
  kind: string,
  place: Place | undefined,
): Promise<ClientPage> {
  const wide = (query.filter.q ?? '') !== ''
  const segments = segmentsOf(sort, wide ? 'prefix' : null)
  const rows = await readSegments(ctx, query, segments, wide ? 'wide' : 'plain', place)
  return page(rows ?? [], query.limit, kind, wide)
}

type Found = { row: Keyed; place: Place }

/** Rows from `place` on, one more than the limit when there are more; null when the search is too wide to rank. */
async function readSegments(
  ctx: Ctx,
  query: ClientQuery,
  segments: Segment[],
  search: 'plain' | 'ranked' | 'wide',
  place: Place | undefined,
): Promise<Found[] | null> {
  const found: Found[] = []
  for (let i = place?.segment ?? 0; i < segments.length && found.length <= query.limit; i++) {
    const segment = segments[i]!
    const after =
      place !== undefined && i === place.segment ? place.values.slice(0, segment.keys.length) : undefined
    const rows = await readSegment(ctx, query, segment, search, after, query.limit + 1 - found.length)
    if (rows[0]?.wide) return null
    for (const row of rows)
      if (row.id !== null) found.push({ row, place: { segment: i, values: [row.k0, row.k1, row.k2] } })
  }
  return found
}

async function readSegment(
  ctx: Ctx,
  { filter, only }: ClientQuery,
  segment: Segment,
  search: 'plain' | 'ranked' | 'wide',
  after: CursorValue[] | undefined,
  limit: number,
): Promise<Keyed[]> {
  const s = newStatement(ctx)
  const typed = search === 'plain' ? '' : s.add(filter.q, 'text')
  const where = clientConditions(ctx, await viewerFor(ctx, search === 'ranked' ? 'rows' : 'page'), filter, s)
  if (search === 'wide') where.push(wordConditions(typed))
  if (only) where.push(`c.id = any (${s.add(only, 'uuid[]')})`)
  if (segment.where !== null) where.push(segment.where.replace('prefix', () => namePrefix(typed)))
  const direction = segment.descending ? 'desc' : 'asc'
  const exprs = segment.keys.map((k) => k.expr)
  if (after)
    where.push(
      `(${exprs.join(', ')}) ${segment.descending ? '<' : '>'} (${segment.keys.map((k, i) => s.add(keyValue(k, after[i]), k.type)).join(', ')})`,
    )
  const order = (columns: string[]) => columns.map((c) => `${c} ${direction}`).join(', ')
  const source =
    search === 'ranked'
      ? `unnest(found.ids, found.ranks) as hit(id, rank) join client c on c.agency_id = $1 and c.id = hit.id`
      : 'client c'
  const cut = `select ${rowColumns}, ${exprs.map((e, i) => `${e} as k${i}`).join(', ')} from ${source}
    where ${where.join('\n    and ')} order by ${order(exprs)} limit ${s.add(limit, 'integer')}`
  const columns = `p.*, coalesce(hu.name, '') as home_name, people.who`
  const sorted = order(exprs.map((_, i) => `p.k${i}`))
  const text =
    search === 'ranked'
      ? `with found as materialized (select ids, ranks from search_clients(${typed}, ${rankedMatches}))
    select found.ids is null as wide, ${columns} from found left join lateral (${cut}) p on true ${rowPeople} order by ${sorted}`
      : `select ${columns} from (${cut}) p ${rowPeople} order by ${sorted}`
  return runStatement(ctx, filter, text, s.values)
}

/** Filters under which one plan is right for every agency, small or huge: a walk along the order's index. */
const steady = new Set(['q', 'status', 'unassigned'])

/**
 * Runs a statement: prepared and kept when one plan suits every tenant, else planned for the values at hand.
 * A kept plan is made for an agency of the average size; joins it chooses for that are slow in a huge one.
 */
export async function runStatement<Row>(
  ctx: Ctx,
  filter: ClientFilter,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  const special = Object.entries(filter).some(([name, value]) => value !== undefined && !steady.has(name))
  if (special) return (await ctx.tx.client.query({ text, values: [...values] })).rows as Row[]
  return ctx.tx.query<Row>(statementName(text), text, values)
}

const names = new Map<string, string>()

function statementName(text: string): string {
  let name = names.get(text)
  if (name === undefined) {
    name = `clients_${createHash('sha256').update(text).digest('hex').slice(0, 20)}`
    names.set(text, name)
  }
  return name
}

function page(found: readonly Found[], limit: number, kind: string, wide: boolean): ClientPage {
  const last = found.length > limit ? found[limit - 1] : undefined
  return {
    rows: found.slice(0, limit).map((f) => f.row),
    nextCursor: last ? writeCursor([kind, wide, last.place.segment, ...last.place.values.map(plain)]) : null,
  }
}

/** Budgets are read as bigint, which JSON doesn't know. */
function plain(value: CursorValue | bigint | undefined): CursorValue {
  return typeof value === 'bigint' ? String(value) : (value ?? null)
}

function placeOf(cursor: string, kind: string): { wide: boolean; place: Place } {
  const [, wide, segment, ...values] = readCursor(cursor, kind, 6)
  return { wide: wide === true, place: { segment: Number(segment) || 0, values } }
}
