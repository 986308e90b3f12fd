import { memberOf, type Ctx } from '../../server/context.ts'

/** Pins a view or puts it at a position, for the subject alone; what isn't given stays as it was. */
export async function placeView(
  ctx: Ctx,
  viewId: string,
  place: { isPinned?: boolean; position?: number },
): Promise<void> {
  await ctx.tx.query(
    'place_view',
    `insert into saved_view_place (agency_id, view_id, member_id, is_pinned, position)
     values ($1, $2, $3, coalesce($4, false), coalesce($5, (select coalesce(max(position), 0) + 1 from saved_view_place where agency_id = $1 and member_id = $3)))
     on conflict (agency_id, view_id, member_id) do update
     set is_pinned = coalesce($4, saved_view_place.is_pinned), position = coalesce($5, saved_view_place.position)`,
    [ctx.agencyId, viewId, memberOf(ctx).memberId, place.isPinned ?? null, place.position ?? null],
  )
}
