import { queryOptions, useQuery } from '@tanstack/react-query'
import type { AnswerOf } from '../contract/endpoint.ts'
import { getRealm } from '../features/agencies/contract.ts'
import { call } from './call.ts'
import { queryClient } from './queries.ts'
import { onDoorClosed } from './session-lost.ts'

/** Whose place this host is, and how it looks. */
export type Realm = AnswerOf<typeof getRealm>

/** The product's own colour, for realms without one. */
export const productColor = '#12694f'

/** The realm of this host; loaded before the first paint and kept. */
export const realmQuery = queryOptions<Realm>({
  queryKey: [getRealm.name],
  queryFn: () => call(getRealm),
  staleTime: Infinity,
  gcTime: Infinity,
})

/** The realm of this host. Only usable below `App`, which waits for it. */
export function useRealm(): Realm {
  const { data } = useQuery(realmQuery)
  if (!data) throw new Error('useRealm before the realm was loaded')
  return data
}

/** Reads the realm again, e.g. after its name or colour changed. */
export function refreshRealm(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: realmQuery.queryKey })
}

onDoorClosed(() => void refreshRealm())
