import type { Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import type { SupportKind } from './contract.ts'
import type { Side } from './conversation.ts'

/** A conversation that is over, as it was: for data made up or brought in. */
export type PastRequest = {
  kind: SupportKind
  title: string
  state: 'granted' | 'refused' | 'closed'
  openedBy: { userId: string; name: string }
  messages: { side: Side; author: string; body: string; at: string }[]
  decided: { by: string; at: string }
}

/** Writes a conversation that is over; nobody is told and nothing is unread. */
export async function keepPastRequest(ctx: Ctx, past: PastRequest): Promise<void> {
  const id = newId()
  await ctx.db
    .insertInto('support_request')
    .values({
      agency_id: ctx.agencyId,
      id,
      kind: past.kind,
      title: past.title,
      state: past.state,
      opened_by: past.openedBy.userId,
      opened_by_name: past.openedBy.name,
      opened_at: past.messages[0]!.at,
      last_message_at: past.decided.at,
      last_side: past.messages.at(-1)!.side,
      decided_at: past.decided.at,
      decided_by_name: past.decided.by,
    })
    .execute()
  await ctx.db
    .insertInto('support_message')
    .values(
      past.messages.map((m) => ({
        agency_id: ctx.agencyId,
        id: newId(),
        request_id: id,
        side: m.side,
        author_user_id: m.side === 'agency' ? past.openedBy.userId : null,
        author_name: m.author,
        body: m.body,
        created_at: m.at,
      })),
    )
    .execute()
}
