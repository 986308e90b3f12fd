import type { Offer, Terms } from './offer.ts'
import {
  highestWholesale,
  lowestWholesale,
  marginSql,
  ruleSql,
  samePriceSql,
  wholesaleOnly,
  type Margin,
} from './retail.ts'

/** Margin rules that are merged at most: beyond, every match is priced and sorted. */
export const mergedRules = 8

/** Where a page begins: after the item of this id, sold at this price, minor units. */
export type PriceCursor = { id: string; retail: bigint }

/**
 * SQL for the ids and retail prices `k` of a page in the order of retail prices. Within the items that one margin
 * rule prices, retail prices rise with wholesale prices, which have an index: so a page is read of each of these
 * parts, and of the prices set by hand, and the parts are merged. `conditions` gives what must hold of `i` under a
 * given offer. An item whose price rounds to that of a part's last may come before it by its id, so a part takes
 * them all.
 */
export function priceOrderSql(
  offer: Offer,
  terms: Terms,
  conditions: (offer: Offer) => string[],
  page: { descending: boolean; limit: number; after: PriceCursor | undefined },
): string {
  const { s } = offer
  const direction = page.descending ? 'desc' : 'asc'
  const limit = s.add(page.limit, 'integer')
  const after = page.after && {
    id: s.add(page.after.id, 'uuid'),
    retail: s.add(String(page.after.retail), 'bigint'),
  }
  const beyond = (retail: string) =>
    after ? [`(${retail}, i.id) ${page.descending ? '<' : '>'} (${after.retail}, ${after.id})`] : []
  const parts: { name: string; first: string; rest: string }[] = []
  const earlier: string[] = []
  const part = (margin: Margin, fits: string) => {
    const retail = marginSql(margin, s)
    const where = [
      ...conditions({ ...offer, retail: () => retail }),
      fits,
      ...earlier.map((rule) => `not ${rule}`),
      ...(terms.prices
        ? ['not exists (select from catalogue_retail_price p where p.agency_id = $1 and p.item_id = i.id)']
        : []),
      ...beyond(retail),
      ...(page.after ? [rangeFrom(offer, margin, page.after.retail, page.descending)] : []),
    ].join(' and ')
    const name = `part${parts.length}`
    const last = `(select ${page.descending ? 'min' : 'max'}(price) from ${name} having count(*) = ${limit})`
    const same = samePriceSql(margin, s, last)
    parts.push({
      name,
      first: `select i.id, i.price, ${retail} as k from catalogue_item i where ${where} order by i.price ${direction} limit ${limit}`,
      rest: `select i.id, ${retail} as k from catalogue_item i where ${where}
        and i.price between ${page.descending ? `${same.low} and ${last}` : `${last} and ${same.high}`}`,
    })
  }
  for (const rule of terms.rules.filter((r) => r.effect === 'margin')) {
    const fits = ruleSql(rule, s)
    part(rule, fits)
    earlier.push(fits)
  }
  part(wholesaleOnly, 'true')
  const unions = parts.flatMap(({ name, rest }) => [`select id, k from ${name}`, rest])
  if (terms.prices)
    unions.push(
      `(select i.id, p.amount as k from catalogue_retail_price p join catalogue_item i on i.id = p.item_id
        where p.agency_id = $1 and ${[...conditions({ ...offer, retail: () => 'p.amount' }), ...beyond('p.amount')].join(' and ')}
        order by k ${direction}, id ${direction} limit ${limit})`,
    )
  return `with ${parts.map((p) => `${p.name} as materialized (${p.first})`).join(', ')}
    select id, k from (${unions.join(' union ')}) x order by k ${direction}, id ${direction} limit ${limit}`
}

/** The wholesale prices from which on a part's retail prices are those after a cursor's, for the index. */
function rangeFrom({ s }: Offer, margin: Margin, retail: bigint, descending: boolean): string {
  return descending
    ? `i.price <= ${s.add(String(highestWholesale(margin, retail)), 'bigint')}`
    : `i.price >= ${s.add(String(lowestWholesale(margin, retail)), 'bigint')}`
}
