import { useMemo } from 'react'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { listUnassignedQueue, type ClientRow } from '../contract.ts'

type SeenBy = AnswerOf<typeof listUnassignedQueue>['data'][number]['seenBy']

/** Who sees an unassigned client depends on its portfolio alone: one entry for each, '' for the root. */
export type Seers = ReadonlyMap<string, SeenBy>

/** Reads who sees the unassigned clients, while that is what the list shows. */
export function useSeers(wanted: boolean): Seers | undefined {
  const { data } = useEndpoint(listUnassignedQueue, { query: { limit: 200 } }, { enabled: wanted })
  return useMemo(
    () => (wanted ? new Map((data?.data ?? []).map((c) => [c.home?.id ?? '', c.seenBy])) : undefined),
    [wanted, data],
  )
}

/** "17 personnes, dont 2 de clients"; the first names on hover. */
export function SeenBy({ seers, client }: { seers: Seers; client: ClientRow }) {
  const t = useT()
  const seen = seers.get(client.home?.id ?? '')
  if (!seen || client.assigneeCount > 0) return <span className="ink-3">—</span>
  const others = seen.total - seen.names.length
  return (
    <span className="ink-2" title={[...seen.names, ...(others > 0 ? [`+${others}`] : [])].join(', ')}>
      {t('clients.seenBy', { total: seen.total, clients: seen.clients })}
    </span>
  )
}
