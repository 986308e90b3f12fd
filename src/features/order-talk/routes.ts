import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { downloadOrderFile, uploadOrderFile } from './order-files.ts'
import { listOrderTimeline } from './read-timeline.ts'
import { readOrderMessages, writeOrderMessage } from './write-message.ts'

/** What is said about an order, and the files that go with it. */
export const orderTalkRoutes: Route[] = [
  route(contract.listOrderTimeline, listOrderTimeline, { readOnly: true }),
  route(contract.readOrderMessages, readOrderMessages),
  route(contract.writeOrderMessage, writeOrderMessage),
  route(contract.uploadOrderFile, uploadOrderFile, { detached: true }),
  route(contract.downloadOrderFile, downloadOrderFile),
]
