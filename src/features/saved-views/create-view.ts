import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { memberOf, type Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { Refusal } from '../../server/refusal.ts'
import type { createView as contract } from './contract.ts'
import { placeView } from './place-view.ts'
import { viewAnswer, visibleViews } from './visible-views.ts'

/** Views a member may keep of one list. */
const mostViews = 50

/** Saves a view, for oneself or (right `views.share`) for everybody; 409 beyond 50 of one's own. */
export async function createView(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  if (body.isShared && !ctx.may('views.share')) throw new Refusal(403, 'view.share')
  const { memberId } = memberOf(ctx)
  const own = (await visibleViews(ctx, body.page)).filter((v) => v.member_id === memberId)
  if (own.length >= mostViews) throw new Refusal(409, 'view.too_many', { values: { most: mostViews } })
  const id = newId()
  await ctx.db
    .insertInto('saved_view')
    .values({
      agency_id: ctx.agencyId,
      id,
      page: body.page,
      member_id: memberId,
      is_shared: body.isShared,
      name: body.name,
      query: JSON.stringify(body.query),
      created_at: ctx.nowIso,
    })
    .execute()
  if (body.isPinned) await placeView(ctx, id, { isPinned: true })
  ctx.audit({
    action: 'view.created',
    entity: { kind: 'view', id, name: body.name },
    data: { page: body.page, shared: body.isShared },
  })
  const [view] = await visibleViews(ctx, null, id)
  return viewAnswer(ctx, view!)
}
