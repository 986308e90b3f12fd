import type { Ctx } from '../../server/context.ts'
import type { CatalogueFilter } from './contract.ts'
import type { Offer } from './offer.ts'

/** The four facets: filters of a few values each, counted. */
export const facets = ['kind', 'theme', 'language', 'country'] as const
export type Facet = (typeof facets)[number]

/** Conditions that keep what the caller may see of an offer and the filter lets through, facets aside. */
export function itemConditions(ctx: Ctx, offer: Offer, filter: CatalogueFilter, fuzzy: boolean): string[] {
  const { s } = offer
  const where = [...offer.where]
  const atLeast = (column: string, value: number | undefined) => {
    if (value !== undefined) where.push(`${column} >= ${s.add(value, 'bigint')}`)
  }
  const atMost = (column: string, value: number | undefined) => {
    if (value !== undefined) where.push(`${column} <= ${s.add(value, 'bigint')}`)
  }
  const hidden = `(${offer.hiddenItem} or ${offer.hiddenRule})`
  if (filter.hidden) where.push(ctx.may('catalogue.manage') ? hidden : 'false')
  else {
    if (offer.hiddenItem !== 'false') where.push(`not ${offer.hiddenItem}`)
    if (offer.hiddenRule !== 'false') where.push(`not ${offer.hiddenRule}`)
  }
  if (filter.id) where.push(`i.id = any (${s.add(filter.id, 'uuid[]')})`)
  for (const word of wordsOf(filter.q)) {
    const typed = s.add(word, 'text')
    where.push(
      fuzzy && word.length > 3
        ? `search_key(${typed}) <% i.search_text`
        : `i.search_text like '%' || like_pattern(search_key(${typed})) || '%'`,
    )
  }
  if (filter.priceMin !== undefined) atLeast(offer.retail(), filter.priceMin)
  if (filter.priceMax !== undefined) atMost(offer.retail(), filter.priceMax)
  atLeast('i.trust', filter.trustMin)
  atMost('i.trust', filter.trustMax)
  atLeast('i.citation', filter.citationMin)
  atLeast('i.traffic', filter.trafficMin)
  atMost('i.delay_days', filter.delayMax)
  return where
}

/** The words of a search, at most ten. */
export function wordsOf(q: string | null | undefined): string[] {
  return (q ?? '').split(/\s+/).filter(Boolean).slice(0, 10)
}

/** The condition of one facet's filter over a row `item`. */
export function facetCondition(
  offer: Offer,
  facet: Facet,
  filter: CatalogueFilter,
  item = 'i',
): string | undefined {
  const values = filter[facet]
  return values && `${item}.${facet} = any (${offer.s.add(values, 'text[]')})`
}
