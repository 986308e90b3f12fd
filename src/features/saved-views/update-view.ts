import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import type { updateView as contract } from './contract.ts'
import { placeView } from './place-view.ts'
import { mayEditView, viewAnswer, visibleViews } from './visible-views.ts'

/**
 * Changes a view: its maker may, and whoever may share for a shared one (403 `view.not_yours` otherwise).
 * Anybody pins a view they see, for themselves. 409 `version.stale` with the current view.
 */
export async function updateView(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const [view] = await visibleViews(ctx, null, params.id)
  if (!view) throw notFound()
  const { isPinned, version, isShared, name, query } = body
  if (isPinned !== undefined) await placeView(ctx, view.id, { isPinned })
  if (name !== undefined || query !== undefined || isShared !== undefined) {
    if (!mayEditView(ctx, view)) throw new Refusal(403, 'view.not_yours')
    if (isShared !== undefined && isShared !== view.is_shared && !ctx.may('views.share'))
      throw new Refusal(403, 'view.share')
    const changed = await ctx.db
      .updateTable('saved_view')
      .set({
        name: name ?? view.name,
        is_shared: isShared ?? view.is_shared,
        query: JSON.stringify(query ?? view.query),
        version: view.version + 1,
      })
      .where('agency_id', '=', ctx.agencyId)
      .where('id', '=', view.id)
      .where('version', '=', version ?? view.version)
      .returning('id')
      .execute()
    if (changed.length === 0)
      throw new Refusal(409, 'version.stale', { data: { current: viewAnswer(ctx, view) } })
    ctx.audit({
      action: 'view.updated',
      entity: { kind: 'view', id: view.id, name: name ?? view.name },
      data: {
        before: { name: view.name, query: view.query, shared: view.is_shared },
        after: { name, query, shared: isShared },
      },
    })
  }
  const [after] = await visibleViews(ctx, null, view.id)
  return viewAnswer(ctx, after ?? view)
}
