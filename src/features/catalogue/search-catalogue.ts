import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { readCursor, writeCursor } from '../../server/cursor.ts'
import { operatorId } from '../../server/ids.ts'
import { cursorId } from '../../server/page-cursor.ts'
import { invalid } from '../../server/refusal.ts'
import { facetCondition, facets, itemConditions, wordsOf } from './conditions.ts'
import { catalogueSorts, type CatalogueSort, type searchCatalogue as contract } from './contract.ts'
import { itemAnswer, itemColumns, type ItemRow } from './item-answer.ts'
import { offerOf, termsOf, type Offer, type Terms } from './offer.ts'

type Query = InputOf<typeof contract>['query']
type Order = { by: CatalogueSort | 'relevance'; descending: boolean }

/** Totals are exact up to here (api.md, "Lists"). */
const countedItems = 10_000

/**
 * A page of the catalogue as the agency sells it. Its place in the list is the last item's id alone: the price it
 * is sorted by would tell a cursor's reader what is not theirs to know.
 */
export async function searchCatalogue(
  ctx: Ctx,
  { query }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const terms = await termsOf(ctx)
  const order = readSort(query.sort, wordsOf(query.q).length > 0)
  const kind = `${order.descending ? '-' : ''}${order.by}`
  const [, fuzzyBefore, lastId] =
    query.cursor === undefined ? [kind, false, null] : readCursor(query.cursor, kind, 3)
  const after = lastId === null ? undefined : cursorId(String(lastId))
  let fuzzy = fuzzyBefore === true
  let rows = await readPage(ctx, terms, query, order, fuzzy, after)
  // Nothing holds the words as typed: what resembles them.
  if (rows.length === 0 && after === undefined && wordsOf(query.q).some((w) => w.length > 3)) {
    fuzzy = true
    rows = await readPage(ctx, terms, query, order, fuzzy, after)
  }
  const data = rows.slice(0, query.limit)
  const total = query.total ? await countItems(ctx, terms, query, fuzzy) : undefined
  return {
    data: data.map((row) => itemAnswer(ctx, terms, row)),
    nextCursor: rows.length > query.limit ? writeCursor([kind, fuzzy, data.at(-1)!.id]) : null,
    ...(total !== undefined && { total }),
  }
}

/** Reads `sort`: the best sites first when nothing is said, what begins with the words typed before them in a search. */
function readSort(sort: string | undefined, searching: boolean): Order {
  if (sort === undefined || sort === '' || sort === 'relevance')
    return searching ? { by: 'relevance', descending: true } : { by: 'trust', descending: true }
  const descending = sort.startsWith('-')
  const by = catalogueSorts.find((s) => s === sort.slice(descending ? 1 : 0))
  if (!by) throw invalid({ sort: 'field.choice' })
  return { by, descending }
}

/** What an order sorts a row `item` by; the indexes of the table are over the same expressions. */
function sortKey(offer: Offer, { by }: Order, query: Query, item: string): string {
  switch (by) {
    case 'price':
      return offer.steady ? `${item}.price` : offer.retail().replaceAll(/\bi\./g, `${item}.`)
    case 'name':
      return `${item}.name_key`
    case 'delay':
      return `${item}.delay_days`
    case 'relevance':
      return `case when ${item}.name_key like like_pattern(search_key(${offer.s.add(query.q, 'text')})) || '%' then 1000 else 0 end + coalesce(${item}.trust, -1)`
    default:
      return `coalesce(${item}.${by}, -1)`
  }
}

async function readPage(
  ctx: Ctx,
  terms: Terms,
  query: Query,
  order: Order,
  fuzzy: boolean,
  after: string | undefined,
): Promise<ItemRow[]> {
  const offer = offerOf(ctx, terms)
  const where = conditions(ctx, offer, query, fuzzy)
  const direction = order.descending ? 'desc' : 'asc'
  const key = sortKey(offer, order, query, 'i')
  if (after !== undefined) {
    const id = offer.s.add(after, 'uuid')
    const own = terms.prices
      ? `left join catalogue_retail_price p on p.agency_id = $1 and p.item_id = l.id`
      : ''
    where.push(
      `(${key}, i.id) ${order.descending ? '<' : '>'} ((select ${sortKey(offer, order, query, 'l')} from catalogue_item l ${own} where l.agency_id = '${operatorId}' and l.id = ${id}), ${id})`,
    )
  }
  const { rows } = await ctx.tx.client.query<ItemRow>({
    text: `select ${itemColumns(offer)} from ${offer.from} where ${where.join(' and ')}
      order by ${key} ${direction}, i.id ${direction} limit ${offer.s.add(query.limit + 1, 'integer')}`,
    values: offer.s.values,
  })
  return rows
}

function conditions(ctx: Ctx, offer: Offer, query: Query, fuzzy: boolean): string[] {
  return [
    ...itemConditions(ctx, offer, query, fuzzy),
    ...facets.flatMap((f) => facetCondition(offer, f, query) ?? []),
  ]
}

async function countItems(ctx: Ctx, terms: Terms, query: Query, fuzzy: boolean): Promise<number> {
  const offer = offerOf(ctx, terms)
  const where = conditions(ctx, offer, query, fuzzy)
  const { rows } = await ctx.tx.client.query<{ n: number }>({
    text: `select count(*)::int as n from (select from ${offer.from} where ${where.join(' and ')} limit ${countedItems + 1}) x`,
    values: offer.s.values,
  })
  return rows[0]!.n
}
