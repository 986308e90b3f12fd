import type { TestApp } from '../../server/testing.ts'
import type { TestAgency } from '../../server/testing-people.ts'
import { toPublicId } from '../../contract/ids.ts'
import { newId, operatorId } from '../../server/ids.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { moveMoney } from '../wallets/public.ts'
import { placeOrder } from './contract.ts'

/** Puts an item on sale; its bare and public id, and its price in minor units. */
export async function makeItem(
  t: TestApp,
  given: { price: number; name?: string; kind?: 'link' | 'ad' | 'content'; delayDays?: number },
): Promise<{ id: string; publicId: string; price: number }> {
  const id = newId()
  const name = given.name ?? `Lien ${id.slice(-6)}`
  const kind = given.kind ?? 'link'
  const site = kind === 'content' ? null : 'journal.exemple.fr'
  await t.sql(
    `insert into catalogue_item (agency_id, id, reference, kind, state, name, site, theme, language, country, delay_days, price, currency, published_number, published_at, created_at, updated_at)
     values ($1, $2, $3, $4, 'published', $5, $6, 'news', 'fr', 'FR', $7, $8, 'EUR', 1, now(), now(), now())`,
    [operatorId, id, id, kind, name, site, given.delayDays ?? 10, given.price],
  )
  await t.sql(
    `insert into catalogue_item_version (agency_id, item_id, number, kind, name, site, theme, language, country, delay_days, price, currency, created_at, created_by_name, published_at)
     values ($1, $2, 1, $3, $4, $5, 'news', 'fr', 'FR', $6, $7, 'EUR', now(), 'Test', now())`,
    [operatorId, id, kind, name, site, given.delayDays ?? 10, given.price],
  )
  return { id, publicId: toPublicId('catalogueItem', id), price: given.price }
}

/** Sets the agency's own price of an item, minor units. */
export async function setRetail(
  t: TestApp,
  agency: TestAgency,
  itemId: string,
  amount: number,
): Promise<void> {
  await t.sql(
    `insert into catalogue_retail_price (agency_id, item_id, amount, set_at, set_by_name) values ($1, $2, $3, now(), 'Test')
     on conflict (agency_id, item_id) do update set amount = $3`,
    [agency.id, itemId, amount],
  )
}

/** Puts money on a client's budget, as if its agency had allocated it; minor units. */
export async function fundClient(
  t: TestApp,
  agency: TestAgency,
  clientId: string,
  amount: bigint,
): Promise<void> {
  await runInTenant(t.app, { agencyId: agency.id }, (ctx) =>
    moveMoney(ctx, {
      operationKey: newId(),
      reason: 'budget.allocated',
      lines: [
        { wallet: { counterpart: 'bank', unit: 'EUR' }, amount: -amount },
        { wallet: { owner: 'client', id: clientId, purpose: 'budget', unit: 'EUR' }, amount },
      ],
    }),
  )
}

/** Minor units in a wallet of the agency: balance and what is held of it. */
export async function walletOf(
  t: TestApp,
  agency: TestAgency,
  owner: 'agency' | 'client',
  id = agency.id,
): Promise<{ balance: bigint; held: bigint }> {
  const [row] = await t.sql<{ balance: bigint; held: bigint }>(
    `select balance, held from wallet where agency_id = $1 and owner_kind = $2 and owner_id = $3 and purpose = 'budget' and unit = 'EUR'`,
    [agency.id, owner, id],
  )
  return row ?? { balance: 0n, held: 0n }
}

/** Orders items for a client, whose total is what the items cost unless given. */
export function orderOf(
  clientId: string,
  lines: { item: { publicId: string; price: number }; quantity?: number; targetUrl?: string }[],
  given: Record<string, unknown> = {},
) {
  return [
    placeOrder,
    {
      body: {
        clientId: toPublicId('client', clientId),
        lines: lines.map((l) => ({
          itemId: l.item.publicId,
          quantity: l.quantity ?? 1,
          ...(l.targetUrl && { targetUrl: l.targetUrl }),
        })),
        expectedTotal: {
          amount: lines.reduce((sum, l) => sum + l.item.price * (l.quantity ?? 1), 0),
          currency: 'EUR',
        },
        ...given,
      },
    },
    { 'idempotency-key': newId() },
  ] as const
}
