import { z } from 'zod'
import {
  highestPrice,
  itemKind,
  itemLanguage,
  itemStates,
  itemTheme,
} from '../../contract/catalogue-fields.ts'
import { instant, line, listQuery, money, optionalLine, page } from '../../contract/common.ts'
import { country } from '../../contract/countries.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'
import { listOf } from '../../contract/list-of.ts'
import { importEndpoints } from '../../contract/import-endpoints.ts'

const common = { realms: ['operator' as const], may: 'operator' as const }
const params = z.strictObject({ id: idInput('catalogueItem') })

/** Longest texts of an item. */
export const longestItemText = { reference: 60, name: 200, site: 253, description: 2000 } as const

const score = z.int().min(0).max(100).nullable()

/** What the operator says of an item; `price` is wholesale, minor units of the operator's currency. */
export const itemFields = {
  reference: line(longestItemText.reference),
  kind: itemKind,
  name: line(longestItemText.name),
  site: optionalLine(longestItemText.site),
  theme: itemTheme,
  language: itemLanguage,
  country,
  trust: score,
  citation: score,
  traffic: z.int().min(0).max(2_000_000_000).nullable(),
  delayDays: z.int().min(0).max(365),
  price: z.int().min(0).max(highestPrice),
  description: optionalLine(longestItemText.description),
}

/** An item as the operator sees it: the draft when there is one, else what is on sale. */
export const operatorItem = z.strictObject({
  id: idAnswer('catalogueItem'),
  state: z.enum(itemStates),
  reference: z.string(),
  kind: itemKind,
  name: z.string(),
  site: z.string().nullable(),
  theme: itemTheme,
  language: z.string(),
  country: z.string(),
  trust: z.int().nullable(),
  citation: z.int().nullable(),
  traffic: z.int().nullable(),
  delayDays: z.int(),
  price: money,
  description: z.string().nullable(),
  /** Version on sale, and the price it is on sale at; null before the first publication. */
  publishedVersion: z.int().nullable(),
  publishedPrice: money.nullable(),
  /** Version being prepared; null when nothing is. */
  draftVersion: z.int().nullable(),
  updatedAt: instant,
  /** Optimistic concurrency. */
  version: z.int(),
})
export type OperatorItem = z.output<typeof operatorItem>

const operatorFilter = {
  q: optionalLine(200),
  state: listOf(z.enum(itemStates)).optional(),
  kind: listOf(itemKind).optional(),
  theme: listOf(itemTheme).optional(),
  /** Only items with a draft that waits to be published. */
  pending: z.stringbool().optional(),
}

/** Every item, newest first. */
export const listOperatorItems = endpoint({
  ...common,
  name: 'listOperatorItems',
  method: 'GET',
  path: '/operator/catalogue/items',
  summary: 'Items of the catalogue whatever their state, newest first or by name or price.',
  query: listQuery.extend(operatorFilter),
  answer: page(operatorItem),
})

/** How many there are of each. */
export const countOperatorItems = endpoint({
  ...common,
  name: 'countOperatorItems',
  method: 'GET',
  path: '/operator/catalogue/counts',
  summary: 'How many items are on sale, drafted, waiting to be published, and retired.',
  answer: z.strictObject({
    all: z.int(),
    published: z.int(),
    draft: z.int(),
    pending: z.int(),
    retired: z.int(),
  }),
})

/** One item with its history. */
export const getOperatorItem = endpoint({
  ...common,
  name: 'getOperatorItem',
  method: 'GET',
  path: '/operator/catalogue/items/:id',
  summary: 'One item with every version it had, newest first.',
  params,
  answer: operatorItem.extend({
    versions: z.array(
      z.strictObject({
        number: z.int(),
        name: z.string(),
        price: money,
        delayDays: z.int(),
        createdAt: instant,
        createdBy: z.string(),
        publishedAt: instant.nullable(),
      }),
    ),
  }),
})

/** Makes an item as a draft. */
export const createOperatorItem = endpoint({
  ...common,
  name: 'createOperatorItem',
  method: 'POST',
  path: '/operator/catalogue/items',
  summary: 'Make an item; agencies see it once it is published.',
  body: z.strictObject(itemFields),
  answer: operatorItem,
  status: 201,
  refusals: ['catalogue.reference_taken'],
})

/** Changes an item: in its draft, which is made when there is none. */
export const updateOperatorItem = endpoint({
  ...common,
  name: 'updateOperatorItem',
  method: 'PATCH',
  path: '/operator/catalogue/items/:id',
  summary: 'Change an item’s draft; what is on sale stays as it is until the draft is published.',
  params,
  body: z.strictObject({
    ...z.strictObject(itemFields).omit({ reference: true }).partial().shape,
    version: z.int(),
  }),
  answer: operatorItem,
  refusals: ['catalogue.changed'],
})

/** Throws a draft away; what is on sale stays. */
export const discardItemDraft = endpoint({
  ...common,
  name: 'discardItemDraft',
  method: 'DELETE',
  path: '/operator/catalogue/items/:id/draft',
  summary: 'Throw the draft of a published item away.',
  params,
  answer: operatorItem,
  refusals: ['catalogue.no_draft'],
})

/** Puts drafts on sale: from then on these versions never change. */
export const publishItems = endpoint({
  ...common,
  name: 'publishItems',
  method: 'POST',
  path: '/operator/catalogue/publish',
  summary: 'Publish the drafts of some items, or of all.',
  body: z.strictObject({
    items: z
      .union([z.literal('all'), z.array(idInput('catalogueItem')).min(1).max(500)])
      .describe('Ids, or `all`'),
  }),
  answer: z.strictObject({ published: z.int() }),
})

/** Takes items off sale, or puts them back at the version they were last on sale at. */
export const setItemsOnSale = endpoint({
  ...common,
  name: 'setItemsOnSale',
  method: 'POST',
  path: '/operator/catalogue/on-sale',
  summary: 'Take published items off sale, or put them back.',
  body: z.strictObject({ items: z.array(idInput('catalogueItem')).min(1).max(500), onSale: z.boolean() }),
  answer: z.strictObject({ changed: z.int() }),
})

/** Fields that a column of a file of items may fill. */
export const catalogueImportFields = [
  'reference',
  'kind',
  'name',
  'site',
  'theme',
  'language',
  'country',
  'trust',
  'citation',
  'traffic',
  'delayDays',
  'price',
  'description',
] as const
export type CatalogueImportField = (typeof catalogueImportFields)[number]

/** Imports of items by the operator's staff: `createCatalogueImport`, `checkCatalogueImport`… */
export const catalogueImports = importEndpoints({
  ...common,
  path: '/operator/catalogue/imports',
  word: 'Catalogue',
  what: 'catalogue items',
  fields: catalogueImportFields,
  outcome: { field: 'itemId', kind: 'catalogueItem' },
})
