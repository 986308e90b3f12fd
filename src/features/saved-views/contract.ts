import { z } from 'zod'
import { line, nothing } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'

/** Lists that keep views. */
export const viewPages = [
  'clients',
  'members',
  'audit',
  'hosted_accounts',
  'catalogue',
  'following',
  'orders',
] as const
export type ViewPage = (typeof viewPages)[number]

/** A list's search parameters as its address holds them: search, filters, sort, columns. */
export const viewQuery = z
  .record(
    z.string().regex(/^[a-zA-Z]{1,40}$/, 'field.invalid'),
    z
      .string()
      .max(2000, 'field.too_long')
      .refine((v) => !v.includes('\u0000'), 'field.control_characters'),
  )
  .refine((q) => Object.keys(q).length <= 40, 'field.too_long')
export type ViewQuery = z.output<typeof viewQuery>

const name = line(60)
const params = z.strictObject({ id: idInput('view') })

/** A view as its reader has it: pin and place are the reader's own. */
export const savedView = z.strictObject({
  id: idAnswer('view'),
  page: z.enum(viewPages),
  name: z.string(),
  query: viewQuery,
  isShared: z.boolean(),
  isPinned: z.boolean(),
  /** Who shared it, unless it is the reader's own. */
  by: z.string().nullable(),
  version: z.int(),
  can: z.strictObject({ edit: z.boolean() }),
})
export type SavedView = z.output<typeof savedView>

const exampleView = {
  id: 'viw_0199a1b2c3d47e5f8a9b0c1d2e3f4a5b',
  page: 'clients',
  name: 'Sans activité depuis 90 jours',
  query: { inactiveDays: '90', sort: 'lastActivityAt' },
  isShared: false,
  isPinned: true,
  by: null,
  version: 1,
  can: { edit: true },
}

/** One's own views and the shared ones, in one's own order. */
export const listViews = endpoint({
  name: 'listViews',
  method: 'GET',
  path: '/views',
  summary: 'The caller’s views of a list and the ones shared with everybody.',
  realms: ['agency'],
  may: 'signedIn',
  query: z.strictObject({ page: z.enum(viewPages) }),
  answer: z.strictObject({ data: z.array(savedView), can: z.strictObject({ share: z.boolean() }) }),
  example: { query: { page: 'clients' }, answer: { data: [exampleView], can: { share: true } } },
})

/** Saves a list's present state under a name. */
export const createView = endpoint({
  name: 'createView',
  method: 'POST',
  path: '/views',
  summary: 'Save a list’s search, filters, sort and columns under a name.',
  realms: ['agency'],
  may: 'signedIn',
  body: z.strictObject({
    page: z.enum(viewPages),
    name,
    query: viewQuery,
    isShared: z.boolean().default(false),
    isPinned: z.boolean().default(false),
  }),
  status: 201,
  answer: savedView,
  refusals: ['view.too_many', 'view.share'],
  example: {
    body: { page: 'clients', name: exampleView.name, query: exampleView.query, isPinned: true },
    answer: exampleView,
  },
})

/** Changes a view; pinning is the reader's own and asks no version. */
export const updateView = endpoint({
  name: 'updateView',
  method: 'PATCH',
  path: '/views/:id',
  summary: 'Rename a view, replace what it holds, share it or pin it.',
  realms: ['agency'],
  may: 'signedIn',
  params,
  body: z.strictObject({
    name: name.optional(),
    query: viewQuery.optional(),
    isShared: z.boolean().optional(),
    isPinned: z.boolean().optional(),
    version: z.int().optional(),
  }),
  answer: savedView,
  refusals: ['version.stale', 'view.share', 'view.not_yours'],
  example: { body: { isPinned: false }, answer: { ...exampleView, isPinned: false } },
})

/** Deletes a view for everybody who had it. */
export const deleteView = endpoint({
  name: 'deleteView',
  method: 'DELETE',
  path: '/views/:id',
  summary: 'Delete a view.',
  realms: ['agency'],
  may: 'signedIn',
  params,
  answer: nothing,
  refusals: ['view.not_yours'],
})

/** Puts the caller's tabs in an order; views left out keep theirs, after. */
export const reorderViews = endpoint({
  name: 'reorderViews',
  method: 'PUT',
  path: '/views/order',
  summary: 'Put the views of a list in the caller’s own order.',
  realms: ['agency'],
  may: 'signedIn',
  body: z.strictObject({ page: z.enum(viewPages), ids: z.array(idInput('view')).min(1).max(100) }),
  answer: nothing,
  example: { body: { page: 'clients', ids: [exampleView.id] }, answer: {} },
})
