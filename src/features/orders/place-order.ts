import type { InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import { emptyCart } from '../carts/public.ts'
import { itemPrices } from '../catalogue/public.ts'
import { lockOpenClient, touchClient } from '../client-record/public.ts'
import { moneyText } from '../wallets/public.ts'
import { visibleCampaigns } from '../campaigns/public.ts'
import { visibleProjects } from '../projects/public.ts'
import { recordStep } from './change-order.ts'
import { pathAbove } from './client-path.ts'
import type * as contract from './contract.ts'
import { holdTotal } from './order-money.ts'
import { placedRows, refreshOrderSearch, type PricedLine } from './placed-rows.ts'
import { readOrder, type OrderAnswer } from './read-order.ts'

type Body = InputOf<typeof contract.placeOrder>['body']

/**
 * Orders items in a client's name: in one transaction their prices of now, a hold of the total on the client's
 * budget, and the people above the client as they stand. Refusals in the contract; nothing is kept of a refused one.
 */
export async function placeOrder(
  ctx: Ctx,
  { body }: InputOf<typeof contract.placeOrder>,
): Promise<OrderAnswer> {
  const client = await lockOpenClient(ctx, body.clientId)
  const lines = await priced(ctx, body.lines)
  const total = lines.reduce((sum, l) => sum + l.item.retail * BigInt(l.quantity), 0n)
  const { currency } = agencyOf(ctx)
  if (body.expectedTotal.currency !== currency || BigInt(body.expectedTotal.amount) !== total)
    throw new Refusal(409, 'order.price_changed', {
      values: { total: moneyText(ctx.locale, total, currency) },
      data: { total: { amount: Number(total), currency } },
    })
  await checkProjects(ctx, client.id, body)
  if (body.campaignId) await checkCampaign(ctx, client.id, body.campaignId, total, body.confirmOverBudget)
  const path = await pathAbove(ctx, client.id)
  const id = newId()
  const holdId = await holdTotal(ctx, { id, client_id: client.id, currency }, total)
  const placed = placedRows(ctx, {
    id,
    number: await nextNumber(ctx),
    client,
    projectId: body.projectId ?? null,
    campaignId: body.campaignId ?? null,
    note: body.note ?? null,
    holdId,
    path,
    lines,
  })
  const row = await ctx.db
    .insertInto('client_order')
    .values(placed.row)
    .returningAll()
    .executeTakeFirstOrThrow()
  await ctx.db.insertInto('order_line').values(placed.lines).execute()
  await refreshOrderSearch(ctx, [id])
  if (body.cartLineIds.length > 0) await emptyCart(ctx, client.id, body.cartLineIds)
  await recordStep(ctx, row, newId(), {
    event: 'place',
    from: null,
    data: placed.data,
  })
  await touchClient(ctx, client.id)
  return readOrder(ctx, id)
}

/** 409 `order.item_gone` for what is not on sale (any more), `order.below_cost` for what would cost the agency. */
async function priced(ctx: Ctx, lines: Body['lines']): Promise<PricedLine[]> {
  const prices = await itemPrices(ctx, [...new Set(lines.map((l) => l.itemId))])
  return lines.map((l) => {
    const item = prices.get(l.itemId)
    if (!item || item.currency !== agencyOf(ctx).currency)
      throw new Refusal(409, 'order.item_gone', { data: { itemId: toPublicId('catalogueItem', l.itemId) } })
    // A client's budget pays all of an order: what is sold below its cost has no one to pay the rest.
    if (item.retail < item.price)
      throw new Refusal(409, 'order.below_cost', {
        values: { title: item.name },
        data: { itemId: toPublicId('catalogueItem', l.itemId) },
      })
    return { ...l, item }
  })
}

/** Projects are the client's own and not put away; 404, or 409 `project.archived`. */
async function checkProjects(ctx: Ctx, clientId: string, body: Body): Promise<void> {
  const wanted = [
    ...new Set(
      [body.projectId, ...body.lines.map((l) => l.projectId)].filter((id) => id !== null && id !== undefined),
    ),
  ]
  if (wanted.length === 0) return
  const known = await visibleProjects(ctx)
    .select(['project.id', 'project.state', 'project.name'])
    .where('project.client_id', '=', clientId)
    .where('project.id', 'in', wanted)
    .execute()
  if (known.length !== wanted.length) throw notFound()
  const archived = known.find((p) => p.state === 'archived')
  if (archived) throw new Refusal(409, 'project.archived', { values: { name: archived.name } })
}

/** The campaign is the client's own and open; 409 `campaign.closed`, `campaign.over_budget` unless confirmed. */
async function checkCampaign(
  ctx: Ctx,
  clientId: string,
  campaignId: string,
  total: bigint,
  confirmed: boolean,
): Promise<void> {
  // Orders of one client queue up behind its row: nobody else spends this budget meanwhile.
  const campaign = await visibleCampaigns(ctx)
    .select(['campaign.name', 'campaign.state', 'campaign.budget', 'campaign.currency'])
    .where('campaign.client_id', '=', clientId)
    .where('campaign.id', '=', campaignId)
    .executeTakeFirst()
  if (!campaign) throw notFound()
  if (campaign.state !== 'active')
    throw new Refusal(409, 'campaign.closed', { values: { name: campaign.name, state: campaign.state } })
  if (campaign.budget === null || confirmed) return
  const [used] = await ctx.tx.query<{ used: bigint }>(
    'campaign_used',
    `select coalesce(sum(held + captured), 0)::bigint as used from client_order where agency_id = $1 and campaign_id = $2`,
    [ctx.agencyId, campaignId],
  )
  const over = used!.used + total - campaign.budget
  if (over > 0n)
    throw new Refusal(409, 'campaign.over_budget', {
      values: { name: campaign.name, over: moneyText(ctx.locale, over, campaign.currency) },
      data: { over: { amount: Number(over), currency: campaign.currency } },
    })
}

async function nextNumber(ctx: Ctx): Promise<bigint> {
  const [row] = await ctx.tx.query<{ last_number: bigint }>(
    'order_number',
    `insert into order_counter (agency_id, last_number) values ($1, 1)
     on conflict (agency_id) do update set last_number = order_counter.last_number + 1 returning last_number`,
    [ctx.agencyId],
  )
  return row!.last_number
}
