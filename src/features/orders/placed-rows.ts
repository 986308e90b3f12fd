import { agencyOf, memberOf, type Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import type { ItemPrice } from '../catalogue/public.ts'
import type { ClientPath } from './client-path.ts'

/** What is ordered of an item, at the price it has now. */
export type PricedLine = {
  item: ItemPrice
  itemId: string
  quantity: number
  projectId?: string | null | undefined
  targetUrl?: string | null | undefined
  anchorText?: string | null | undefined
  instructions?: string | null | undefined
}

/** An order about to be written, everything about it checked. */
type Placed = {
  id: string
  number: bigint
  client: { id: string; name: string }
  projectId: string | null
  campaignId: string | null
  note: string | null
  /** Null when it costs nothing. */
  holdId: string | null
  path: ClientPath
  lines: readonly PricedLine[]
}

/**
 * The rows of an order placed now by the caller, in their own or another's name, and what its timeline says of it.
 * What its search reads is written by `refreshOrderSearch`, once order and lines are there.
 */
export function placedRows(ctx: Ctx, o: Placed) {
  const who = memberOf(ctx)
  const acting = ctx.acting !== null && ctx.actor !== null && ctx.actor.userId !== who.userId
  const { currency, timeZone } = agencyOf(ctx)
  const total = o.lines.reduce((sum, l) => sum + l.item.retail * BigInt(l.quantity), 0n)
  return {
    row: {
      agency_id: ctx.agencyId,
      id: o.id,
      number: o.number,
      client_id: o.client.id,
      project_id: o.projectId,
      campaign_id: o.campaignId,
      state: 'placed',
      currency,
      total,
      held: total,
      hold_id: o.holdId,
      client_name: o.client.name,
      responsible_id: o.path.responsibleId,
      path_ids: o.path.people.map((p) => p.id),
      path: JSON.stringify(o.path.people),
      manager_id: o.path.manager?.id ?? null,
      manager_name: o.path.manager?.name ?? null,
      consultant_id: o.path.consultant?.id ?? null,
      consultant_name: o.path.consultant?.name ?? null,
      placed_by_user_id: ctx.actor?.userId ?? who.userId,
      placed_by_name: ctx.actor?.name ?? who.name,
      placed_for_member_id: who.memberId,
      placed_for_name: acting ? who.name : null,
      placed_chain: JSON.stringify(ctx.acting?.chain ?? []),
      note: o.note,
      placed_at: ctx.nowIso,
      placed_on: ctx.now.toZonedDateTimeISO(timeZone).toPlainDate().toString(),
      search_text: '',
      updated_at: ctx.nowIso,
    },
    lines: o.lines.map((l, i) => ({
      agency_id: ctx.agencyId,
      order_id: o.id,
      position: i + 1,
      id: newId(),
      item_id: l.itemId,
      item_version: l.item.version,
      kind: l.item.kind,
      title: l.item.name,
      site: l.item.site,
      delay_days: l.item.delayDays,
      project_id: l.projectId ?? null,
      target_url: l.targetUrl ?? null,
      anchor_text: l.anchorText ?? null,
      instructions: l.instructions ?? null,
      quantity: l.quantity,
      unit_price: l.item.retail,
      unit_cost: l.item.price,
    })),
    data: {
      amount: Number(total),
      currency,
      lines: o.lines.map((l) => ({ title: l.item.name, quantity: l.quantity })),
    },
  }
}

/** Writes what the search reads of orders: their own words and the names around them. */
export async function refreshOrderSearch(ctx: Ctx, ids: readonly string[]): Promise<void> {
  await ctx.tx.query('order_search_text', 'select refresh_order_search($1, $2::uuid[])', [ctx.agencyId, ids])
}
