import { sql } from 'kysely'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { agencyOf, memberOf, type Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import { entrustedClients } from '../access/public.ts'
import { payerOfOrder } from '../budgets/public.ts'
import { itemPrices } from '../catalogue/public.ts'
import { visibleProjects } from '../projects/public.ts'
import { balancesOf } from '../wallets/public.ts'
import type * as contract from './contract.ts'

type Cart = AnswerOf<typeof contract.getCart>

/** Lines a cart holds at most: as many as an order. */
const most = 100

/** The subject's own cart for a client in sight. */
export async function getCart(ctx: Ctx, { params }: InputOf<typeof contract.getCart>): Promise<Cart> {
  return readCart(ctx, params.id)
}

/** Carts of the subject that are not empty, of clients still in sight; last touched first. */
export async function listCarts(ctx: Ctx): Promise<AnswerOf<typeof contract.listCarts>> {
  const rows = await entrustedClients(ctx)
    .innerJoin('cart_line', (j) =>
      j.onRef('cart_line.agency_id', '=', 'client.agency_id').onRef('cart_line.client_id', '=', 'client.id'),
    )
    .where('cart_line.member_id', '=', memberOf(ctx).memberId)
    .select([
      'client.id',
      'client.name',
      sql<number>`count(*)::int`.as('lines'),
      sql<string>`max(cart_line.updated_at)`.as('updated_at'),
    ])
    .groupBy(['client.agency_id', 'client.id', 'client.name'])
    .orderBy('updated_at', 'desc')
    .limit(50)
    .execute()
  return {
    data: rows.map((r) => ({
      client: { id: toPublicId('client', r.id), name: r.name },
      lines: r.lines,
      updatedAt: r.updated_at,
    })),
  }
}

/** Puts an item in; 409 `order.item_gone` when it is not on sale, `cart.full` beyond a hundred lines. */
export async function addToCart(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.addToCart>,
): Promise<Cart> {
  const client = await entrustedClients(ctx)
    .select(['client.id', 'client.status'])
    .where('client.id', '=', params.id)
    .executeTakeFirst()
  if (!client) throw notFound()
  if (client.status === 'archived') throw new Refusal(409, 'client.archived')
  if (!(await itemPrices(ctx, [body.itemId])).has(body.itemId))
    throw new Refusal(409, 'order.item_gone', { data: { itemId: toPublicId('catalogueItem', body.itemId) } })
  await ownProject(ctx, client.id, body.projectId)
  const own = lines(ctx).where('client_id', '=', client.id)
  const { n } = await own.select(sql<number>`count(*)::int`.as('n')).executeTakeFirstOrThrow()
  if (n >= most) throw new Refusal(409, 'cart.full', { values: { most } })
  await ctx.db
    .insertInto('cart_line')
    .values({
      agency_id: ctx.agencyId,
      id: newId(),
      member_id: memberOf(ctx).memberId,
      client_id: client.id,
      item_id: body.itemId,
      quantity: body.quantity,
      project_id: body.projectId ?? null,
      target_url: body.targetUrl ?? null,
      anchor_text: body.anchorText ?? null,
      instructions: body.instructions ?? null,
      created_at: ctx.nowIso,
      updated_at: ctx.nowIso,
    })
    .execute()
  return readCart(ctx, client.id)
}

/** Changes a line of one's own cart; 404 for anybody else's. */
export async function updateCartLine(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.updateCartLine>,
): Promise<Cart> {
  const line = await ownLine(ctx, params.id)
  await ownProject(ctx, line.client_id, body.projectId)
  await ctx.db
    .updateTable('cart_line')
    .set({
      ...(body.quantity !== undefined && { quantity: body.quantity }),
      ...(body.projectId !== undefined && { project_id: body.projectId }),
      ...(body.targetUrl !== undefined && { target_url: body.targetUrl }),
      ...(body.anchorText !== undefined && { anchor_text: body.anchorText }),
      ...(body.instructions !== undefined && { instructions: body.instructions }),
      updated_at: ctx.nowIso,
    })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', line.id)
    .execute()
  return readCart(ctx, line.client_id)
}

/** Takes a line out of one's own cart. */
export async function removeCartLine(
  ctx: Ctx,
  { params }: InputOf<typeof contract.removeCartLine>,
): Promise<Record<string, never>> {
  const line = await ownLine(ctx, params.id)
  await ctx.db
    .deleteFrom('cart_line')
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', line.id)
    .execute()
  return {}
}

/** Takes ordered lines out of the subject's cart; 404 when one is not in it (any more): it was ordered already. */
export async function emptyCart(ctx: Ctx, clientId: string, ids: readonly string[]): Promise<void> {
  const gone = await ctx.db
    .deleteFrom('cart_line')
    .where('agency_id', '=', ctx.agencyId)
    .where('member_id', '=', memberOf(ctx).memberId)
    .where('client_id', '=', clientId)
    .where('id', 'in', ids)
    .returning('id')
    .execute()
  if (gone.length !== new Set(ids).size) throw notFound()
}

function lines(ctx: Ctx) {
  return ctx.db
    .selectFrom('cart_line')
    .where('cart_line.agency_id', '=', ctx.agencyId)
    .where('cart_line.member_id', '=', memberOf(ctx).memberId)
}

async function ownLine(ctx: Ctx, id: string): Promise<{ id: string; client_id: string }> {
  const line = await lines(ctx).select(['id', 'client_id']).where('id', '=', id).executeTakeFirst()
  if (!line) throw notFound()
  return line
}

async function ownProject(ctx: Ctx, clientId: string, id: string | null | undefined): Promise<void> {
  if (id === null || id === undefined) return
  const found = await visibleProjects(ctx)
    .select('project.id')
    .where('project.client_id', '=', clientId)
    .where('project.id', '=', id)
    .executeTakeFirst()
  if (!found) throw notFound()
}

async function readCart(ctx: Ctx, clientId: string): Promise<Cart> {
  const client = await entrustedClients(ctx)
    .select(['client.id', 'client.name'])
    .where('client.id', '=', clientId)
    .executeTakeFirst()
  if (!client) throw notFound()
  const { currency } = agencyOf(ctx)
  const rows = await lines(ctx)
    .leftJoin('project', (j) =>
      j
        .onRef('project.agency_id', '=', 'cart_line.agency_id')
        .onRef('project.id', '=', 'cart_line.project_id'),
    )
    .selectAll('cart_line')
    .select('project.name as project_name')
    .where('cart_line.client_id', '=', clientId)
    .orderBy('cart_line.id')
    .execute()
  const prices = await itemPrices(ctx, [...new Set(rows.map((r) => r.item_id))])
  const [budget] = await balancesOf(ctx, [payerOfOrder(ctx, clientId)])
  const total = rows.reduce((sum, r) => sum + (prices.get(r.item_id)?.retail ?? 0n) * BigInt(r.quantity), 0n)
  const money = (amount: bigint) => ({ amount: Number(amount), currency })
  return {
    client: { id: toPublicId('client', client.id), name: client.name },
    lines: rows.map((r) => {
      const item = prices.get(r.item_id)
      return {
        id: toPublicId('cartLine', r.id),
        itemId: toPublicId('catalogueItem', r.item_id),
        item: item
          ? {
              name: item.name,
              site: item.site,
              kind: item.kind,
              delayDays: item.delayDays,
              unitPrice: money(item.retail),
            }
          : null,
        quantity: r.quantity,
        amount: item ? money(item.retail * BigInt(r.quantity)) : null,
        project:
          r.project_id === null
            ? null
            : { id: toPublicId('project', r.project_id), name: r.project_name ?? '' },
        targetUrl: r.target_url,
        anchorText: r.anchor_text,
        instructions: r.instructions,
        updatedAt: r.updated_at,
      }
    }),
    total: money(total),
    available: money(budget!.available),
    after: money(budget!.available - total),
  }
}
