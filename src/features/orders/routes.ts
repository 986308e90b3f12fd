import { route, type Route } from '../../server/route.ts'
import { approveOrder, approveOrders } from './approve-order.ts'
import { cancelOrder } from './cancel-order.ts'
import { contestDelivery } from './contest-delivery.ts'
import * as contract from './contract.ts'
import { countOrders, listOrders } from './list-orders.ts'
import { getOrderSettings, updateOrderSettings } from './order-settings.ts'
import { placeOrder } from './place-order.ts'
import { getOrder } from './read-order.ts'

/** Orders in a client's name, on the buyer's side of the counter. */
export const orderRoutes: Route[] = [
  route(contract.listOrders, listOrders, { readOnly: true }),
  route(contract.countOrders, countOrders, { readOnly: true }),
  route(contract.placeOrder, placeOrder),
  route(contract.approveOrders, approveOrders),
  route(contract.getOrder, getOrder, { readOnly: true }),
  route(contract.cancelOrder, cancelOrder),
  route(contract.approveOrder, approveOrder),
  route(contract.contestDelivery, contestDelivery),
  route(contract.getOrderSettings, getOrderSettings, { readOnly: true }),
  route(contract.updateOrderSettings, updateOrderSettings),
]
