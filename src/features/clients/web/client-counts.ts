import type { AnswerOf } from '../../../contract/endpoint.ts'
import { call } from '../../../web/call.ts'
import { endpointKey, queryClient } from '../../../web/queries.ts'
import { countClientViews } from '../contract.ts'

/** How many clients each view holds. */
export type ClientCounts = AnswerOf<typeof countClientViews>

/** The counts, read once for tabs, side bar and notice alike. */
export function readClientCounts(): Promise<ClientCounts> {
  return queryClient.fetchQuery({
    queryKey: endpointKey(countClientViews),
    queryFn: () => call(countClientViews),
    staleTime: 15_000,
  })
}
