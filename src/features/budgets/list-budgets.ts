import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { agencyOf, memberOf, type Ctx } from '../../server/context.ts'
import { cursorId, decodeCursor, encodeCursor } from '../../server/page-cursor.ts'
import { sql } from 'kysely'
import { entrustedClients, sightOf } from '../access/public.ts'
import { visibleMembers, wordsIn } from '../sub-accounts/public.ts'
import { levelsOf, type BudgetNode } from './budget-node.ts'
import { budgetRows } from './budget-rows.ts'
import { clientParentSql, memberParentSql } from './budget-tree.ts'
import type { listBudgets as contract } from './contract.ts'
import { nodesInSight, ownNode } from './node-in-sight.ts'

/** Clients found by a search beyond which the list is walked by name instead. */
const foundAtMost = 2_000

type Child = { kind: 'member' | 'client'; id: string; key: string }

/**
 * What is directly below a level (one's own when none is named): members, then clients, by name. With `q`,
 * whoever matches anywhere in sight. A client's own people get their clients.
 */
export async function listBudgets(
  ctx: Ctx,
  { query }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const own = ownNode(ctx)
  const level: BudgetNode | null = query.member ? { kind: 'member', id: query.member } : own
  if (query.member) await nodesInSight(ctx, [level!])
  const from = placeOf(query.cursor)
  const limit = query.limit + 1
  const words = wordsIn(query.q)
  const members =
    from?.kind === 'client' || memberOf(ctx).role === 'client'
      ? []
      : await childMembers(ctx, level!, words, from, limit)
  const clients =
    members.length === limit
      ? []
      : await childClients(
          ctx,
          level,
          words,
          from?.kind === 'client' ? from : undefined,
          limit - members.length,
        )
  const found: Child[] = [...members, ...clients]
  const shown = found.slice(0, query.limit)
  const last = shown.at(-1)
  const facts = await nodesInSight(
    ctx,
    shown.map(({ kind, id }) => ({ kind, id })),
  )
  return {
    data: await budgetRows(ctx, facts),
    nextCursor: last && found.length > query.limit ? encodeCursor([last.kind, last.key, last.id]) : null,
  }
}

function placeOf(cursor: string | undefined): Child | undefined {
  const [kind, key, id] = decodeCursor(cursor, 3) ?? []
  if (key === undefined) return undefined
  return { kind: kind === 'client' ? 'client' : 'member', key, id: cursorId(id)! }
}

async function childMembers(
  ctx: Ctx,
  level: BudgetNode,
  words: string[],
  from: Child | undefined,
  limit: number,
): Promise<Child[]> {
  const { mode, currency } = agencyOf(ctx)
  const levels = levelsOf(mode)
  let find = visibleMembers(ctx)
    .innerJoin('realm_user as u', (j) =>
      j.onRef('u.agency_id', '=', 'member.agency_id').onRef('u.id', '=', 'member.user_id'),
    )
    .select(['member.id', sql<string>`search_key(u.name)`.as('key')])
    .where('member.role', 'in', ['manager', 'consultant'])
    .where(
      // A level of this mode, or somebody who still holds something.
      sql<boolean>`(member.role = any(${levels}::text[]) and member.state <> 'disabled' or exists (select from wallet w
        where w.agency_id = ${ctx.agencyId} and w.owner_kind = 'member' and w.owner_id = member.id
          and w.purpose = 'budget' and w.unit = ${currency} and w.balance > 0))`,
    )
    .orderBy('key')
    .orderBy('member.id')
    .limit(limit)
  if (level.kind === 'member') find = find.where('member.id', '<>', level.id)
  if (words.length > 0)
    for (const word of words)
      find = find.where(sql<boolean>`member.search_text like '%' || search_key(${word}) || '%'`)
  else {
    const parent = parentOf(ctx, memberParentSql, 'member', levels)
    // Only those that may be: of one's branch, or not at the root, are asked for the level above them.
    find = find.where(
      level.kind === 'member'
        ? sql<boolean>`(member.id in (select k.descendant_id from member_closure k where k.agency_id = ${ctx.agencyId}
            and k.ancestor_id = ${level.id}) and ${parent} = ${level.id}::uuid)`
        : sql<boolean>`case when member.parent_id is null then true
            when (select up.role from member up where up.agency_id = ${ctx.agencyId} and up.id = member.parent_id) = any(${levels}::text[]) then false
            else ${parent} is null end`,
    )
  }
  if (from) find = find.where(sql<boolean>`(search_key(u.name), member.id) > (${from.key}, ${from.id}::uuid)`)
  return (await find.execute()).map((r) => ({ kind: 'member', ...r }))
}

async function childClients(
  ctx: Ctx,
  level: BudgetNode | null,
  words: string[],
  from: Child | undefined,
  limit: number,
): Promise<Child[]> {
  const levels = levelsOf(agencyOf(ctx).mode)
  let find = entrustedClients(ctx, await sightOf(ctx))
    .select(['client.id', 'client.name_key as key'])
    .where('client.status', '<>', 'archived')
    .orderBy('client.name_key')
    .orderBy('client.id')
    .limit(limit)
  if (words.length > 0) {
    const typed = words.join(' ')
    const [found] = await ctx.tx.query<{ ids: string[] | null }>(
      'budget_clients',
      'select ids from search_clients($1, $2)',
      [typed, foundAtMost],
    )
    const named = sql<boolean>`client.search_text like all (array(select unnest(search_patterns(${typed}))))`
    // Many that match are met on a walk by name: `case` keeps the planner from believing that they are few.
    find = found!.ids
      ? find.where(sql<boolean>`client.id in (select unnest(${found!.ids}::uuid[])) and ${named}`)
      : find.where(sql<boolean>`case when ${named} then true else false end`)
  }
  if (words.length === 0 && level?.kind === 'member')
    find = find.where(sql<boolean>`client.id in (
        select a.client_id from assignment a where a.agency_id = ${ctx.agencyId} and a.member_id = ${level.id} and a.is_lead
        union all select h.id from client h where h.agency_id = ${ctx.agencyId} and h.home_id = ${level.id})
      and ${parentOf(ctx, clientParentSql, 'client', levels)} = ${level.id}`)
  // In the simple mode every client hangs at the agency: nothing to ask row by row.
  if (words.length === 0 && level?.kind === 'agency' && levels.length > 0)
    find = find.where(sql<boolean>`${parentOf(ctx, clientParentSql, 'client', levels)} is null`)
  if (from) find = find.where(sql<boolean>`(client.name_key, client.id) > (${from.key}, ${from.id}::uuid)`)
  return (await find.execute()).map((r) => ({ kind: 'client', id: r.id, key: r.key ?? '' }))
}

/** A tree expression with its parameters bound. */
function parentOf(
  ctx: Ctx,
  text: (row: string, agency: string, levels: string) => string,
  row: string,
  levels: string[],
) {
  const parts = text(row, ':agency', ':levels').split(/(:agency|:levels)/)
  return sql.join(
    parts.map((p) =>
      p === ':agency' ? sql`${ctx.agencyId}::uuid` : p === ':levels' ? sql`${levels}::text[]` : sql.raw(p),
    ),
    sql.raw(''),
  )
}
