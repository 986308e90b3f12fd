import { z } from 'zod'
import { instant } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'

const summary = {
  id: idAnswer('mail'),
  kind: z.string(),
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  state: z.enum(['queued', 'sent', 'failed']),
  createdAt: instant,
}

/** The last mails of the whole installation, where no SMTP server is set and the base host is this machine. */
export const listMailbox = endpoint({
  name: 'listMailbox',
  method: 'GET',
  path: '/mailbox',
  summary: 'Development mailbox: the last 200 mails, newest first. Exists only without SMTP, on localhost.',
  realms: ['operator'],
  may: 'anyone',
  query: z.strictObject({ to: z.string().max(254).optional() }),
  answer: z.strictObject({ data: z.array(z.strictObject(summary)) }),
})

/** One mail of the development mailbox. */
export const getMailboxMail = endpoint({
  name: 'getMailboxMail',
  method: 'GET',
  path: '/mailbox/:id',
  summary: 'One mail of the development mailbox.',
  realms: ['operator'],
  may: 'anyone',
  params: z.strictObject({ id: idInput('mail') }),
  answer: z.strictObject({ ...summary, html: z.string(), text: z.string() }),
})
