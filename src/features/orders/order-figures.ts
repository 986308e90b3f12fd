import { agencyOf, type Ctx } from '../../server/context.ts'

/** Orders of a client at a glance; amounts in minor units, paid for deliveries of orders placed since. */
export type OrderFigures = { open: number; toApprove: number; month: bigint; year: bigint }

/** The figures of clients whose sight the caller has checked; those without an order are left out. */
export async function orderFiguresOf(
  ctx: Ctx,
  clientIds: readonly string[],
): Promise<Map<string, OrderFigures>> {
  const today = ctx.now.toZonedDateTimeISO(agencyOf(ctx).timeZone).toPlainDate()
  const rows = await ctx.tx.query<OrderFigures & { client_id: string }>(
    'order_figures',
    `select client_id,
       count(*) filter (where state in ('placed', 'accepted', 'in_progress'))::int as open,
       count(*) filter (where state = 'delivered')::int as "toApprove",
       coalesce(sum(captured) filter (where placed_on >= $3::date), 0)::bigint as month,
       coalesce(sum(captured) filter (where placed_on >= $4::date), 0)::bigint as year
     from client_order where agency_id = $1 and client_id = any($2::uuid[]) group by client_id`,
    [ctx.agencyId, clientIds, today.with({ day: 1 }).toString(), today.with({ month: 1, day: 1 }).toString()],
  )
  return new Map(rows.map((r) => [r.client_id, r]))
}
