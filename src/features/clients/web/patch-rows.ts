import type { InfiniteData } from '@tanstack/react-query'
import { endpointKey, queryClient, refresh } from '../../../web/queries.ts'
import { refreshNavCount } from '../../../web/navigation.ts'
import { paths } from '../../../web/paths.ts'
import { whoSeesUnassigned } from '../../access/contract.ts'
import { countClientViews, listClients, listUnassignedQueue, type ClientRow } from '../contract.ts'

type Page = { data: ClientRow[]; nextCursor: string | null }

/** Shows a change of some rows at once, before the server has answered; null takes a row away. */
export function patchRows(ids: readonly string[], patch: (row: ClientRow) => ClientRow | null): void {
  const touched = new Set(ids)
  queryClient.setQueriesData<InfiniteData<Page>>({ queryKey: endpointKey(listClients) }, (old) => {
    if (!old || !('pages' in old)) return old
    const pages = old.pages.map((page) => ({
      ...page,
      data: page.data.flatMap((row) => {
        const next = touched.has(row.id) ? patch(row) : row
        return next === null ? [] : [next]
      }),
    }))
    return { ...old, pages }
  })
}

/** Reads again everything that shows clients, after some changed. */
export function refreshClients(): Promise<unknown> {
  refreshNavCount(paths.clients)
  return refresh(listClients, countClientViews, whoSeesUnassigned, listUnassignedQueue)
}
