import { z } from 'zod'
import { instant, listQuery, money, nothing, optionalLine, page } from '../../contract/common.ts'
import {
  highestPrice,
  itemKind,
  itemLanguage,
  itemTheme,
  roundings,
} from '../../contract/catalogue-fields.ts'
import { country } from '../../contract/countries.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'
import { listOf } from '../../contract/list-of.ts'

const params = z.strictObject({ id: idInput('catalogueItem') })
const read = { realms: ['agency' as const], may: 'catalogue.read' as const }
const manage = { realms: ['agency' as const], may: 'catalogue.manage' as const }
const amount = z.int().min(0).max(highestPrice)

/** What the catalogue may be sorted by; `-` before it turns it round. Prices are the caller's: retail. */
export const catalogueSorts = ['trust', 'citation', 'traffic', 'price', 'delay', 'name'] as const
export type CatalogueSort = (typeof catalogueSorts)[number]

/** Filters of the catalogue, shared by the list, its facets and saved views. Prices are retail prices. */
export const catalogueFilterShape = {
  /** Any part of the name, site or reference; accents and a typo forgiven. */
  q: optionalLine(200),
  kind: listOf(itemKind).optional(),
  theme: listOf(itemTheme).optional(),
  language: listOf(itemLanguage).optional(),
  country: listOf(country).optional(),
  priceMin: z.coerce.number().int().min(0).max(highestPrice).optional(),
  priceMax: z.coerce.number().int().min(0).max(highestPrice).optional(),
  trustMin: z.coerce.number().int().min(0).max(100).optional(),
  trustMax: z.coerce.number().int().min(0).max(100).optional(),
  citationMin: z.coerce.number().int().min(0).max(100).optional(),
  trafficMin: z.coerce.number().int().min(0).max(2_000_000_000).optional(),
  /** Delivered within so many days. */
  delayMax: z.coerce.number().int().min(0).max(365).optional(),
  /** These items and no others, whatever else: what a cart holds. */
  id: listOf(idInput('catalogueItem')).optional(),
  /** The items the agency keeps back, instead of those it shows; owners only, nothing for others. */
  hidden: z.stringbool().optional(),
}
const filterQuery = z.strictObject(catalogueFilterShape)
export type CatalogueFilter = z.output<typeof filterQuery>

/** An item as an agency sees it. Wholesale price and margin are the owners' only: null for everybody else. */
export const catalogueItem = z.strictObject({
  id: idAnswer('catalogueItem'),
  reference: z.string(),
  kind: itemKind,
  name: z.string(),
  site: z.string().nullable(),
  theme: itemTheme,
  language: z.string(),
  country: z.string(),
  /** Scores of the site, 0 to 100, and visits a month; null when nobody knows. */
  trust: z.int().nullable(),
  citation: z.int().nullable(),
  traffic: z.int().nullable(),
  delayDays: z.int(),
  description: z.string().nullable(),
  /** Version on sale: an order keeps it. */
  version: z.int(),
  /** What a client pays. */
  retail: money,
  wholesale: money.nullable(),
  margin: money.nullable(),
  /** Where the retail price comes from: set by hand, a margin rule, or the wholesale price as it is. */
  retailSource: z.enum(['item', 'rule', 'wholesale']).nullable(),
  /** Kept back by the agency: by itself or by a rule. */
  hidden: z.enum(['item', 'rule']).nullable(),
  can: z.strictObject({ hide: z.boolean(), price: z.boolean() }),
})
export type CatalogueItem = z.output<typeof catalogueItem>

/** The catalogue, as the caller's agency sells it. */
export const searchCatalogue = endpoint({
  ...read,
  name: 'searchCatalogue',
  method: 'GET',
  path: '/catalogue/items',
  summary: 'Items of the catalogue at the agency’s own prices, searched, filtered and sorted.',
  query: listQuery.extend(catalogueFilterShape),
  answer: page(catalogueItem),
})

const facet = z.array(z.strictObject({ value: z.string(), count: z.int() }))

/** How many items each value of a facet would leave, the other filters applied. */
export const countCatalogueFacets = endpoint({
  ...read,
  name: 'countCatalogueFacets',
  method: 'GET',
  path: '/catalogue/facets',
  summary: 'Counts by kind, theme, language and country under the other filters, and the ranges that occur.',
  query: filterQuery,
  answer: z.strictObject({
    /** Items that match all filters. */
    total: z.int(),
    /** Always false: counts are exact. Kept for the programs that read it. */
    capped: z.boolean(),
    kind: facet,
    theme: facet,
    language: facet,
    country: facet,
  }),
})

/** One item. */
export const getCatalogueItem = endpoint({
  ...read,
  name: 'getCatalogueItem',
  method: 'GET',
  path: '/catalogue/items/:id',
  summary: 'One item of the catalogue at the agency’s own price.',
  params,
  answer: catalogueItem,
})

/** Keeps items back from the agency's people, or shows them again. */
export const hideCatalogueItems = endpoint({
  ...manage,
  name: 'hideCatalogueItems',
  method: 'POST',
  path: '/catalogue/hidden-items',
  summary: 'Keep items back from the agency’s people and clients, or show them again.',
  body: z.strictObject({
    items: z.array(idInput('catalogueItem')).min(1).max(500),
    hidden: z.boolean(),
  }),
  answer: z.strictObject({ changed: z.int() }),
})

/** Sets an item's retail price by hand, or leaves it to the margin rules again. */
export const setRetailPrice = endpoint({
  ...manage,
  name: 'setRetailPrice',
  method: 'PUT',
  path: '/catalogue/items/:id/retail-price',
  summary: 'Set an item’s retail price, in minor units; null leaves it to the margin rules.',
  params,
  body: z.strictObject({ amount: amount.nullable() }),
  answer: catalogueItem,
})

const ruleShape = {
  effect: z.enum(['hide', 'margin']),
  kind: itemKind.nullable(),
  theme: itemTheme.nullable(),
  language: itemLanguage.nullable(),
  country: country.nullable(),
  /** Wholesale prices, minor units. */
  priceFrom: amount.nullable(),
  priceTo: amount.nullable(),
  /** Sites whose trust score is known and below this. */
  trustBelow: z.int().min(1).max(100).nullable(),
  /** Margin in hundredths of a percent, and in minor units; of margin rules. */
  percentBasisPoints: z.int().min(0).max(1_000_000).default(0),
  fixed: z.int().min(0).max(1_000_000_000).default(0),
  /** The retail price is rounded, half up, to a multiple of so many minor units. */
  roundTo: z
    .int()
    .refine((v) => (roundings as readonly number[]).includes(v), 'field.choice')
    .default(1),
}

/** A rule of the agency over the catalogue. */
export const catalogueRule = z.strictObject({
  id: idAnswer('catalogueRule'),
  position: z.int(),
  effect: z.enum(['hide', 'margin']),
  kind: itemKind.nullable(),
  theme: itemTheme.nullable(),
  language: z.string().nullable(),
  country: z.string().nullable(),
  priceFrom: money.nullable(),
  priceTo: money.nullable(),
  trustBelow: z.int().nullable(),
  percentBasisPoints: z.int(),
  fixed: money,
  roundTo: z.int(),
  /** Items on sale that its conditions fit. */
  items: z.int(),
  createdAt: instant,
  createdBy: z.string(),
})
export type CatalogueRule = z.output<typeof catalogueRule>

/** The agency's rules, in the order they are tried. */
export const listCatalogueRules = endpoint({
  ...manage,
  name: 'listCatalogueRules',
  method: 'GET',
  path: '/catalogue/rules',
  summary: 'Rules that keep items back and make retail prices, in the order they are tried.',
  answer: z.strictObject({ data: z.array(catalogueRule) }),
})

/** Adds a rule after the others. */
export const createCatalogueRule = endpoint({
  ...manage,
  name: 'createCatalogueRule',
  method: 'POST',
  path: '/catalogue/rules',
  summary: 'Add a rule, tried after the others.',
  body: z.strictObject(ruleShape),
  answer: catalogueRule,
  status: 201,
  refusals: ['catalogue.too_many_rules'],
})

/** Moves a rule among the others, the first one first. */
export const moveCatalogueRule = endpoint({
  ...manage,
  name: 'moveCatalogueRule',
  method: 'PUT',
  path: '/catalogue/rules/:id/position',
  summary: 'Move a rule: 0 makes it the first that is tried.',
  params: z.strictObject({ id: idInput('catalogueRule') }),
  body: z.strictObject({ position: z.int().min(0).max(100) }),
  answer: nothing,
})

/** Takes a rule away. */
export const deleteCatalogueRule = endpoint({
  ...manage,
  name: 'deleteCatalogueRule',
  method: 'DELETE',
  path: '/catalogue/rules/:id',
  summary: 'Take a rule away; what it hid is shown again.',
  params: z.strictObject({ id: idInput('catalogueRule') }),
  answer: nothing,
})
