import { z } from 'zod'
import { email, line, locale, nothing } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { slug } from '../../contract/slug.ts'
import { timeZone } from '../../contract/time-zone.ts'
import { newPassword } from '../sign-in/contract.ts'

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
    /** The agency whose hosted account this is; null elsewhere. */
    agency: z.string().nullable(),
    /** `readOnly` or `closed`: a hosted account that is not open to its users now. Always `open` elsewhere. */
    door: z.enum(['open', 'readOnly', 'closed']),
    /** The base host's address, where agencies are created and found. */
    baseUrl: z.string(),
    /** `#rrggbb`; null when the realm kept the product's colour. */
    brandColor: z.string().nullable(),
    /** Where its people may write for help; null when it gave none. */
    supportEmail: z.string().nullable(),
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

/** Whether an address is free, while it is being typed; for a name, the address proposed. */
export const checkSlug = endpoint({
  name: 'checkSlug',
  method: 'GET',
  path: '/agency-address',
  summary: 'Whether an agency address is free, and one that is.',
  realms: ['operator'],
  may: 'anyone',
  query: z.strictObject({
    /** The address typed. */
    slug: z.string().max(200).optional(),
    /** The agency's name, when no address was typed. */
    name: z.string().max(200).optional(),
  }),
  answer: z.strictObject({
    slug: z.string(),
    free: z.boolean(),
    /** Why it cannot be used, in the caller's language. */
    problem: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
    /** A free one close to it; null when it is free itself or nothing resembles it. */
    suggestion: z.string().nullable(),
    /** Whole address it would have. */
    address: z.string(),
  }),
  example: {
    query: { name: 'Studio Lumière' },
    answer: {
      slug: 'studio-lumiere',
      free: true,
      problem: null,
      suggestion: null,
      address: 'http://studio-lumiere.localhost:3000',
    },
  },
})

/** Where to go on, signed in: `url` holds a code that works once within 60 seconds. */
export const crossing = z.strictObject({ address: z.string(), url: z.string() })

/** Creates an agency and its first owner (A1). Says nothing about where else the e-mail is known. */
export const signUpAgency = endpoint({
  name: 'signUpAgency',
  dear: true,
  method: 'POST',
  path: '/agencies',
  summary: 'Creates an agency with its first owner, and leads to its address signed in.',
  realms: ['operator'],
  may: 'anyone',
  status: 201,
  body: z.strictObject({
    /** `agency` opens client folders, `advertiser` doesn't (A1). */
    kind: z.enum(['agency', 'advertiser']),
    name: line(80),
    slug,
    ownerName: line(80),
    email,
    password: newPassword,
    locale,
    timeZone,
  }),
  answer: crossing,
})

/** Turns the code of a crossing into a session of this host. */
export const crossHost = endpoint({
  name: 'crossHost',
  method: 'POST',
  path: '/crossings',
  summary: 'Opens a session on this host with a code made on another (60 seconds, once).',
  realms: ['agency', 'hosted_account'],
  may: 'anyone',
  body: z.strictObject({ code: z.string().min(1, 'field.required').max(200) }),
  answer: nothing,
  refusals: ['link.spent'],
})

/** Mails the list of an address's agencies to it; the answer is the same whether there are any. */
export const findMyAgency = endpoint({
  name: 'findMyAgency',
  dear: true,
  method: 'POST',
  path: '/agencies/find',
  summary: 'Mails the addresses of a person’s agencies to that person; says nothing here.',
  realms: ['operator'],
  may: 'anyone',
  status: 202,
  body: z.strictObject({ email }),
  answer: nothing,
})
