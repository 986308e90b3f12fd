import { z } from 'zod'
import { instant, money, nothing } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'
import { orderLineInput } from '../orders/contract.ts'

const realms = ['agency'] as const
const clientParams = z.strictObject({ id: idInput('client') })

/** A line of a cart with the price its item has now; none when it is not on sale any more. */
export const cartLine = z.strictObject({
  id: idAnswer('cartLine'),
  itemId: idAnswer('catalogueItem'),
  /** Null when the item is not on sale any more: the line must go before ordering. */
  item: z
    .strictObject({
      name: z.string(),
      site: z.string().nullable(),
      kind: z.string(),
      delayDays: z.int(),
      unitPrice: money,
    })
    .nullable(),
  quantity: z.int(),
  amount: money.nullable(),
  project: z.strictObject({ id: idAnswer('project'), name: z.string() }).nullable(),
  targetUrl: z.string().nullable(),
  anchorText: z.string().nullable(),
  instructions: z.string().nullable(),
  updatedAt: instant,
})

/** One's cart for a client: lines, total, and the client's budget before and after. */
export const cart = z.strictObject({
  client: z.strictObject({ id: idAnswer('client'), name: z.string() }),
  lines: z.array(cartLine),
  total: money,
  /** What the client's budget has left to spend now. */
  available: money,
  /** What it would have left; below zero when it is not enough. */
  after: money,
})

/** One's cart for a client. */
export const getCart = endpoint({
  name: 'getCart',
  method: 'GET',
  path: '/clients/:id/cart',
  summary: 'The caller’s cart for a client, at today’s prices, with the client’s budget before and after.',
  realms: [...realms],
  may: 'orders.place',
  params: clientParams,
  answer: cart,
})

/** One's carts that hold something. */
export const listCarts = endpoint({
  name: 'listCarts',
  method: 'GET',
  path: '/carts',
  summary: 'The caller’s carts that are not empty, by client.',
  realms: [...realms],
  may: 'orders.place',
  answer: z.strictObject({
    data: z.array(
      z.strictObject({
        client: z.strictObject({ id: idAnswer('client'), name: z.string() }),
        lines: z.int(),
        updatedAt: instant,
      }),
    ),
  }),
})

/** Puts an item into one's cart for a client. */
export const addToCart = endpoint({
  name: 'addToCart',
  method: 'POST',
  path: '/clients/:id/cart',
  summary: 'Put an item into the caller’s cart for a client.',
  realms: [...realms],
  may: 'orders.place',
  params: clientParams,
  body: orderLineInput,
  answer: cart,
  status: 201,
  refusals: ['cart.full', 'order.item_gone', 'client.archived'],
})

/** Changes a line. */
export const updateCartLine = endpoint({
  name: 'updateCartLine',
  method: 'PATCH',
  path: '/cart-lines/:id',
  summary: 'Change the quantity or the wishes of a line of one’s cart.',
  realms: [...realms],
  may: 'orders.place',
  params: z.strictObject({ id: idInput('cartLine') }),
  body: orderLineInput.omit({ itemId: true }).partial(),
  answer: cart,
})

/** Takes a line out. */
export const removeCartLine = endpoint({
  name: 'removeCartLine',
  method: 'DELETE',
  path: '/cart-lines/:id',
  summary: 'Take a line out of one’s cart.',
  realms: [...realms],
  may: 'orders.place',
  params: z.strictObject({ id: idInput('cartLine') }),
  answer: nothing,
})
