import { z } from 'zod'
import { instant, nothing } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'

/** What the signed-in user was told, newest first. */
export const listNotifications = endpoint({
  name: 'listNotifications',
  method: 'GET',
  path: '/notifications',
  summary: 'Notifications of the signed-in user, newest first.',
  realms: ['operator', 'agency', 'hosted_account'],
  may: 'signedIn',
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(100).default(30),
    cursor: idInput('notification').optional(),
  }),
  answer: z.strictObject({
    data: z.array(
      z.strictObject({
        id: idAnswer('notification'),
        kind: z.string(),
        /** The sentence in the caller's language. */
        message: z.string(),
        link: z.string().nullable(),
        createdAt: instant,
        readAt: instant.nullable(),
      }),
    ),
    unread: z.int(),
    nextCursor: z.string().nullable(),
  }),
})

/** Marks notifications as read: those given, or all. */
export const readNotifications = endpoint({
  name: 'readNotifications',
  method: 'POST',
  path: '/notifications/read',
  summary: 'Mark notifications as read; all of them without ids.',
  realms: ['operator', 'agency', 'hosted_account'],
  ofThePerson: true,
  may: 'signedIn',
  allowedWhenReadOnly: true,
  body: z.strictObject({ ids: z.array(idInput('notification')).max(100).optional() }),
  answer: nothing,
})
