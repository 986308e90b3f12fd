import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import type { deleteView as contract } from './contract.ts'
import { mayEditView, visibleViews } from './visible-views.ts'

/** Deletes a view: its maker may, and whoever may share for a shared one. */
export async function deleteView(
  ctx: Ctx,
  { params }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const [view] = await visibleViews(ctx, null, params.id)
  if (!view) throw notFound()
  if (!mayEditView(ctx, view)) throw new Refusal(403, 'view.not_yours')
  await ctx.db
    .deleteFrom('saved_view')
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', view.id)
    .execute()
  ctx.audit({
    action: 'view.deleted',
    entity: { kind: 'view', id: view.id, name: view.name },
    data: { page: view.page, query: view.query, shared: view.is_shared },
  })
  return {}
}
