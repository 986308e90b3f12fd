import type { Selectable } from 'kysely'
import type { z } from 'zod'
import { toPublicId } from '../../contract/ids.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { notFound } from '../../server/refusal.ts'
import type { SupportRequest } from '../../server/schema.gen.ts'
import type { supportConversation, supportRequest } from './contract.ts'

/** A request as the API answers it. */
export type RequestAnswer = z.output<typeof supportRequest>
/** A request with its messages as the API answers it. */
export type ConversationAnswer = z.output<typeof supportConversation>
/** The two who talk. */
export type Side = 'agency' | 'operator'

type Row = Selectable<SupportRequest>

/** A row as the API answers it to one side. */
export function requestAnswer(row: Row, reader: Side): RequestAnswer {
  return {
    id: toPublicId('supportRequest', row.id),
    kind: row.kind as RequestAnswer['kind'],
    title: row.title,
    state: row.state as RequestAnswer['state'],
    openedBy: row.opened_by_name,
    openedAt: row.opened_at,
    lastMessageAt: row.last_message_at,
    lastSide: row.last_side as Side,
    unread: reader === 'agency' ? row.agency_unread : row.operator_unread,
    decided: row.decided_at === null ? null : { by: row.decided_by_name ?? '', at: row.decided_at },
  }
}

/** A request of the transaction's agency, locked; 404 when there is none. */
export async function lockRequest(ctx: Ctx, id: string): Promise<Row> {
  const row = await ctx.db
    .selectFrom('support_request')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound()
  return row
}

/** A request of the transaction's agency with its messages, as one side reads it; 404 when there is none. */
export async function readConversation(ctx: Ctx, id: string, reader: Side): Promise<ConversationAnswer> {
  const row = await ctx.db
    .selectFrom('support_request')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw notFound()
  const messages = await ctx.db
    .selectFrom('support_message')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('request_id', '=', id)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return {
    ...requestAnswer(row, reader),
    messages: messages.map((m) => ({
      id: toPublicId('supportMessage', m.id),
      side: m.side as Side,
      author: m.author_name,
      via: m.via_name,
      body: m.body,
      createdAt: m.created_at,
    })),
  }
}

/** Writes one side's message and moves the conversation to the top; the other side has one more to read. */
export async function addMessage(
  ctx: Ctx,
  request: Pick<Row, 'id'>,
  side: Side,
  body: string,
): Promise<void> {
  const author = subjectOf(ctx)
  await ctx.db
    .insertInto('support_message')
    .values({
      agency_id: ctx.agencyId,
      id: newId(),
      request_id: request.id,
      side,
      author_user_id: author.userId,
      author_name: author.name,
      via_name: ctx.acting && ctx.actor && ctx.actor.userId !== author.userId ? ctx.actor.name : null,
      body,
      created_at: ctx.nowIso,
    })
    .execute()
  const unread = side === 'agency' ? 'operator_unread' : 'agency_unread'
  await ctx.db
    .updateTable('support_request')
    .set((eb) => ({ last_message_at: ctx.nowIso, last_side: side, [unread]: eb(unread, '+', 1) }))
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', request.id)
    .execute()
}

/** Marks what the other side wrote as read. */
export async function markRead(ctx: Ctx, id: string, reader: Side): Promise<void> {
  const { numUpdatedRows } = await ctx.db
    .updateTable('support_request')
    .set(reader === 'agency' ? { agency_unread: 0 } : { operator_unread: 0 })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw notFound()
}
