import { useCallback, useMemo } from 'react'
import { useSearchState } from '../../../web/search-state.ts'
import type { SavedView } from '../../saved-views/contract.ts'
import { builtInFor, builtInViews, filterOf, paramsOf, sameParams, type ListParams } from './list-params.ts'

/** The state of the list, read from and written to the address. */
export type ClientListState = {
  params: ListParams
  /** The server's part of it. */
  filter: ListParams
  /** Id of the tab it belongs to: a built-in view or a saved one. */
  tab: string
  /** The saved view it started from. */
  view: SavedView | undefined
  /** It differs from the view it started from: it can be saved. */
  changed: boolean
  change: (change: Record<string, string | undefined>, options?: { push?: boolean }) => void
  show: (tab: string) => void
  /** Back to the view as it was saved. */
  reset: () => void
}

/**
 * The list as its address has it. A saved view is `?vue=viw_…`; once something differs the address holds the
 * whole state beside it (`modifiee=1`), so that a link shows what its sender saw.
 */
export function useClientList(views: readonly SavedView[]): ClientListState {
  const [search, setSearch] = useSearchState()
  const view = views.find((v) => v.id === search['vue'])
  const own = useMemo(() => paramsOf(search), [search])
  const params = useMemo(
    () => (view && search['modifiee'] === undefined ? { ...view.query, ...own } : own),
    [view, own, search],
  )
  const filter = useMemo(() => filterOf(params), [params])
  const base: ListParams = view?.query ?? builtInFor(params).query
  const tab = view?.id ?? builtInFor(params).id

  const write = useCallback(
    (next: ListParams, of: SavedView | undefined, push = false) => {
      const gone = Object.fromEntries(Object.keys(own).map((name) => [name, undefined]))
      const kept = of && sameParams(next, of.query) ? {} : next
      setSearch({ ...gone, vue: of?.id, modifiee: of && kept === next ? '1' : undefined, ...kept }, { push })
    },
    [own, setSearch],
  )
  const change = useCallback<ClientListState['change']>(
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
      write(saved?.query ?? builtInViews.find((v) => v.id === id)?.query ?? {}, saved, true)
    },
    [views, write],
  )
  const reset = useCallback(() => write(base, view), [write, base, view])
  return { params, filter, tab, view, changed: !sameParams(params, base), change, show, reset }
}
