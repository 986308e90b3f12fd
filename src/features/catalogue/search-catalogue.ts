import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { readCursor, writeCursor } from '../../server/cursor.ts'
import { operatorId } from '../../server/ids.ts'
import { cursorId } from '../../server/page-cursor.ts'
import { invalid } from '../../server/refusal.ts'
import {
  facetCondition,
  facets,
  itemConditions,
  similarWords,
  typedWords,
  wordsOf,
  type SearchWords,
} from './conditions.ts'
import { catalogueSorts, type CatalogueSort, type searchCatalogue as contract } from './contract.ts'
import { itemAnswer, itemColumns, type ItemRow } from './item-answer.ts'
import { offerOf, termsOf, type Offer, type Terms } from './offer.ts'
import { mergedRules, priceOrderSql, type PriceCursor } from './price-order.ts'
import { retailOf } from './retail.ts'

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
  const typed = typedWords(query)
  let words = (fuzzy ? await similarWords(ctx, query) : undefined) ?? typed
  let rows = await readPage(ctx, terms, query, order, words, after)
  // Nothing holds the words as typed: what resembles them.
  if (rows.length === 0 && after === undefined) {
    const similar = await similarWords(ctx, query)
    if (similar) {
      fuzzy = true
      words = similar
      rows = await readPage(ctx, terms, query, order, words, after)
    }
  }
  const data = rows.slice(0, query.limit)
  const total = query.total ? await countItems(ctx, terms, query, words) : undefined
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
      return offer.retail().replaceAll(/\bi\./g, `${item}.`)
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

/** A page: its ids first, out of the indexes, and only then what the lines show. */
async function readPage(
  ctx: Ctx,
  terms: Terms,
  query: Query,
  order: Order,
  words: SearchWords,
  after: string | undefined,
): Promise<ItemRow[]> {
  const offer = offerOf(ctx, terms)
  const direction = order.descending ? 'desc' : 'asc'
  const ids =
    order.by === 'price' && isMerged(terms, query)
      ? await idsByPrice(ctx, offer, terms, query, order, after)
      : idsInOrder(offer, terms, query, order, conditions(ctx, offer, query, words), after)
  if (ids === undefined) return []
  const { rows } = await ctx.tx.client.query<ItemRow>({
    text: `select ${itemColumns(offer)} from (${ids}) page, ${offer.from} where i.agency_id = '${operatorId}' and i.id = page.id
      order by page.k ${direction}, page.id ${direction}`,
    values: offer.s.values,
  })
  return rows
}

function idsInOrder(
  offer: Offer,
  terms: Terms,
  query: Query,
  order: Order,
  where: string[],
  after: string | undefined,
): string {
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
  return `select i.id, ${key} as k from ${offer.from} where ${where.join(' and ')}
    order by ${key} ${direction}, i.id ${direction} limit ${offer.s.add(query.limit + 1, 'integer')}`
}

/** Whether a page by price is merged out of the index: not when few items match anyway, nor out of many parts. */
function isMerged(terms: Terms, query: Query): boolean {
  const margins = terms.rules.filter((r) => r.effect === 'margin').length
  return margins <= mergedRules && wordsOf(query.q).length === 0 && !query.id && !query.hidden
}

async function idsByPrice(
  ctx: Ctx,
  offer: Offer,
  terms: Terms,
  query: Query,
  order: Order,
  after: string | undefined,
): Promise<string | undefined> {
  let cursor: PriceCursor | undefined
  if (after !== undefined) {
    const last = offerOf(ctx, terms)
    const { rows } = await ctx.tx.client.query<ItemRow>({
      text: `select ${itemColumns(last)} from ${last.from} where i.agency_id = '${operatorId}' and i.id = ${last.s.add(after, 'uuid')}`,
      values: last.s.values,
    })
    if (!rows[0]) return undefined
    cursor = { id: after, retail: retailOf(terms.rules, rows[0], rows[0].own).amount }
  }
  return priceOrderSql(offer, terms, (under) => conditions(ctx, under, query, []), {
    descending: order.descending,
    limit: query.limit + 1,
    after: cursor,
  })
}

function conditions(ctx: Ctx, offer: Offer, query: Query, words: SearchWords): string[] {
  return [
    ...itemConditions(ctx, offer, query, words),
    ...facets.flatMap((f) => facetCondition(offer, f, query) ?? []),
  ]
}

async function countItems(ctx: Ctx, terms: Terms, query: Query, words: SearchWords): Promise<number> {
  const offer = offerOf(ctx, terms)
  const where = conditions(ctx, offer, query, words)
  const { rows } = await ctx.tx.client.query<{ n: number }>({
    text: `select count(*)::int as n from (select from ${offer.from} where ${where.join(' and ')} limit ${countedItems + 1}) x`,
    values: offer.s.values,
  })
  return rows[0]!.n
}
