import type { ItemKind, ItemTheme } from '../../contract/catalogue-fields.ts'
import type { Ctx } from '../../server/context.ts'
import { operatorId } from '../../server/ids.ts'
import { notFound } from '../../server/refusal.ts'
import { itemColumns, type ItemRow } from './item-answer.ts'
import { offerOf, termsOf } from './offer.ts'
import { retailOf } from './retail.ts'

/** What an order needs to know of an item: `price` is wholesale, `retail` what the client pays, minor units both. */
export type ItemPrice = {
  itemId: string
  version: number
  price: bigint
  retail: bigint
  currency: string
  delayDays: number
  name: string
  site: string | null
  kind: ItemKind
}

/** The price of an item the agency sells now; 404 when it is not on sale, or kept back by the agency. */
export async function itemPrice(ctx: Ctx, itemId: string): Promise<ItemPrice> {
  const found = (await itemPrices(ctx, [itemId])).get(itemId)
  if (!found) throw notFound()
  return found
}

/** The prices of several items by id; those that are not on sale, or kept back, are left out. */
export async function itemPrices(ctx: Ctx, itemIds: readonly string[]): Promise<Map<string, ItemPrice>> {
  if (itemIds.length === 0) return new Map()
  const terms = await termsOf(ctx)
  const offer = offerOf(ctx, terms)
  const { rows } = await ctx.tx.client.query<ItemRow>({
    text: `select ${itemColumns(offer)} from ${offer.from}
      where ${offer.where.join(' and ')} and i.id = any (${offer.s.add(itemIds, 'uuid[]')})`,
    values: offer.s.values,
  })
  return new Map(
    rows
      .filter((row) => !row.hidden_item && !row.hidden_rule)
      .map((row) => [
        row.id,
        {
          itemId: row.id,
          version: row.published_number,
          price: row.price,
          retail: retailOf(terms.rules, row, row.own).amount,
          currency: row.currency,
          delayDays: row.delay_days,
          name: row.name,
          site: row.site,
          kind: row.kind,
        },
      ]),
  )
}

/** An item as it was in one published version, on sale or not: what an order was placed on. */
export type ItemVersion = {
  itemId: string
  version: number
  kind: ItemKind
  name: string
  site: string | null
  theme: ItemTheme
  language: string
  country: string
  delayDays: number
  description: string | null
}

/** The published versions that orders were placed at, by `${itemId}:${version}`; wholesale prices are not among it. */
export async function itemVersions(
  ctx: Ctx,
  wanted: readonly { itemId: string; version: number }[],
): Promise<Map<string, ItemVersion>> {
  if (wanted.length === 0) return new Map()
  const rows = await ctx.tx.query<{
    item_id: string
    number: number
    kind: ItemKind
    name: string
    site: string | null
    theme: ItemTheme
    language: string
    country: string
    delay_days: number
    description: string | null
  }>(
    'catalogue_versions_of',
    `select v.item_id, v.number, v.kind, v.name, v.site, v.theme, v.language, v.country, v.delay_days, v.description
     from unnest($2::uuid[], $3::int[]) as w(item_id, number)
     join catalogue_item_version v on v.agency_id = $1 and v.item_id = w.item_id and v.number = w.number
     where v.published_at is not null`,
    [operatorId, wanted.map((w) => w.itemId), wanted.map((w) => w.version)],
  )
  return new Map(
    rows.map((r) => [
      `${r.item_id}:${r.number}`,
      {
        itemId: r.item_id,
        version: r.number,
        kind: r.kind,
        name: r.name,
        site: r.site,
        theme: r.theme,
        language: r.language,
        country: r.country,
        delayDays: r.delay_days,
        description: r.description,
      },
    ]),
  )
}
