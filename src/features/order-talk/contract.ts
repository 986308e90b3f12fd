import { z } from 'zod'
import { instant, nothing, paragraphs } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'
import { orderStateNames } from '../../contract/order-fields.ts'

const realms = ['agency'] as const
const params = z.strictObject({ id: idInput('order') })

/** Largest file, bytes, and how many an order may have. */
export const maxOrderFileBytes = 8_000_000
export const maxOrderFiles = 40

const people = z.strictObject({
  at: instant,
  side: z.enum(['agency', 'client', 'operator', 'system']),
  /** The person at the keyboard. */
  actor: z.string(),
  /** In whose name, while acting; null otherwise. */
  subject: z.string().nullable(),
})

/** A file joined to an order. */
export const orderFileAnswer = z.strictObject({
  id: idAnswer('orderFile'),
  name: z.string(),
  contentType: z.string(),
  size: z.int(),
})

/** What happened to an order and what was said about it. */
export const timelineEntry = z.discriminatedUnion('kind', [
  people.extend({
    kind: z.literal('event'),
    id: z.string(),
    /** Text key `orders.event.<event>`. */
    event: z.string(),
    state: z.enum(orderStateNames),
    data: z.record(z.string(), z.unknown()),
  }),
  people.extend({
    kind: z.literal('message'),
    id: idAnswer('orderMessage'),
    body: z.string(),
    /** The client's own people see it. */
    forClient: z.boolean(),
    mine: z.boolean(),
    files: z.array(orderFileAnswer),
  }),
])
export type TimelineEntry = z.output<typeof timelineEntry>

/** The timeline, newest first; opening it marks the operator's messages as read. */
export const listOrderTimeline = endpoint({
  name: 'listOrderTimeline',
  method: 'GET',
  path: '/orders/:id/timeline',
  summary: 'What happened to an order and what was said about it, newest first.',
  realms: [...realms],
  may: 'orders.read',
  params,
  answer: z.strictObject({ data: z.array(timelineEntry) }),
})

/** Says that the caller has read the operator's messages. */
export const readOrderMessages = endpoint({
  name: 'readOrderMessages',
  method: 'POST',
  path: '/orders/:id/read',
  summary: 'Mark the operator’s messages about an order as read.',
  realms: [...realms],
  may: 'orders.read',
  params,
  answer: nothing,
})

/** What a message holds. */
export const newMessage = z.strictObject({
  body: paragraphs(4000),
  /** The client's own people see it too; a client's own messages always are. */
  forClient: z.boolean().default(false),
  fileIds: z.array(idInput('orderFile')).max(10).default([]),
})

/** Writes to whoever is on the other side. */
export const writeOrderMessage = endpoint({
  name: 'writeOrderMessage',
  method: 'POST',
  path: '/orders/:id/messages',
  summary: 'Write a message about an order; the operator reads it, and the client’s people if it says so.',
  realms: [...realms],
  may: 'orders.place',
  params,
  body: newMessage,
  answer: z.strictObject({ id: idAnswer('orderMessage') }),
  status: 201,
})

/** Keeps a file until a message takes it along. */
export const uploadOrderFile = endpoint({
  name: 'uploadOrderFile',
  method: 'POST',
  path: '/orders/:id/files',
  summary: 'Join a file to an order (`file`, multipart/form-data): pictures, PDF, office documents, text.',
  realms: [...realms],
  may: 'orders.place',
  params,
  upload: { maxBytes: maxOrderFileBytes },
  answer: orderFileAnswer,
  status: 201,
  refusals: ['order.file_type', 'order.file_too_large', 'order.too_many_files'],
})

/** The file itself, always as an attachment. */
export const downloadOrderFile = endpoint({
  name: 'downloadOrderFile',
  method: 'GET',
  path: '/orders/:id/files/:fileId',
  summary: 'A file joined to an order.',
  realms: [...realms],
  may: 'orders.read',
  params: z.strictObject({ id: idInput('order'), fileId: idInput('orderFile') }),
  streams: 'application/octet-stream',
  answer: nothing,
})
