import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { facetCondition, facets, itemConditions, wordsOf, type Facet } from './conditions.ts'
import type { CatalogueFilter, countCatalogueFacets as contract } from './contract.ts'
import { offerOf, termsOf, type Terms } from './offer.ts'

/** Items counted at most: past them the counts are "at least", and the answer says so. */
const countedItems = 200_000

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
  let groups = await readGroups(ctx, terms, query, false)
  if (groups.length === 0 && wordsOf(query.q).some((w) => w.length > 3))
    groups = await readGroups(ctx, terms, query, true)
  const of = (facet: Group['facet']) =>
    groups
      .filter((g) => g.facet === facet)
      .map((g) => ({ value: g.value, count: g.n }))
      .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  return {
    total: of('total')[0]?.count ?? 0,
    capped: (of('read')[0]?.count ?? 0) > countedItems,
    kind: of('kind'),
    theme: of('theme'),
    language: of('language'),
    country: of('country'),
  }
}

async function readGroups(ctx: Ctx, terms: Terms, filter: CatalogueFilter, fuzzy: boolean): Promise<Group[]> {
  const offer = offerOf(ctx, terms)
  const where = itemConditions(ctx, offer, filter, fuzzy)
  const chosen = new Map(facets.map((f) => [f, facetCondition(offer, f, filter, 'g')]))
  const but = (facet?: Facet) =>
    facets.flatMap((f) => (f === facet ? [] : (chosen.get(f) ?? []))).join(' and ') || 'true'
  const sums = facets.map((f) => `select '${f}', ${f}, sum(n)::int from g where ${but(f)} group by ${f}`)
  const { rows } = await ctx.tx.client.query<Group>({
    text: `with g as materialized (
        select kind, theme, language, country, count(*)::int as n from (
          select i.kind, i.theme, i.language, i.country from ${offer.from} where ${where.join(' and ')} limit ${countedItems + 1}) x
        group by kind, theme, language, country)
      select 'read' as facet, '' as value, sum(n)::int as n from g having count(*) > 0
      union all select 'total', '', sum(n)::int from g where ${but()} having count(*) > 0
      union all ${sums.join(' union all ')}`,
    values: offer.s.values,
  })
  return rows
}
