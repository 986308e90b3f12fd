import { sql } from 'kysely'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { memberOf, type Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import { clientAnswer, readClientFacts } from './client-facts.ts'
import { sightRules, type explainMember as contract } from './contract.ts'
import { readKnownMembers } from './known-members.ts'
import { cursorId, decodeCursor, encodeCursor } from '../../server/page-cursor.ts'
import { namedAnswer, pathAnswer, readSightPaths, type Named } from './sight-paths.ts'
import { withReach } from './sight-of.ts'
import { firstRule, visibleClients, visibleTo, type Viewer } from './visible-clients.ts'

const countedTo = 10_001

/**
 * What a member sees and why, as far as the asker sees it too; the rest is counted. 404 unless the member is
 * the asker or in its branch (owners: anybody).
 */
export async function explainMember(
  ctx: Ctx,
  { params, query }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const { member, viewer, seesUnassigned } = await readViewer(ctx, params.id)
  const first = firstRule(ctx, viewer)
  // Counting reads the whole sight, a page only its beginning: see visibleClientCondition.
  const counted: Viewer = { ...viewer, reach: 'narrow' }
  const seenByBoth = (as: Viewer) =>
    visibleClients(ctx)
      .where(visibleTo(ctx, as))
      .$if(Boolean(query.q), (b) =>
        b.where(
          sql<boolean>`client.search_text like '%' || replace(replace(search_key(${query.q}), '%', '\\%'), '_', '\\_') || '%'`,
        ),
      )
  const after = decodeCursor(query.cursor, 2)
  const rows = await seenByBoth(viewer)
    .$if(query.rule !== undefined, (b) => b.where(sql<boolean>`${first} = ${query.rule}`))
    .$if(after !== undefined, (b) =>
      b.where(sql<boolean>`(client.name_key, client.id) > (${after?.[0]}, ${cursorId(after?.[1])}::uuid)`),
    )
    .select(['client.id', 'client.name_key'])
    .orderBy('client.name_key')
    .orderBy('client.id')
    .limit(query.limit + 1)
    .execute()
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  const ids = shown.map((r) => r.id)
  const ofSome = seenByBoth(counted).select(['client.id', 'client.home_id']).limit(countedTo)
  const perRule = await ctx.db
    .selectFrom(ofSome.as('client'))
    .select([first.as('rule'), sql<number>`count(*)::int`.as('n')])
    .groupBy('rule')
    .execute()
  const counts = Object.fromEntries(
    sightRules.map((rule) => [rule, perRule.find((c) => c.rule === rule)?.n ?? 0]),
  ) as Record<(typeof sightRules)[number], number>
  const facts = new Map((await readClientFacts(ctx, ids)).map((c) => [c.id, c]))
  const paths = Map.groupBy(await readSightPaths(ctx, ids, [member.id]), (p) => p.client_id)
  const vias = [...paths.values()].flat().flatMap((p) => p.via_id ?? [])
  const names = new Map(
    (await readKnownMembers(ctx, ids, [member.id, ...vias])).filter((m) => m.nameable).map((m) => [m.id, m]),
  )
  return {
    member: { ...namedAnswer(member), seesUnassigned },
    data: ids.flatMap((id) => {
      const client = facts.get(id)
      return client
        ? [{ client: clientAnswer(client), paths: (paths.get(id) ?? []).map((p) => pathAnswer(p, names)) }]
        : []
    }),
    nextCursor: last && rows.length > query.limit ? encodeCursor([last.name_key, last.id]) : null,
    counts,
    total: Object.values(counts).reduce((a, b) => a + b, 0),
    unnamed: await countUnnamed(ctx, counted),
  }
}

/** The member asked about, when it is the asker's to ask about. */
async function readViewer(
  ctx: Ctx,
  id: string,
): Promise<{ member: Named; viewer: Viewer; seesUnassigned: boolean }> {
  const [found] = await readKnownMembers(ctx, [], [id])
  if (!found || !(found.in_branch || memberOf(ctx).role === 'owner')) throw notFound()
  const { sees_unassigned } = await ctx.db
    .selectFrom('member')
    .select('sees_unassigned')
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return {
    member: found,
    viewer: await withReach(ctx, { role: found.role, memberId: found.id }),
    seesUnassigned: sees_unassigned,
  }
}

/** Clients that the member sees and the asker does not, counted to 10,001. */
async function countUnnamed(ctx: Ctx, viewer: Viewer): Promise<number> {
  const asker = memberOf(ctx)
  if (asker.role === 'owner' || asker.memberId === viewer.memberId) return 0
  const unseen = ctx.db
    .selectFrom('client')
    .select('client.id')
    .where('client.agency_id', '=', ctx.agencyId)
    .where(visibleTo(ctx, viewer))
    .where((e) => e.not(visibleTo(ctx, asker)))
    .limit(countedTo)
  const { n } = await ctx.db
    .selectFrom(unseen.as('unseen'))
    .select(sql<number>`count(*)::int`.as('n'))
    .executeTakeFirstOrThrow()
  return n
}
