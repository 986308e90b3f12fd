import type { AnswerOf, CallOf } from '../../../contract/endpoint.ts'
import { call } from '../../../web/call.ts'
import { isProblem } from '../../../web/problem-error.ts'
import { endpointKey, queryClient, refresh, useEndpoint } from '../../../web/queries.ts'
import { countClientViews, listClients } from '../../clients/contract.ts'
import { getClient, listClientHistory, updateClient } from '../contract.ts'

/** A client as its page shows it. */
export type Client = AnswerOf<typeof getClient>

/** What a caller may change of a client. */
export type ClientChange = Omit<CallOf<typeof updateClient>['body'], 'version'>

/** Reads a client and keeps it fresh. */
export function useClient(id: string) {
  return useEndpoint(getClient, { params: { id } })
}

/** Shows a client as the server just answered it, and reads again what lists it. */
export function showClient(client: Client): Client {
  queryClient.setQueryData(endpointKey(getClient, { params: { id: client.id } }), client)
  void refresh(listClients, countClientViews, listClientHistory)
  return client
}

/**
 * Changes some fields of the client last shown. When somebody changed it meanwhile, theirs is shown and the
 * refusal goes on to the field, whose text stays.
 */
export async function changeClient(id: string, change: ClientChange): Promise<Client> {
  const shown = queryClient.getQueryData<Client>(endpointKey(getClient, { params: { id } }))
  try {
    return showClient(
      await call(updateClient, { params: { id }, body: { ...change, version: shown?.version ?? 0 } }),
    )
  } catch (error) {
    if (isProblem(error, 'version.stale')) showClient(error.data['current'] as Client)
    throw error
  }
}
