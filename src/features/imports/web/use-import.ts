import type { AnswerOf } from '../../../contract/endpoint.ts'
import { useLive } from '../../../web/live.ts'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import type { ImportEndpoints } from '../../../contract/import-endpoints.ts'
import { useImportDoor } from './import-door.ts'

/** An import as the API answers it. */
export type ImportFacts = AnswerOf<ImportEndpoints['getImport']>

/** States in which something runs on the server: the page follows it. */
const busy = ['reading', 'checking', 'running']

/** Reads an import and follows it: events tell of each batch, a slow poll covers a lost one. */
export function useImport(id: string) {
  const { getImport, listImportRows } = useImportDoor().endpoints
  useLive((event) => {
    if (event.kind === 'job' || event.kind === 'reconnected') void refresh(getImport, listImportRows)
  })
  return useEndpoint(
    getImport,
    { params: { id } },
    { refetchInterval: (query) => (busy.includes(query.state.data?.state ?? '') ? 3000 : false) },
  )
}
