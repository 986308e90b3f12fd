import type { Ctx } from '../../server/context.ts'
import { operatorId } from '../../server/ids.ts'
import type { CatalogueFilter } from './contract.ts'
import type { Offer } from './offer.ts'

/** The four facets: filters of a few values each, counted. */
export const facets = ['kind', 'theme', 'language', 'country'] as const
export type Facet = (typeof facets)[number]

/** Words that would do in the place of each word typed, the typed one first: an item must hold one of each. */
export type SearchWords = readonly (readonly string[])[]

/** Conditions that keep what the caller may see of an offer and the filter lets through, facets aside. */
export function itemConditions(
  ctx: Ctx,
  offer: Offer,
  filter: CatalogueFilter,
  words: SearchWords,
): string[] {
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
  for (const alternatives of words) {
    const held = alternatives.map(
      (word) => `i.search_text like '%' || like_pattern(search_key(${s.add(word, 'text')})) || '%'`,
    )
    where.push(`(${held.join(' or ')})`)
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

/** The words of a search as they were typed. */
export function typedWords(filter: CatalogueFilter): SearchWords {
  return wordsOf(filter.q).map((word) => [word])
}

/** Words of the catalogue tried in the place of a misspelt one. */
const mostSimilar = 12

/**
 * The words of a search that finds nothing as typed, each with those words of the catalogue that resemble it most;
 * undefined when nothing resembles them. Short words are taken as typed.
 */
export async function similarWords(ctx: Ctx, filter: CatalogueFilter): Promise<SearchWords | undefined> {
  const words = wordsOf(filter.q)
  const long = words.filter((word) => word.length > 3)
  if (long.length === 0) return undefined
  const rows = await ctx.tx.query<{ typed: string; word: string }>(
    'catalogue_similar_words',
    `select t.typed, w.word from unnest($2::text[]) as t(typed), lateral (
       select k.word from catalogue_word k where k.agency_id = $1 and search_key(t.typed) <% k.word
       order by word_similarity(search_key(t.typed), k.word) desc, similarity(search_key(t.typed), k.word) desc, k.word
       limit ${mostSimilar}) w`,
    [operatorId, long],
  )
  if (rows.length === 0) return undefined
  return words.map((word) => [word, ...rows.filter((r) => r.typed === word).map((r) => r.word)])
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
