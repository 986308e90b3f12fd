import { sql, type RawBuilder } from 'kysely'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { decodeCursor, encodeCursor } from '../../server/page-cursor.ts'
import { invalid, notFound } from '../../server/refusal.ts'
import { visibleClients } from '../access/public.ts'
import type { listMembers as contract } from './contract.ts'
import { memberRowAnswer, memberRows, shownState } from './member-rows.ts'
import { wordsIn } from './search-words.ts'
import { visibleMembers } from './visible-members.ts'

/** Totals are exact up to here; one more stands for "more". */
const countedUpTo = 10_000

// What each sort reads, as text or instant. Whoever never came sorts before everybody.
const sorts: Record<string, RawBuilder<string>> = {
  name: sql<string>`search_key(u.name)`,
  lastSeenAt: sql<string>`coalesce(u.last_seen_at, 'epoch')`,
  createdAt: sql<string>`member.created_at`,
}

/** Sub-accounts the caller sees, searched without accents, filtered, sorted, page by page. */
export async function listMembers(
  ctx: Ctx,
  { query }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const descending = query.sort?.startsWith('-') ?? false
  const sort = query.sort?.replace(/^-/, '') ?? 'name'
  const key = sorts[sort]
  if (!key) throw invalid({ sort: 'field.choice' })
  const matching = await filtered(ctx, query)
  const from = startOf(query.cursor, sort)
  const direction = descending ? 'desc' : 'asc'
  const after = descending ? sql`<` : sql`>`
  const type = sort === 'name' ? sql`text` : sql`timestamptz`
  const rows = await matching
    .select(sql<string>`${key}::text`.as('sort_key'))
    .$if(from !== undefined, (q) =>
      q.where(sql<boolean>`(${key}, member.id) ${after} (${from?.[0]}::${type}, ${from?.[1]}::uuid)`),
    )
    .orderBy(key, direction)
    .orderBy('member.id', direction)
    .limit(query.limit + 1)
    .execute()
  const shown = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? shown.at(-1) : undefined
  return {
    data: shown.map((r) => memberRowAnswer(ctx, r)),
    nextCursor: last ? encodeCursor([last.sort_key, last.id]) : null,
    ...(query.total && { total: await totalOf(ctx, matching) }),
  }
}

/** The last row of the page before: its sort key and id. */
function startOf(cursor: string | undefined, sort: string): [string, string] | undefined {
  const [key, id] = decodeCursor(cursor, 2) ?? []
  if (key === undefined || id === undefined) return undefined
  const readable = sort === 'name' || /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+00$/.test(key)
  if (!readable || !/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(id))
    throw invalid({ cursor: 'field.invalid' })
  return [key, id]
}

async function filtered(ctx: Ctx, query: InputOf<typeof contract>['query']) {
  if (
    query.client !== undefined &&
    !(await visibleClients(ctx).select('client.id').where('client.id', '=', query.client).executeTakeFirst())
  )
    throw notFound()
  if (
    query.under !== undefined &&
    !(await visibleMembers(ctx).select('member.id').where('member.id', '=', query.under).executeTakeFirst())
  )
    throw notFound()
  let rows = memberRows(ctx)
  for (const word of wordsIn(query.q))
    rows = rows.where(sql<boolean>`member.search_text like '%' || search_key(${word}) || '%'`)
  if (query.role) rows = rows.where('member.role', 'in', query.role)
  if (query.state) rows = rows.where(shownState(ctx), 'in', query.state)
  if (query.client !== undefined)
    rows = rows.where(
      sql<boolean>`exists (select from assignment a where a.agency_id = ${ctx.agencyId} and a.client_id = ${query.client} and a.member_id = member.id)`,
    )
  if (query.under !== undefined)
    rows = rows.where(
      sql<boolean>`exists (select from member_closure k where k.agency_id = ${ctx.agencyId} and k.ancestor_id = ${query.under} and k.descendant_id = member.id and k.depth > 0)`,
    )
  return rows
}

async function totalOf(ctx: Ctx, matching: Awaited<ReturnType<typeof filtered>>): Promise<number> {
  const counted = matching
    .clearSelect()
    .select('member.id')
    .limit(countedUpTo + 1)
  const { total } = await ctx.db
    .selectFrom(counted.as('counted'))
    .select(sql<number>`count(*)::int`.as('total'))
    .executeTakeFirstOrThrow()
  return total
}
