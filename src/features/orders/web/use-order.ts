import { useLive } from '../../../web/live.ts'
import { endpointKey, queryClient, refresh, useEndpoint } from '../../../web/queries.ts'
import { listCampaigns, getCampaign } from '../../campaigns/contract.ts'
import { getCart, listCarts } from '../../carts/contract.ts'
import { listOrderTimeline } from '../../order-talk/contract.ts'
import { listProjects } from '../../projects/contract.ts'
import { countOrders, getOrder, listOrders } from '../contract.ts'
import type { Order } from './order-words.tsx'

/** Reads an order and keeps it fresh. */
export function useOrder(id: string) {
  return useEndpoint(getOrder, { params: { id } })
}

/** Shows an order as the server just answered it, and reads again what lists or counts it. */
export function showOrder(order: Order): void {
  queryClient.setQueryData(endpointKey(getOrder, { params: { id: order.id } }), order)
  void refreshOrders()
}

/** Reads again everything that shows orders or what they cost. */
export function refreshOrders(): Promise<unknown> {
  return refresh(
    listOrders,
    countOrders,
    listOrderTimeline,
    listCampaigns,
    getCampaign,
    listProjects,
    getCart,
    listCarts,
  )
}

/** Reads again when something happened to an order. */
export function useLiveOrders(): void {
  useLive((event) => {
    if (event.kind === 'orders' || event.kind === 'reconnected') void refresh(getOrder).then(refreshOrders)
  })
}
