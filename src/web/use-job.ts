import type { AnswerOf } from '../contract/endpoint.ts'
import { getJob } from '../features/long-jobs/contract.ts'
import { useLive } from './live.ts'
import { useEndpoint } from './queries.ts'

/** Long work as the server describes it. */
export type Job = AnswerOf<typeof getJob>

/** How often it is read when no event comes, in milliseconds. */
const pollMs = 2_000

/** Whether nothing more will happen to it. */
export function isFinished(job: Job): boolean {
  return job.state === 'done' || job.state === 'failed' || job.state === 'cancelled'
}

/** Follows long work until it ends, live; the id may come from the address, so a reload loses nothing. */
export function useJob(id: string | undefined) {
  const result = useEndpoint(
    getJob,
    { params: { id: id ?? '' } },
    {
      enabled: id !== undefined,
      refetchInterval: (query) => (query.state.data && isFinished(query.state.data) ? false : pollMs),
    },
  )
  useLive((event) => {
    const mine = event.kind === 'job' && (event.id === null || event.id === id)
    if (id && (mine || event.kind === 'reconnected')) void result.refetch()
  })
  return result
}
