import { route, type Route } from '../../server/route.ts'
import { addToCart, getCart, listCarts, removeCartLine, updateCartLine } from './cart.ts'
import * as contract from './contract.ts'

/** What one is about to order for a client. */
export const cartRoutes: Route[] = [
  route(contract.listCarts, listCarts, { readOnly: true }),
  route(contract.getCart, getCart, { readOnly: true }),
  route(contract.addToCart, addToCart),
  route(contract.updateCartLine, updateCartLine),
  route(contract.removeCartLine, removeCartLine),
]
