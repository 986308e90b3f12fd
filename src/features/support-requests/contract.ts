import { z } from 'zod'
import { instant, line, nothing, page, paragraphs } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'

/** What may be asked: the hierarchical modes (C4), a transfer, a second extension of a trial, anything else (B13). */
export const supportKinds = ['hierarchy', 'transfer', 'trial_extension', 'help'] as const
export type SupportKind = (typeof supportKinds)[number]

/** `open` until the operator grants or refuses it, or either side closes it. */
export const supportStates = ['open', 'granted', 'refused', 'closed'] as const
export type SupportState = (typeof supportStates)[number]

const body = paragraphs(5000)

/** A request in a list. */
export const supportRequest = z.strictObject({
  id: idAnswer('supportRequest'),
  kind: z.enum(supportKinds),
  title: z.string(),
  state: z.enum(supportStates),
  openedBy: z.string(),
  openedAt: instant,
  lastMessageAt: instant,
  /** Whose the last message is: the other side is waited for. */
  lastSide: z.enum(['agency', 'operator']),
  /** Messages of the other side not opened yet. */
  unread: z.int(),
  /** Who granted, refused or closed it, and when. */
  decided: z.strictObject({ by: z.string(), at: instant }).nullable(),
})

const message = z.strictObject({
  id: idAnswer('supportMessage'),
  side: z.enum(['agency', 'operator']),
  author: z.string(),
  /** Who wrote it for the author while acting. */
  via: z.string().nullable(),
  body: z.string(),
  createdAt: instant,
})

/** A request with its conversation, oldest message first. */
export const supportConversation = supportRequest.extend({ messages: z.array(message) })

const example = {
  id: 'sup_0199a1b2c3d47e5f8a9b0c1d2e3f4a5b',
  kind: 'hierarchy',
  title: 'Activer les modes à plusieurs niveaux',
  state: 'open',
  openedBy: 'Camille Rousseau',
  openedAt: '2026-11-20T09:14:00.000Z',
  lastMessageAt: '2026-11-20T09:14:00.000Z',
  lastSide: 'agency',
  unread: 0,
  decided: null,
} as const
const exampleMessage = {
  id: 'smg_0199a1b2c3d47e5f8a9b0c1d2e3f4a5b',
  side: 'agency',
  author: 'Camille Rousseau',
  via: null,
  body: 'Nous sommes douze, avec trois managers.',
  createdAt: '2026-11-20T09:14:00.000Z',
} as const
const exampleConversation = { ...example, messages: [exampleMessage] }

const mine = { realms: ['agency' as const], may: 'support.request' as const }
const theirs = { realms: ['operator' as const], may: 'operator' as const }
const params = z.strictObject({ id: idInput('supportRequest') })
const listed = z.strictObject({
  state: z.enum(supportStates).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
})

/** The agency's own requests. */
export const listSupportRequests = endpoint({
  ...mine,
  name: 'listSupportRequests',
  method: 'GET',
  path: '/support-requests',
  summary: 'What the agency asked of the operator, last written first.',
  query: listed,
  answer: page(supportRequest).extend({ unread: z.int() }),
  example: { answer: { data: [example], nextCursor: null, unread: 0 } },
})

/** Asks something of the operator. */
export const openSupportRequest = endpoint({
  ...mine,
  name: 'openSupportRequest',
  method: 'POST',
  path: '/support-requests',
  summary:
    'Ask the operator something: the hierarchical modes, or help. Their answer is notified and mailed.',
  body: z.strictObject({
    kind: z.enum(['hierarchy', 'help']),
    /** Subject; the kind's own words when absent. */
    title: line(150).optional(),
    body,
  }),
  answer: supportConversation,
  status: 201,
  refusals: ['support_request.already_open', 'support_request.already_enabled'],
  example: { body: { kind: 'hierarchy', body: exampleMessage.body }, answer: exampleConversation },
})

/** One request with its messages. */
export const getSupportRequest = endpoint({
  ...mine,
  name: 'getSupportRequest',
  method: 'GET',
  path: '/support-requests/:id',
  summary: 'One request with its conversation.',
  params,
  answer: supportConversation,
  example: { answer: exampleConversation },
})

/** Writes one more message. */
export const replyToSupport = endpoint({
  ...mine,
  name: 'replyToSupport',
  method: 'POST',
  path: '/support-requests/:id/messages',
  summary: 'Write a message; a closed request opens again.',
  params,
  body: z.strictObject({ body }),
  answer: supportConversation,
  status: 201,
  refusals: ['support_request.already_open'],
})

/** Marks the operator's messages as read. */
export const readSupportRequest = endpoint({
  ...mine,
  name: 'readSupportRequest',
  method: 'POST',
  path: '/support-requests/:id/read',
  summary: 'Mark the operator’s messages as read.',
  params,
  answer: nothing,
})

/** Takes a request back. */
export const closeSupportRequest = endpoint({
  ...mine,
  name: 'closeSupportRequest',
  method: 'POST',
  path: '/support-requests/:id/close',
  summary: 'Close a request that is not needed any more.',
  params,
  answer: supportConversation,
  refusals: ['support_request.decided'],
})

/** An agency's request as the operator reads it. */
const operatorFields = {
  agency: z.strictObject({ id: idAnswer('agency'), name: z.string(), slug: z.string() }),
}

/** Every request of the installation. */
export const listOperatorRequests = endpoint({
  ...theirs,
  name: 'listOperatorRequests',
  method: 'GET',
  path: '/operator/support-requests',
  summary: 'Requests of every agency, last written first.',
  query: listed,
  answer: page(supportRequest.extend(operatorFields)).extend({ unread: z.int() }),
})

/** One request, read by the operator. */
export const getOperatorRequest = endpoint({
  ...theirs,
  name: 'getOperatorRequest',
  method: 'GET',
  path: '/operator/support-requests/:id',
  summary: 'One request with its conversation, read by the operator.',
  params,
  answer: supportConversation.extend(operatorFields),
})

/** The operator answers. */
export const answerSupportRequest = endpoint({
  ...theirs,
  name: 'answerSupportRequest',
  method: 'POST',
  path: '/operator/support-requests/:id/messages',
  summary: 'Answer a request; its agency’s owners are notified and mailed.',
  params,
  body: z.strictObject({ body }),
  answer: supportConversation.extend(operatorFields),
  status: 201,
})

/** The operator has read it. */
export const readOperatorRequest = endpoint({
  ...theirs,
  name: 'readOperatorRequest',
  method: 'POST',
  path: '/operator/support-requests/:id/read',
  summary: 'Mark the agency’s messages as read.',
  params,
  answer: nothing,
})

/** The operator decides. */
export const decideSupportRequest = endpoint({
  ...theirs,
  name: 'decideSupportRequest',
  method: 'POST',
  path: '/operator/support-requests/:id/decision',
  summary: 'Grant, refuse or close a request, with a message or without. Granting does what was asked.',
  params,
  body: z.strictObject({
    decision: z.enum(['granted', 'refused', 'closed']),
    body: body.optional(),
  }),
  answer: supportConversation.extend(operatorFields),
  // The last when what was asked cannot be done any more (a trial bought meanwhile).
  refusals: ['support_request.decided', 'hosted_account.status'],
})
