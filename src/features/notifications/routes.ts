import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { listNotifications, readNotifications } from './read-notifications.ts'

/** The bell. */
export const notificationRoutes: Route[] = [
  route(contract.listNotifications, listNotifications),
  route(contract.readNotifications, readNotifications),
]
