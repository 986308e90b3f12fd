import { z } from 'zod'
import { calendarDate, instant, line, listQuery, money, page, paragraphs } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'
import { listOf } from '../../contract/list-of.ts'
import { roles } from '../../contract/rights.ts'
import { orderStateNames, targetUrl, deliveryCheckStates } from '../../contract/order-fields.ts'

const realms = ['agency'] as const
const params = z.strictObject({ id: idInput('order') })

const projectRef = z.strictObject({ id: idAnswer('project'), name: z.string() })

/** An order as lists show it. */
export const orderRow = z.strictObject({
  id: idAnswer('order'),
  /** Counts up within the agency. */
  number: z.int(),
  client: z.strictObject({ id: idAnswer('client'), name: z.string() }),
  project: projectRef.nullable(),
  campaign: z.strictObject({ id: idAnswer('campaign'), name: z.string() }).nullable(),
  state: z.enum(orderStateNames),
  /** First item, and how many lines there are. */
  title: z.string(),
  lineCount: z.int(),
  /** Units ordered, and of these: delivered and paid. */
  units: z.int(),
  deliveredUnits: z.int(),
  total: money,
  /** Still held on the client's budget. */
  held: money,
  /** Paid for what was delivered, refunds taken off. */
  captured: money,
  placedBy: z.string(),
  placedAt: instant,
  dueOn: calendarDate.nullable(),
  approvesAt: instant.nullable(),
  /** A delivery waits for a correction. */
  contested: z.boolean(),
  unread: z.int(),
})

/** One item of an order, at the version and price it had when placed. */
export const orderLineAnswer = z.strictObject({
  id: idAnswer('orderLine'),
  itemVersion: z.int(),
  kind: z.string(),
  title: z.string(),
  site: z.string().nullable(),
  delayDays: z.int(),
  project: projectRef.nullable(),
  targetUrl: z.string().nullable(),
  anchorText: z.string().nullable(),
  instructions: z.string().nullable(),
  quantity: z.int(),
  delivered: z.int(),
  refused: z.int(),
  refunded: z.int(),
  /** Still to come. */
  waiting: z.int(),
  unitPrice: money,
  amount: money,
})

/** Units handed in at once, with their proof and what a visit to it found. */
export const orderDeliveryAnswer = z.strictObject({
  id: idAnswer('orderDelivery'),
  lineId: idAnswer('orderLine'),
  quantity: z.int(),
  proofUrl: z.string().nullable(),
  file: z.strictObject({ id: idAnswer('orderFile'), name: z.string(), size: z.int() }).nullable(),
  deliveredOn: calendarDate,
  note: z.string().nullable(),
  state: z.enum(['given', 'contested', 'refunded']),
  contestReason: z.string().nullable(),
  check: z.strictObject({
    state: z.enum(deliveryCheckStates),
    status: z.int().nullable(),
    title: z.string().nullable(),
    /** The page links to the line's target; null when it has none. */
    link: z.boolean().nullable(),
    rel: z.string().nullable(),
    at: instant.nullable(),
  }),
  createdAt: instant,
})

/** One order as its page shows it. */
export const orderAnswer = orderRow.extend({
  lines: z.array(orderLineAnswer),
  deliveries: z.array(orderDeliveryAnswer),
  refunded: money,
  /** The operator's part of the total, and what stays with the agency; owners only. */
  cost: money.nullable(),
  margin: money.nullable(),
  /** Who stood above the client when it was placed, from the top down; the agency's people only. */
  path: z.array(z.strictObject({ id: idAnswer('member'), role: z.enum(roles), name: z.string() })),
  /** Names along the acting chain it was placed through; empty when nobody acted for anybody. */
  placedChain: z.array(z.string()),
  note: z.string().nullable(),
  acceptedAt: instant.nullable(),
  deliveredAt: instant.nullable(),
  closedAt: instant.nullable(),
  closeReason: z.string().nullable(),
  updatedAt: instant,
  version: z.int(),
  can: z.strictObject({
    cancel: z.boolean(),
    approve: z.boolean(),
    contest: z.boolean(),
    write: z.boolean(),
    seeCost: z.boolean(),
  }),
})

/** What lists of orders may be filtered by; views keep them under these names. */
export const orderFilters = {
  q: z.string().max(200).optional(),
  state: listOf(z.enum(orderStateNames)).optional(),
  client: listOf(idInput('client')).optional(),
  /** The project ordered for, of the order or of one of its lines. */
  project: listOf(idInput('project')).optional(),
  campaign: listOf(idInput('campaign')).optional(),
  /** One of them stood above the client when it was ordered (stored path). */
  member: listOf(idInput('member')).optional(),
  /** The nearest manager above the client then, its consultant then: as totals count them. */
  manager: listOf(idInput('member')).optional(),
  consultant: listOf(idInput('member')).optional(),
  from: calendarDate.optional(),
  to: calendarDate.optional(),
  /** Orders past their day and not delivered. */
  late: z.stringbool().optional(),
  unread: z.stringbool().optional(),
}

/** Orders of a list. */
export const orderSorts = ['-placedAt', 'placedAt', '-total', 'total', 'dueOn', '-dueOn'] as const

/** Orders in sight. */
export const listOrders = endpoint({
  name: 'listOrders',
  method: 'GET',
  path: '/orders',
  summary: 'Orders of the clients in sight, latest first.',
  realms: [...realms],
  may: 'orders.read',
  query: listQuery.extend({ ...orderFilters, sort: z.enum(orderSorts).default('-placedAt') }),
  answer: page(orderRow),
})

/** How many orders are under way, of those in sight. */
export const countOrders = endpoint({
  name: 'countOrders',
  method: 'GET',
  path: '/order-counts',
  summary: 'How many orders in sight are under way in each state, are late, or have unread messages.',
  realms: [...realms],
  may: 'orders.read',
  answer: z.strictObject({
    states: z.strictObject({
      placed: z.int(),
      accepted: z.int(),
      in_progress: z.int(),
      delivered: z.int(),
    }),
    late: z.int(),
    unread: z.int(),
  }),
})

/** An item to order. */
export const orderLineInput = z.strictObject({
  itemId: idInput('catalogueItem'),
  quantity: z.int().min(1, 'field.invalid').max(1000, 'field.invalid').default(1),
  projectId: idInput('project').nullable().optional(),
  targetUrl: targetUrl.optional(),
  anchorText: z
    .string()
    .transform((v) => (v.trim() === '' ? null : v))
    .pipe(line(200).nullable())
    .nullable()
    .optional(),
  instructions: z
    .string()
    .transform((v) => (v.trim() === '' ? null : v))
    .pipe(paragraphs(4000).nullable())
    .nullable()
    .optional(),
})

/** Places an order in a client's name (C1, C18, C19): its total is held on the client's budget. */
export const placeOrder = endpoint({
  name: 'placeOrder',
  method: 'POST',
  path: '/orders',
  summary: 'Order items in a client’s name; the total is held on its budget.',
  realms: [...realms],
  may: 'orders.place',
  body: z.strictObject({
    clientId: idInput('client'),
    projectId: idInput('project').nullable().optional(),
    campaignId: idInput('campaign').nullable().optional(),
    note: z
      .string()
      .transform((v) => (v.trim() === '' ? null : v))
      .pipe(paragraphs(2000).nullable())
      .nullable()
      .optional(),
    lines: z.array(orderLineInput).min(1, 'field.required').max(100, 'field.too_long'),
    /** What the buyer was shown; 409 `order.price_changed` with today's when it is another. */
    expectedTotal: money,
    /** Ordered although the campaign's budget does not allow for it. */
    confirmOverBudget: z.boolean().default(false),
    /** These lines of the caller's cart are taken out of it. */
    cartLineIds: z.array(idInput('cartLine')).max(100).default([]),
  }),
  answer: orderAnswer,
  status: 201,
  idempotencyKey: 'required',
  refusals: [
    'wallet.insufficient',
    'order.price_changed',
    'order.item_gone',
    'order.below_cost',
    'campaign.over_budget',
    'campaign.closed',
    'project.archived',
    'client.archived',
  ],
})

/** One order. */
export const getOrder = endpoint({
  name: 'getOrder',
  method: 'GET',
  path: '/orders/:id',
  summary: 'One order: lines, deliveries with their proof, money, and what the caller may do.',
  realms: [...realms],
  may: 'orders.read',
  params,
  answer: orderAnswer,
})

/** Takes an order back before it is accepted. */
export const cancelOrder = endpoint({
  name: 'cancelOrder',
  method: 'POST',
  path: '/orders/:id/cancel',
  summary: 'Cancel an order nobody has accepted yet; all its money is free again.',
  realms: [...realms],
  may: 'orders.place',
  params,
  body: z.strictObject({ reason: line(500).optional() }),
  answer: orderAnswer,
  idempotencyKey: 'required',
  refusals: ['order.state'],
})

/** Approves a delivered order. */
export const approveOrder = endpoint({
  name: 'approveOrder',
  method: 'POST',
  path: '/orders/:id/approve',
  summary: 'Approve what was delivered.',
  realms: [...realms],
  may: 'orders.approve',
  params,
  answer: orderAnswer,
  refusals: ['order.state'],
})

/** Approves several delivered orders. */
export const approveOrders = endpoint({
  name: 'approveOrders',
  method: 'POST',
  path: '/orders/approve',
  summary: 'Approve several delivered orders; those that are not delivered any more are named.',
  realms: [...realms],
  may: 'orders.approve',
  body: z.strictObject({ ids: z.array(idInput('order')).min(1).max(100) }),
  answer: z.strictObject({ approved: z.int(), refused: z.array(idAnswer('order')) }),
})

/** Asks for a correction of a delivery. */
export const contestDelivery = endpoint({
  name: 'contestDelivery',
  method: 'POST',
  path: '/orders/:id/contest',
  summary: 'Ask for a correction of a delivery; the order is in progress again.',
  realms: [...realms],
  may: 'orders.approve',
  params,
  body: z.strictObject({ deliveryId: idInput('orderDelivery'), reason: line(500) }),
  answer: orderAnswer,
  refusals: ['order.state', 'order.delivery_settled'],
})

/** How the agency runs its orders. */
export const getOrderSettings = endpoint({
  name: 'getOrderSettings',
  method: 'GET',
  path: '/order-settings',
  summary: 'When deliveries approve themselves.',
  realms: [...realms],
  may: 'orders.read',
  answer: z.strictObject({
    approvalDays: z.int(),
    version: z.int(),
    can: z.strictObject({ edit: z.boolean() }),
  }),
})

/** Changes it. */
export const updateOrderSettings = endpoint({
  name: 'updateOrderSettings',
  method: 'PUT',
  path: '/order-settings',
  summary: 'Set after how many days a delivery that nobody answers approves itself.',
  realms: [...realms],
  may: 'orders.settings',
  body: z.strictObject({
    approvalDays: z.int().min(1, 'field.invalid').max(90, 'field.invalid'),
    version: z.int(),
  }),
  answer: z.strictObject({
    approvalDays: z.int(),
    version: z.int(),
    can: z.strictObject({ edit: z.boolean() }),
  }),
  refusals: ['version.stale'],
})
