import { useCallback, useMemo } from 'react'
import { useSearchState, type SearchTexts } from '../../../web/search-state.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { listViews, type SavedView, type ViewPage } from '../contract.ts'

/** What a view of a list holds, all of it in the address: filters, order, columns, density. */
export type ListParams = Record<string, string>

/** A list that keeps views: which part of the address is its own, and the views it comes with. */
export type ViewList = {
  page: ViewPage
  /** What the server filters by. */
  filters: readonly string[]
  /** What else the address holds of it; `sort`, `columns` and `compact` unless said otherwise. */
  others?: readonly string[]
  /** The views it comes with, by what they filter; the first one filters nothing. */
  builtIn: readonly [{ id: string; query: ListParams }, ...{ id: string; query: ListParams }[]]
  /** What to read again once a view was saved, beside the views. */
  onSaved?: () => Promise<unknown>
}

/** The state of a list, read from and written to the address. */
export type ViewListState = {
  of: ViewList
  params: ListParams
  /** The server's part of it. */
  filter: ListParams
  /** Id of the tab it belongs to: a built-in view or a saved one. */
  tab: string
  /** The saved view it started from. */
  view: SavedView | undefined
  /** One's own views and the shared ones. */
  views: SavedView[]
  /** One may save views for everybody. */
  canShare: boolean
  /** It differs from the view it started from: it can be saved. */
  changed: boolean
  change: (change: Record<string, string | undefined>, options?: { push?: boolean }) => void
  show: (tab: string) => void
  /** Back to the view as it was saved. */
  reset: () => void
}

/** The list's own part of an address. */
function paramsOf(of: ViewList, search: SearchTexts): ListParams {
  const names = new Set([...of.filters, ...(of.others ?? ['sort', 'columns', 'compact'])])
  return Object.fromEntries(Object.entries(search).filter(([name, value]) => names.has(name) && value !== ''))
}

/** Whether two views hold the same. */
function sameParams(a: ListParams, b: ListParams): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].every((key) => (a[key] ?? '') === (b[key] ?? ''))
}

/** The built-in view an unsaved list belongs to: the last one whose filter is all there. */
function builtInFor(of: ViewList, params: ListParams): { id: string; query: ListParams } {
  return (
    of.builtIn.findLast((view) =>
      Object.entries(view.query).every(([name, value]) => params[name] === value),
    ) ?? of.builtIn[0]
  )
}

/**
 * The list as its address has it. A saved view is `?vue=viw_…`; once something differs the address holds the
 * whole state beside it (`modifiee=1`), so that a link shows what its sender saw. `of` is a constant.
 */
export function useViewList(of: ViewList): ViewListState {
  const { data: saved } = useEndpoint(listViews, { query: { page: of.page } }, { staleTime: 60_000 })
  const views = useMemo(() => saved?.data ?? [], [saved])
  const canShare = saved?.can.share ?? false
  const [search, setSearch] = useSearchState()
  const view = views.find((v) => v.id === search['vue'])
  const own = useMemo(() => paramsOf(of, search), [of, search])
  const params = useMemo(
    () => (view && search['modifiee'] === undefined ? { ...view.query, ...own } : own),
    [view, own, search],
  )
  const filter = useMemo(
    () => Object.fromEntries(Object.entries(params).filter(([name]) => of.filters.includes(name))),
    [of, params],
  )
  const base: ListParams = view?.query ?? builtInFor(of, params).query
  const tab = view?.id ?? builtInFor(of, params).id

  const write = useCallback(
    (next: ListParams, from: SavedView | undefined, push = false) => {
      const gone = Object.fromEntries(Object.keys(own).map((name) => [name, undefined]))
      const kept = from && sameParams(next, from.query) ? {} : next
      setSearch(
        { ...gone, vue: from?.id, modifiee: from && kept === next ? '1' : undefined, ...kept },
        { push },
      )
    },
    [own, setSearch],
  )
  const change = useCallback<ViewListState['change']>(
    (changes, options) => {
      const next = Object.fromEntries(
        Object.entries({ ...params, ...changes }).filter((entry): entry is [string, string] =>
          Boolean(entry[1]),
        ),
      )
      write(next, view, options?.push)
    },
    [params, view, write],
  )
  const show = useCallback(
    (id: string) => {
      const saved = views.find((v) => v.id === id)
      write(saved?.query ?? of.builtIn.find((v) => v.id === id)?.query ?? {}, saved, true)
    },
    [of, views, write],
  )
  const reset = useCallback(() => write(base, view), [write, base, view])
  const changed = !sameParams(params, base)
  return { of, params, filter, tab, view, views, canShare, changed, change, show, reset }
}
