import { queryOptions, useQuery } from '@tanstack/react-query'
import type { AnswerOf } from '../contract/endpoint.ts'
import type { Right } from '../contract/rights.ts'
import { getMe } from '../features/sign-in/contract.ts'
import { call } from './call.ts'
import { ProblemError } from './problem-error.ts'
import { queryClient } from './queries.ts'
import { onActingEnded } from './session-lost.ts'

/** The signed-in user as the server describes them. */
export type Me = AnswerOf<typeof getMe>

/** Who is signed in; null when nobody is, which is an answer and not an error. */
export const meQuery = queryOptions<Me | null>({
  queryKey: [getMe.name],
  queryFn: async () => {
    try {
      return await call(getMe, {}, { keepOn401: true })
    } catch (error) {
      if (error instanceof ProblemError && error.status === 401) return null
      throw error
    }
  },
  staleTime: 60_000,
})

/** The signed-in user, or null on public pages. */
export function useMe(): Me | null {
  return useQuery(meQuery).data ?? null
}

/** Whether the signed-in user's role holds a right; what a row allows is its own `can`. */
export function useRight(right: Right): boolean {
  return useMe()?.rights.includes(right) ?? false
}

/** Fetches again who is signed in, after a sign-in, a change of profile or of acting. */
export async function refreshMe(): Promise<Me | null> {
  await queryClient.invalidateQueries({ queryKey: meQuery.queryKey, refetchType: 'none' })
  return queryClient.fetchQuery({ ...meQuery, staleTime: 0 })
}

onActingEnded(() => {
  void refreshMe().then(() => queryClient.invalidateQueries())
})
