import { QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { UseMutationOptions, UseQueryOptions } from '@tanstack/react-query'
import type { AnswerOf, CallOf, Endpoint } from '../contract/endpoint.ts'
import { call } from './call.ts'
import type { CallOptions } from './call.ts'
import { OfflineError, ProblemError } from './problem-error.ts'

type AnyEndpoint = Pick<Endpoint, 'name' | 'method' | 'path'>

/** Retries only what may heal by itself: an unreachable or overloaded server, never a refusal. */
function worthRetrying(failures: number, error: unknown): boolean {
  if (failures >= 2) return false
  return error instanceof OfflineError || (error instanceof ProblemError && error.status >= 502)
}

/** The page's one cache. Data is fresh for 15 s, then fetched again when shown or refocused. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 15_000, gcTime: 5 * 60_000, retry: worthRetrying },
    mutations: { retry: false },
  },
})

/** Cache key of a read: the endpoint's name, then its input. */
export function endpointKey(endpoint: AnyEndpoint, input?: unknown): readonly unknown[] {
  return input === undefined ? [endpoint.name] : [endpoint.name, input]
}

type ReadOptions<T> = Omit<UseQueryOptions<T>, 'queryKey' | 'queryFn'>

/** Reads an endpoint and keeps it fresh: `useEndpoint(getClient, { params: { id } })`. */
export function useEndpoint<E extends AnyEndpoint>(
  endpoint: E,
  input?: CallOf<E>,
  options?: ReadOptions<AnswerOf<E>>,
) {
  return useQuery<AnswerOf<E>>({
    queryKey: endpointKey(endpoint, input),
    queryFn: ({ signal }) => callAny(endpoint, input, { signal }),
    ...options,
  })
}

type WriteOptions<E extends AnyEndpoint> = Omit<
  UseMutationOptions<AnswerOf<E>, Error, CallOf<E>>,
  'mutationFn'
> & {
  /** Reads to fetch again once the write succeeded. */
  refreshes?: AnyEndpoint[]
  /** Sent as `Idempotency-Key` with this call. */
  idempotencyKey?: (input: CallOf<E>) => string
}

/** A write: `const archive = useCall(archiveClient, { refreshes: [listClients] })`, `archive.mutate({…})`. */
export function useCall<E extends AnyEndpoint>(endpoint: E, options: WriteOptions<E> = {}) {
  const client = useQueryClient()
  const { refreshes = [], idempotencyKey, ...rest } = options
  return useMutation<AnswerOf<E>, Error, CallOf<E>>({
    ...rest,
    mutationFn: (input) =>
      callAny(endpoint, input, idempotencyKey ? { idempotencyKey: idempotencyKey(input) } : {}),
    onSuccess: async (...args) => {
      for (const read of refreshes) void client.invalidateQueries({ queryKey: endpointKey(read) })
      await rest.onSuccess?.(...args)
    },
  })
}

/** Fetches these reads again wherever they are shown. */
export function refresh(...endpoints: AnyEndpoint[]): Promise<unknown> {
  return Promise.all(endpoints.map((e) => queryClient.invalidateQueries({ queryKey: endpointKey(e) })))
}

function callAny<E extends AnyEndpoint>(
  endpoint: E,
  input: unknown,
  options: CallOptions,
): Promise<AnswerOf<E>> {
  return (call as (e: E, i: unknown, o: CallOptions) => Promise<AnswerOf<E>>)(endpoint, input, options)
}
