import type { Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'

/** Tells users something inside the product; `kind` has the text `notification.<kind>`, `values` its values. */
export async function notifyUsers(
  ctx: Ctx,
  userIds: readonly string[],
  notice: { kind: string; values?: Record<string, unknown>; link?: string },
): Promise<void> {
  if (userIds.length === 0) return
  await ctx.db
    .insertInto('notification')
    .values(
      userIds.map((userId) => ({
        agency_id: ctx.agencyId,
        id: newId(),
        user_id: userId,
        kind: notice.kind,
        data: JSON.stringify(notice.values ?? {}),
        link: notice.link ?? null,
        created_at: ctx.nowIso,
      })),
    )
    .execute()
  ctx.publish({ agencyId: ctx.agencyId, userIds: [...userIds], kind: 'notification' })
}
