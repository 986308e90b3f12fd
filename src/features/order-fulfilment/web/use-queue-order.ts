import type { AnswerOf } from '../../../contract/endpoint.ts'
import { endpointKey, queryClient, refresh } from '../../../web/queries.ts'
import { countOrderQueue, getQueueOrder, listOrderQueue } from '../contract.ts'

/** An order as the staff reads it. */
export type QueueOrder = AnswerOf<typeof getQueueOrder>

/** Shows an order as the server just answered it, and reads again what lists it. */
export function showQueueOrder(order: QueueOrder): void {
  queryClient.setQueryData(
    endpointKey(getQueueOrder, { params: { agencyId: order.agency.id, id: order.id } }),
    order,
  )
  void refresh(listOrderQueue, countOrderQueue)
}
