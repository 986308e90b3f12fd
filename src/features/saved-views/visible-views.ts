import { toPublicId } from '../../contract/ids.ts'
import { memberOf, type Ctx } from '../../server/context.ts'
import type { SavedView, ViewPage, ViewQuery } from './contract.ts'

/** A view as the subject has it. */
export type ViewRow = {
  id: string
  page: ViewPage
  name: string
  query: ViewQuery
  member_id: string
  is_shared: boolean
  is_pinned: boolean
  owner_name: string
  version: number
}

/** The subject's own views of a list and the shared ones, in the subject's own order; or the one of an id. */
export async function visibleViews(
  ctx: Ctx,
  page: ViewPage | null,
  id: string | null = null,
): Promise<ViewRow[]> {
  return ctx.tx.query<ViewRow>(
    'visible_views',
    `select v.id, v.page, v.name, v.query, v.member_id, v.is_shared, coalesce(p.is_pinned, false) as is_pinned, u.name as owner_name, v.version
     from saved_view v
     join member m on m.agency_id = v.agency_id and m.id = v.member_id
     join realm_user u on u.agency_id = m.agency_id and u.id = m.user_id
     left join saved_view_place p on p.agency_id = v.agency_id and p.view_id = v.id and p.member_id = $2
     where v.agency_id = $1 and (v.member_id = $2 or v.is_shared) and ($3::text is null or v.page = $3) and ($4::uuid is null or v.id = $4)
     order by coalesce(p.position, 1000000), v.created_at, v.id limit 100`,
    [ctx.agencyId, memberOf(ctx).memberId, page, id],
  )
}

/** Who may change a view: who made it; a shared one, also whoever may share. */
export function mayEditView(ctx: Ctx, v: Pick<ViewRow, 'member_id' | 'is_shared'>): boolean {
  return v.member_id === memberOf(ctx).memberId || (v.is_shared && ctx.may('views.share'))
}

/** A view as the API answers it. */
export function viewAnswer(ctx: Ctx, v: ViewRow): SavedView {
  return {
    id: toPublicId('view', v.id),
    page: v.page,
    name: v.name,
    query: v.query,
    isShared: v.is_shared,
    isPinned: v.is_pinned,
    by: v.member_id === memberOf(ctx).memberId ? null : v.owner_name,
    version: v.version,
    can: { edit: mayEditView(ctx, v) },
  }
}
