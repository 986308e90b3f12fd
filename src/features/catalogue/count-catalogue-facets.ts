import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import {
  facetCondition,
  facets,
  itemConditions,
  similarWords,
  typedWords,
  type Facet,
  type SearchWords,
} from './conditions.ts'
import type { CatalogueFilter, countCatalogueFacets as contract } from './contract.ts'
import { offerOf, termsOf, type Offer, type Terms } from './offer.ts'

type Group = { facet: Facet | 'total' | 'read'; value: string; n: number }

/**
 * Counts each facet under the other filters: its own choice left out, so that one sees what another choice would
 * bring. All from one pass, grouped by the four facets together (a few thousand groups), then added up.
 */
export async function countCatalogueFacets(
  ctx: Ctx,
  { query }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const terms = await termsOf(ctx)
  let groups = await readGroups(ctx, terms, query, typedWords(query))
  if (!groups.some((g) => g.facet === 'read')) {
    const similar = await similarWords(ctx, query)
    if (similar) groups = await readGroups(ctx, terms, query, similar)
  }
  const of = (facet: Group['facet']) =>
    groups
      .filter((g) => g.facet === facet)
      .map((g) => ({ value: g.value, count: g.n }))
      .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  return {
    total: of('total')[0]?.count ?? 0,
    capped: false,
    kind: of('kind'),
    theme: of('theme'),
    language: of('language'),
    country: of('country'),
  }
}

async function readGroups(
  ctx: Ctx,
  terms: Terms,
  filter: CatalogueFilter,
  words: SearchWords,
): Promise<Group[]> {
  const offer = offerOf(ctx, terms)
  const counted = countedShelves(ctx, offer, filter, words)
  const chosen = new Map(facets.map((f) => [f, facetCondition(offer, f, filter, 'g')]))
  const but = (facet?: Facet) =>
    facets.flatMap((f) => (f === facet ? [] : (chosen.get(f) ?? []))).join(' and ') || 'true'
  const sums = facets.map((f) => `select '${f}', ${f}, sum(n)::int from g where ${but(f)} group by ${f}`)
  const { rows } = await ctx.tx.client.query<Group>({
    text: `with g as materialized (
        select split_part(shelf, ' ', 1) as kind, split_part(shelf, ' ', 2) as theme, split_part(shelf, ' ', 3) as language,
          split_part(shelf, ' ', 4) as country, sum(n) as n
        from (${counted}) x group by shelf having sum(n) > 0)
      select 'read' as facet, '' as value, sum(n)::int as n from g having count(*) > 0
      union all select 'total', '', sum(n)::int from g where ${but()} having count(*) > 0
      union all ${sums.join(' union all ')}`,
    values: offer.s.values,
  })
  return rows
}

/**
 * Items by shelf. All are counted in the order of the index, and then those kept back one by one are taken off
 * again: they are few, and looking each item up among them costs more than counting it.
 */
function countedShelves(ctx: Ctx, offer: Offer, filter: CatalogueFilter, words: SearchWords): string {
  const apart = filter.hidden !== true && offer.hiddenItem !== 'false'
  const where = itemConditions(ctx, apart ? { ...offer, hiddenItem: 'false' } : offer, filter, words)
  const all = `select i.shelf, count(*) as n from ${offer.from} where ${where.join(' and ')} group by i.shelf`
  return apart
    ? `${all} union all select i.shelf, -count(*) from catalogue_hidden_item h, ${offer.from}
        where h.agency_id = $1 and h.item_id = i.id and ${where.join(' and ')} group by i.shelf`
    : all
}
