import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { clientAnswer, readOneClient } from './client-facts.ts'
import type { explainClient as contract } from './contract.ts'
import { readKnownMembers } from './known-members.ts'
import { decodeCursor, encodeCursor } from '../../server/page-cursor.ts'
import { namedAnswer, pathAnswer, readSightPaths } from './sight-paths.ts'
import { readUnseeing } from './unseeing.ts'
import { whyNot } from './why-not.ts'

/**
 * Who sees a client and by which paths (or, with `sees=false`, who does not), by role and name. 404 when the
 * asker does not see the client. Members the asker may not know are counted only (see known-members.ts).
 */
export async function explainClient(
  ctx: Ctx,
  { params, query }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const client = await readOneClient(ctx, params.id)
  const paths = Map.groupBy(await readSightPaths(ctx, [client.id], null), (p) => p.member_id)
  const members = await readKnownMembers(ctx, [client.id], null)
  const names = new Map(members.filter((m) => m.nameable).map((m) => [m.id, m]))
  const awake = members.filter((m) => m.state !== 'disabled')
  const asked = members.filter((m) => paths.has(m.id) === query.sees)
  const needle = fold(query.q ?? '')
  const listed = asked.filter((m) => m.nameable && fold(m.name).includes(needle))
  const after = decodeCursor(query.cursor, 1)
  // A whole agency's members are few thousand at most and already in order: the page is cut here.
  const start = after ? listed.findIndex((m) => m.id === after[0]) + 1 : 0
  const rows = listed.slice(start, start + query.limit)
  const last = rows.at(-1)
  const unseeing = query.sees
    ? new Map()
    : await readUnseeing(
        ctx,
        rows.map((m) => m.id),
        client,
      )
  return {
    client: clientAnswer(client),
    data: rows.map((m) => ({
      member: namedAnswer(m),
      paths: (paths.get(m.id) ?? []).map((p) => pathAnswer(p, names)),
      whyNot: query.sees
        ? []
        : whyNot(client, unseeing.get(m.id) ?? { seesUnassigned: false, belowHome: false }),
    })),
    nextCursor: last && start + rows.length < listed.length ? encodeCursor([last.id]) : null,
    seers: awake.filter((m) => paths.has(m.id)).length,
    clientSeers: awake.filter((m) => paths.has(m.id) && m.role === 'client').length,
    unnamed: asked.filter((m) => !m.nameable && m.state !== 'disabled').length,
    can: { assign: ctx.may('clients.assign') && !ctx.acting?.readOnly },
  }
}

function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
