import { route, type Route } from '../../server/route.ts'
import { advanceOrders } from './advance-orders.ts'
import * as contract from './contract.ts'
import { checkDelivery, correctDelivery, deliverOrder } from './deliver-order.ts'
import { countOrderQueue, listOrderQueue } from './list-order-queue.ts'
import {
  answerOrder,
  downloadQueueFile,
  readQueueOrder,
  setLineSupplier,
  uploadQueueFile,
} from './queue-talk.ts'
import { getQueueOrder } from './read-queue-order.ts'
import { refundDelivery, refuseOrder } from './refuse-order.ts'

/** Orders on the operator's side of the counter. */
export const orderFulfilmentRoutes: Route[] = [
  route(contract.listOrderQueue, listOrderQueue),
  route(contract.countOrderQueue, countOrderQueue),
  route(contract.advanceOrders, advanceOrders),
  route(contract.getQueueOrder, getQueueOrder),
  route(contract.deliverOrder, deliverOrder),
  route(contract.correctDelivery, correctDelivery),
  route(contract.checkDelivery, checkDelivery),
  route(contract.refuseOrder, refuseOrder),
  route(contract.refundDelivery, refundDelivery),
  route(contract.setLineSupplier, setLineSupplier),
  route(contract.answerOrder, answerOrder),
  route(contract.readQueueOrder, readQueueOrder),
  route(contract.uploadQueueFile, uploadQueueFile, { detached: true }),
  route(contract.downloadQueueFile, downloadQueueFile),
]
