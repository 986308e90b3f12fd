import { z } from 'zod'
import { locale } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'

/** What anybody on a host may know about it before signing in: whose place it is and how it looks. */
export const getRealm = endpoint({
  name: 'getRealm',
  method: 'GET',
  path: '/realm',
  summary: 'Whose place this host is, its brand and what it offers before sign-in.',
  realms: ['operator', 'agency', 'hosted_account'],
  may: 'anyone',
  answer: z.strictObject({
    kind: z.enum(['operator', 'agency', 'hosted_account']),
    name: z.string(),
    /** Null on the base host. */
    slug: z.string().nullable(),
    /** The base host's address, where agencies are created and found. */
    baseUrl: z.string(),
    /** `#rrggbb`; null when the realm kept the product's colour. */
    brandColor: z.string().nullable(),
    locale,
    /** The clock may be moved and sample data created. */
    sandbox: z.boolean(),
    /** The development mailbox page answers (no SMTP server is set). */
    mailbox: z.boolean(),
    /** No agency exists yet. */
    emptyInstallation: z.boolean(),
    /** The host may use passkeys. */
    passkeys: z.boolean(),
  }),
})
