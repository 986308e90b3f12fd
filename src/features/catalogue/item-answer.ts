import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import type { CatalogueItem } from './contract.ts'
import type { Offer, Terms } from './offer.ts'
import { retailOf } from './retail.ts'

/** A line as `itemColumns` reads it. */
export type ItemRow = {
  id: string
  reference: string
  kind: CatalogueItem['kind']
  name: string
  site: string | null
  theme: CatalogueItem['theme']
  language: string
  country: string
  trust: number | null
  citation: number | null
  traffic: number | null
  delay_days: number
  description: string | null
  published_number: number
  price: bigint
  currency: string
  own: bigint | null
  hidden_item: boolean
  hidden_rule: boolean
}

/** Columns of an offer's `catalogue_item i` that a line needs. */
export function itemColumns(offer: Offer): string {
  return `i.id, i.reference, i.kind, i.name, i.site, i.theme, i.language, i.country, i.trust, i.citation, i.traffic, i.delay_days,
    i.description, i.published_number, i.price, i.currency, ${offer.own} as own, ${offer.hiddenItem} as hidden_item, ${offer.hiddenRule} as hidden_rule`
}

/** A line as the API answers it: wholesale price and margin for owners only. */
export function itemAnswer(ctx: Ctx, terms: Terms, row: ItemRow): CatalogueItem {
  const manages = ctx.may('catalogue.manage')
  const retail = retailOf(terms.rules, row, row.own)
  const money = (amount: bigint) => ({ amount: Number(amount), currency: row.currency })
  return {
    id: toPublicId('catalogueItem', row.id),
    reference: row.reference,
    kind: row.kind,
    name: row.name,
    site: row.site,
    theme: row.theme,
    language: row.language,
    country: row.country,
    trust: row.trust,
    citation: row.citation,
    traffic: row.traffic,
    delayDays: row.delay_days,
    description: row.description,
    version: row.published_number,
    retail: money(retail.amount),
    wholesale: manages ? money(row.price) : null,
    margin: manages ? money(retail.amount - row.price) : null,
    retailSource: manages ? retail.source : null,
    hidden: row.hidden_item ? 'item' : row.hidden_rule ? 'rule' : null,
    can: { hide: manages, price: manages },
  }
}
