import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import { visibleOrders, type OrderState, type Side } from '../orders/public.ts'
import type * as contract from './contract.ts'
import type { TimelineEntry } from './contract.ts'
import { fileAnswer } from './order-files.ts'

/** Entries a timeline shows at most of each kind; an order has a few dozen. */
const most = 300

/** What happened and what was said about an order in sight. */
export async function listOrderTimeline(
  ctx: Ctx,
  { params }: InputOf<typeof contract.listOrderTimeline>,
): Promise<AnswerOf<typeof contract.listOrderTimeline>> {
  const seen = await visibleOrders(ctx)
    .select('client_order.id')
    .where('client_order.id', '=', params.id)
    .executeTakeFirst()
  if (!seen) throw notFound()
  return { data: await timelineOf(ctx, params.id, subjectOf(ctx).role === 'client' ? 'client' : 'agency') }
}

/** The timeline as one side may read it: a client's own people get what is for them. */
export async function timelineOf(ctx: Ctx, orderId: string, side: Side): Promise<TimelineEntry[]> {
  const me = (ctx.subject ?? ctx.actor)?.userId
  const events = await ctx.db
    .selectFrom('order_event')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('order_id', '=', orderId)
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  const messages = await ctx.db
    .selectFrom('order_message')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('order_id', '=', orderId)
    .$if(side === 'client', (q) => q.where('for_client', '=', true))
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  const files = await ctx.db
    .selectFrom('order_file')
    .select(['id', 'name', 'content_type', 'size', 'message_id'])
    .where('agency_id', '=', ctx.agencyId)
    .where('order_id', '=', orderId)
    .where('message_id', 'is not', null)
    .orderBy('id')
    .execute()
  const entries: TimelineEntry[] = [
    ...events.map((e) => ({
      kind: 'event' as const,
      id: e.id,
      at: e.occurred_at,
      side: e.side as Side,
      // Who of the operator's staff did it is the operator's business; who of the agency did, the agency's.
      actor: shownName(side, e.side as Side, e.actor_name),
      subject: side === 'operator' ? null : e.subject_name,
      event: e.kind,
      state: e.to_state as OrderState,
      data: shownData(side, e.data as unknown as Record<string, unknown>),
    })),
    ...messages.map((m) => ({
      kind: 'message' as const,
      id: toPublicId('orderMessage', m.id),
      at: m.created_at,
      side: m.side as Side,
      // Whom the agency works for is not the operator's to know; colleagues who write to it are.
      actor: side === 'operator' && m.side === 'client' ? '' : m.author_name,
      subject: null,
      body: m.body,
      forClient: m.for_client,
      mine: m.author_user_id !== null && m.author_user_id === me,
      files: files.filter((f) => f.message_id === m.id).map(fileAnswer),
    })),
  ]
  return entries.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? 1 : -1))
}

/** What the client pays is not the operator's to know. */
function shownData(reader: Side, data: Record<string, unknown>): Record<string, unknown> {
  if (reader !== 'operator') return data
  const { amount: _amount, currency: _currency, ...rest } = data
  return rest
}

function shownName(reader: Side, of: Side, name: string): string {
  return reader === 'operator' && of !== 'operator' ? '' : name
}
