import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import type { listNotifications as list, readNotifications as read } from './contract.ts'

/** Notifications of the person at the keyboard; another's bell is not read for them. */
export async function listNotifications(
  ctx: Ctx,
  { query }: InputOf<typeof list>,
): Promise<AnswerOf<typeof list>> {
  const userId = atTheKeyboard(ctx)
  let find = ctx.db
    .selectFrom('notification')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('user_id', '=', userId)
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
  if (query.cursor) find = find.where('id', '<', query.cursor)
  const rows = await find.execute()
  const page = rows.slice(0, query.limit)
  const { texts } = ctx.app
  return {
    data: page.map((n) => ({
      id: toPublicId('notification', n.id),
      kind: n.kind,
      message: texts.t(ctx.locale, `notification.${n.kind}`, n.data as Record<string, unknown>),
      link: n.link,
      createdAt: n.created_at,
      readAt: n.read_at,
    })),
    unread: await unreadCount(ctx, userId),
    nextCursor: rows.length > query.limit ? toPublicId('notification', page.at(-1)!.id) : null,
  }
}

/** How many a user has not read, at most 100. */
export async function unreadCount(ctx: Ctx, userId: string): Promise<number> {
  const [row] = await ctx.tx.query<{ n: number }>(
    'unread_notifications',
    `select count(*)::int as n from (select from notification where agency_id = $1 and user_id = $2 and read_at is null limit 100) x`,
    [ctx.agencyId, userId],
  )
  return row?.n ?? 0
}

/** Marks some or all as read. */
export async function readNotifications(
  ctx: Ctx,
  { body }: InputOf<typeof read>,
): Promise<AnswerOf<typeof read>> {
  let mark = ctx.db
    .updateTable('notification')
    .set({ read_at: ctx.nowIso })
    .where('agency_id', '=', ctx.agencyId)
    .where('user_id', '=', atTheKeyboard(ctx))
    .where('read_at', 'is', null)
  if (body.ids) mark = mark.where('id', 'in', body.ids)
  if (body.ids?.length !== 0) await mark.execute()
  ctx.publish({ agencyId: ctx.agencyId, userIds: [atTheKeyboard(ctx)], kind: 'notification' })
  return {}
}

/** One's own, also while acting; inside a hosted account those of whom one is there for: one's own stay at home. */
function atTheKeyboard(ctx: Ctx): string {
  return (ctx.account ? null : ctx.actor?.userId) ?? subjectOf(ctx).userId
}
