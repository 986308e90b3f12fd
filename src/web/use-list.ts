import { useCallback, useMemo } from 'react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { AnswerOf, CallOf, Endpoint } from '../contract/endpoint.ts'
import { call } from './call.ts'
import { endpointKey, useEndpoint } from './queries.ts'

type ListEndpoint = Pick<Endpoint, 'name' | 'method' | 'path'>
type RowOf<E> = AnswerOf<E> extends { data: (infer Row)[] } ? Row : never
type ListPage<E> = { data: RowOf<E>[]; nextCursor: string | null; total?: number }
type Call = (endpoint: ListEndpoint, input: unknown, options: { signal: AbortSignal }) => Promise<unknown>

/** Rows asked at a time. */
const pageSize = 100

/**
 * A list read page after page: `const list = useList(listClients, { query: { q, sort, total: 'true' } })`,
 * then `<DataGrid {...list.grid} …/>`. Old rows stay shown while another query is on the way.
 */
export function useList<E extends ListEndpoint>(endpoint: E, input: CallOf<E>) {
  const asked = input as { params?: unknown; query?: Record<string, unknown> }
  const result = useInfiniteQuery({
    queryKey: [...endpointKey(endpoint, input), 'pages'],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const query = {
        limit: pageSize,
        ...asked.query,
        ...(pageParam ? { cursor: pageParam, total: undefined } : {}),
      }
      return (await (call as unknown as Call)(endpoint, { ...asked, query }, { signal })) as ListPage<E>
    },
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })
  const { data, fetchNextPage, hasNextPage, isFetchingNextPage, isPending } = result
  const rows = useMemo(() => data?.pages.flatMap((page) => page.data) ?? [], [data])
  const loadMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage()
  }, [fetchNextPage, isFetchingNextPage])
  const total = data?.pages[0]?.total
  return {
    ...result,
    rows,
    total,
    /** What `DataGrid` needs of the list. */
    grid: {
      rows,
      total,
      hasMore: hasNextPage,
      loadMore,
      loading: isPending,
      queryKey: JSON.stringify(input),
    },
  }
}

/**
 * The same with how many there are in all: the first page does not wait for the count, which is asked for by itself
 * and only when there is more than a page.
 */
export function useCountedList<E extends ListEndpoint>(endpoint: E, input: CallOf<E>) {
  const list = useList(endpoint, input)
  const { query } = input as { query?: Record<string, unknown> }
  const wanted = !list.isPending && list.grid.hasMore
  const { data } = useEndpoint(
    endpoint as never,
    { query: { ...query, sort: undefined, limit: 1, total: 'true' } } as never,
    {
      enabled: wanted,
    },
  )
  const counted = (data as { total?: number } | undefined)?.total
  const unread = list.isPending || (list.isError && list.rows.length === 0)
  const total = unread ? undefined : list.grid.hasMore ? counted : list.rows.length
  return { ...list, total, grid: { ...list.grid, total } }
}
