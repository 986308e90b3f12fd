import { z } from 'zod'
import {
  calendarDate,
  instant,
  line,
  listQuery,
  money,
  nothing,
  page,
  paragraphs,
} from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'
import { listOf } from '../../contract/list-of.ts'
import { maxOrderFileBytes, newMessage, orderFileAnswer, timelineEntry } from '../order-talk/contract.ts'
import { orderDeliveryAnswer, orderLineAnswer } from '../orders/contract.ts'
import { orderStateNames, targetUrl } from '../../contract/order-fields.ts'

const common = { realms: ['operator' as const], may: 'operator' as const }
const params = z.strictObject({ agencyId: idInput('agency'), id: idInput('order') })
const deliveryParams = params.extend({ deliveryId: idInput('orderDelivery') })
const base = '/operator/agencies/:agencyId/orders/:id'

/** An order as the queue shows it: the agency and the work, never its client, and the operator's own price. */
export const queueRow = z.strictObject({
  id: idAnswer('order'),
  agency: z.strictObject({ id: idAnswer('agency'), name: z.string() }),
  number: z.int(),
  state: z.enum(orderStateNames),
  title: z.string(),
  /** Sites it appears on, the first few. */
  sites: z.array(z.string()),
  suppliers: z.array(z.string()),
  lineCount: z.int(),
  units: z.int(),
  deliveredUnits: z.int(),
  /** What the operator gets for all of it. */
  cost: money,
  placedAt: instant,
  dueOn: calendarDate.nullable(),
  late: z.boolean(),
  contested: z.boolean(),
  unread: z.int(),
})

/** A line with the operator's own price and who supplies it. */
export const queueLine = orderLineAnswer.omit({ unitPrice: true, amount: true, project: true }).extend({
  supplier: z.string().nullable(),
  unitCost: money,
})

/** An order as the staff that fulfils it needs it. */
export const queueOrder = queueRow.extend({
  note: z.string().nullable(),
  lines: z.array(queueLine),
  deliveries: z.array(orderDeliveryAnswer),
  timeline: z.array(timelineEntry),
  acceptedAt: instant.nullable(),
  deliveredAt: instant.nullable(),
  approvesAt: instant.nullable(),
  closeReason: z.string().nullable(),
  version: z.int(),
  can: z.strictObject({
    accept: z.boolean(),
    start: z.boolean(),
    deliver: z.boolean(),
    refuse: z.boolean(),
    refund: z.boolean(),
  }),
})

/** Orders of every agency, what waits longest first. */
export const listOrderQueue = endpoint({
  ...common,
  name: 'listOrderQueue',
  method: 'GET',
  path: '/operator/orders',
  summary: 'Orders of every agency to fulfil, what waits longest first.',
  query: listQuery.omit({ sort: true }).extend({
    state: listOf(z.enum(orderStateNames)).optional(),
    agency: idInput('agency').optional(),
    supplier: z.string().max(100).optional(),
    /** Past its day and not delivered. */
    late: z.stringbool().optional(),
    /** A correction was asked for. */
    contested: z.stringbool().optional(),
    unread: z.stringbool().optional(),
    sort: z.enum(['placedAt', '-placedAt', 'dueOn', '-dueOn']).default('placedAt'),
  }),
  answer: page(queueRow),
})

/** How much waits. */
export const countOrderQueue = endpoint({
  ...common,
  name: 'countOrderQueue',
  method: 'GET',
  path: '/operator/order-counts',
  summary:
    'How many orders wait for acceptance, are accepted or in progress, late, contested, or have unread messages.',
  answer: z.strictObject({
    placed: z.int(),
    accepted: z.int(),
    inProgress: z.int(),
    late: z.int(),
    contested: z.int(),
    unread: z.int(),
  }),
})

/** One order, with what was said about it. Opening it is written in the operator's journal. */
export const getQueueOrder = endpoint({
  ...common,
  name: 'getQueueOrder',
  method: 'GET',
  path: base,
  summary: 'An order to fulfil: lines, deliveries, messages.',
  params,
  answer: queueOrder,
})

/** Accepts or starts one or several orders. */
export const advanceOrders = endpoint({
  ...common,
  name: 'advanceOrders',
  method: 'POST',
  path: '/operator/orders/advance',
  summary: 'Accept or start orders; those that are past that are named, the others done.',
  body: z.strictObject({
    to: z.enum(['accepted', 'in_progress']),
    orders: z
      .array(z.strictObject({ agencyId: idInput('agency'), id: idInput('order') }))
      .min(1)
      .max(100),
  }),
  answer: z.strictObject({ done: z.int(), refused: z.array(idAnswer('order')) }),
})

const proof = {
  /** Page where it can be seen. */
  proofUrl: targetUrl.optional(),
  /** Or a file, for content. */
  fileId: idInput('orderFile').nullable().optional(),
  /** Day it went live; today when absent. */
  deliveredOn: calendarDate.optional(),
  note: z
    .string()
    .transform((v) => (v.trim() === '' ? null : v))
    .pipe(paragraphs(1000).nullable())
    .nullable()
    .optional(),
}

/** Hands in units with their proof: they are paid at once, the rest stays held. */
export const deliverOrder = endpoint({
  ...common,
  name: 'deliverOrder',
  method: 'POST',
  path: `${base}/deliver`,
  summary: 'Deliver units of one or several lines with their proof; they are paid at once.',
  params,
  body: z.strictObject({
    deliveries: z
      .array(
        z.strictObject({
          lineId: idInput('orderLine'),
          quantity: z.int().min(1).max(1000).default(1),
          ...proof,
        }),
      )
      .min(1)
      .max(100),
  }),
  answer: queueOrder,
  idempotencyKey: 'required',
  refusals: ['order.state', 'order.units', 'order.no_proof'],
})

/** Another proof for a contested delivery. */
export const correctDelivery = endpoint({
  ...common,
  name: 'correctDelivery',
  method: 'POST',
  path: `${base}/deliveries/:deliveryId/correct`,
  summary: 'Hand in another proof for a delivery that a correction was asked for.',
  params: deliveryParams,
  body: z.strictObject(proof),
  answer: queueOrder,
  refusals: ['order.state', 'order.delivery_settled', 'order.no_proof'],
})

/** Visits a proof again. */
export const checkDelivery = endpoint({
  ...common,
  name: 'checkDelivery',
  method: 'POST',
  path: `${base}/deliveries/:deliveryId/check`,
  summary: 'Visit the proof of a delivery again.',
  params: deliveryParams,
  answer: nothing,
  refusals: ['order.no_proof'],
})

/** Refuses what is still to come, all of it or some units: its money is free again. */
export const refuseOrder = endpoint({
  ...common,
  name: 'refuseOrder',
  method: 'POST',
  path: `${base}/refuse`,
  summary: 'Refuse what is still to come of an order, or some units of it, with the reason.',
  params,
  body: z.strictObject({
    reason: line(500),
    /** All that is still to come when absent. */
    lines: z
      .array(z.strictObject({ lineId: idInput('orderLine'), quantity: z.int().min(1).max(1000) }))
      .min(1)
      .max(100)
      .optional(),
  }),
  answer: queueOrder,
  idempotencyKey: 'required',
  refusals: ['order.state', 'order.units'],
})

/** Pays a delivery back to the client that paid. */
export const refundDelivery = endpoint({
  ...common,
  name: 'refundDelivery',
  method: 'POST',
  path: `${base}/deliveries/:deliveryId/refund`,
  summary: 'Pay a delivery back to the client that paid, with the reason.',
  params: deliveryParams,
  body: z.strictObject({ reason: line(500) }),
  answer: queueOrder,
  idempotencyKey: 'required',
  refusals: ['order.state', 'order.delivery_settled', 'wallet.insufficient'],
})

/** Says who supplies a line. */
export const setLineSupplier = endpoint({
  ...common,
  name: 'setLineSupplier',
  method: 'PUT',
  path: `${base}/lines/:lineId/supplier`,
  summary: 'Say who supplies a line of an order; the agency does not see it.',
  params: params.extend({ lineId: idInput('orderLine') }),
  body: z.strictObject({ supplier: line(100).nullable() }),
  answer: nothing,
})

/** Writes to the agency. */
export const answerOrder = endpoint({
  ...common,
  name: 'answerOrder',
  method: 'POST',
  path: `${base}/messages`,
  summary: 'Write to the agency about an order; its client’s people read it if the message says so.',
  params,
  body: newMessage,
  answer: z.strictObject({ id: idAnswer('orderMessage') }),
  status: 201,
})

/** Marks the agency's messages as read. */
export const readQueueOrder = endpoint({
  ...common,
  name: 'readQueueOrder',
  method: 'POST',
  path: `${base}/read`,
  summary: 'Mark the agency’s messages about an order as read.',
  params,
  answer: nothing,
})

/** Keeps a file until a message or a delivery takes it along. */
export const uploadQueueFile = endpoint({
  ...common,
  name: 'uploadQueueFile',
  method: 'POST',
  path: `${base}/files`,
  summary: 'Join a file to an order (`file`, multipart/form-data).',
  params,
  upload: { maxBytes: maxOrderFileBytes },
  answer: orderFileAnswer,
  status: 201,
  refusals: ['order.file_type', 'order.file_too_large', 'order.too_many_files'],
})

/** The file itself, always as an attachment. */
export const downloadQueueFile = endpoint({
  ...common,
  name: 'downloadQueueFile',
  method: 'GET',
  path: `${base}/files/:fileId`,
  summary: 'A file joined to an order.',
  params: params.extend({ fileId: idInput('orderFile') }),
  streams: 'application/octet-stream',
  answer: nothing,
})
