import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { decodeCursor, encodeCursor } from '../../server/page-cursor.ts'
import { invalid } from '../../server/refusal.ts'
import type * as contract from './contract.ts'
import { markRead, readConversation, requestAnswer, type ConversationAnswer } from './conversation.ts'

/** Where the page before ended: the instant and id of its last row; 422 when it was made up. */
export function startOf(cursor: string | undefined): [at: string, id: string] | undefined {
  const [at, id] = decodeCursor(cursor, 2) ?? []
  if (at === undefined || id === undefined) return undefined
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(at) || !/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(id))
    throw invalid({ cursor: 'field.invalid' })
  return [at, id]
}

/** The agency's requests, last written first, and how many messages it has not read. */
export async function listSupportRequests(
  ctx: Ctx,
  { query }: InputOf<typeof contract.listSupportRequests>,
): Promise<AnswerOf<typeof contract.listSupportRequests>> {
  const from = startOf(query.cursor)
  let find = ctx.db
    .selectFrom('support_request')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .orderBy('last_message_at', 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
  if (query.state) find = find.where('state', '=', query.state)
  if (from)
    find = find.where((eb) =>
      eb(eb.refTuple('last_message_at', 'id'), '<', eb.tuple(from[0], from[1]) as never),
    )
  const rows = await find.execute()
  const shown = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? shown.at(-1) : undefined
  const [count] = await ctx.tx.query<{ unread: number }>(
    'support_unread',
    `select coalesce(sum(agency_unread), 0)::int as unread from support_request where agency_id = $1`,
    [ctx.agencyId],
  )
  return {
    data: shown.map((r) => requestAnswer(r, 'agency')),
    nextCursor: last ? encodeCursor([last.last_message_at, last.id]) : null,
    unread: count?.unread ?? 0,
  }
}

/** One request of the agency. */
export function getSupportRequest(
  ctx: Ctx,
  { params }: InputOf<typeof contract.getSupportRequest>,
): Promise<ConversationAnswer> {
  return readConversation(ctx, params.id, 'agency')
}

/** The agency has read what the operator wrote. */
export async function readSupportRequest(
  ctx: Ctx,
  { params }: InputOf<typeof contract.readSupportRequest>,
): Promise<Record<string, never>> {
  await markRead(ctx, params.id, 'agency')
  ctx.publish({ agencyId: ctx.agencyId, kind: 'support_requests' })
  return {}
}
