import { clientFilterShape } from '../contract.ts'
import type { SearchTexts } from '../../../web/search-state.ts'

/** What a view of the list holds, all of it in the address: filters, order, columns, density. */
export type ListParams = Record<string, string>

const filterNames = Object.keys(clientFilterShape)
const names = new Set([...filterNames, 'sort', 'columns', 'compact'])

/** The built-in views, by what they filter; the first one filters nothing. */
export const builtInViews = [
  { id: 'all', query: {} },
  { id: 'mine', query: { mine: 'true' } },
  { id: 'unassigned', query: { unassigned: 'true' } },
  { id: 'orphan', query: { orphan: 'true' } },
  { id: 'archived', query: { status: 'archived' } },
] as const satisfies { id: string; query: ListParams }[]
export type BuiltInView = (typeof builtInViews)[number]['id']

/** The list's own part of an address. */
export function paramsOf(search: SearchTexts): ListParams {
  return Object.fromEntries(Object.entries(search).filter(([name, value]) => names.has(name) && value !== ''))
}

/** Only what the server filters by. */
export function filterOf(params: ListParams): ListParams {
  return Object.fromEntries(Object.entries(params).filter(([name]) => filterNames.includes(name)))
}

/** Whether two views hold the same. */
export function sameParams(a: ListParams, b: ListParams): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].every((key) => (a[key] ?? '') === (b[key] ?? ''))
}

/** The built-in view an unsaved list belongs to: the one whose filter is all there. */
export function builtInFor(params: ListParams): (typeof builtInViews)[number] {
  return (
    builtInViews.findLast((view) =>
      Object.entries(view.query).every(([name, value]) => params[name] === value),
    ) ?? builtInViews[0]
  )
}
