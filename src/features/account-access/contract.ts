import { z } from 'zod'
import { instant } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'

/** A page of the agency, to come back to: a path of its own host only. */
const backTo = z
  .string()
  .max(1000, 'field.too_long')
  .regex(/^\/(?![/\\])[^\s\\]*$/, 'field.invalid')

const visit = z.strictObject({
  id: idAnswer('accountAccess'),
  /** Who of the agency, and in whose name when they acted for a colleague. */
  actor: z.strictObject({ name: z.string() }),
  reason: z.string().nullable(),
  readOnly: z.boolean(),
  startedAt: instant,
  endsAt: instant,
  ended: z.boolean(),
})
const exampleVisit = {
  id: 'acv_0199a1b2c3d47e5f8a9b0c1d2e3f4a5e',
  actor: { name: 'Camille Rousseau' },
  reason: null,
  readOnly: false,
  startedAt: '2026-11-20T09:14:00.000Z',
  endsAt: '2026-11-20T09:44:00.000Z',
  ended: false,
}

/** Opens a hosted account as its administrator, without a password (B9). */
export const enterAccount = endpoint({
  name: 'enterAccount',
  method: 'POST',
  path: '/hosted-accounts/:id/visits',
  summary:
    'Enter a hosted account as its administrator for 30 minutes: an address good once, within 60 seconds.',
  realms: ['agency'],
  may: 'accounts.enter',
  allowedWhenReadOnly: true,
  params: z.strictObject({ id: idInput('hostedAccount') }),
  body: z.strictObject({
    /** Where one comes back to on leaving. */
    backTo: backTo.default('/'),
    reason: z.string().trim().max(300, 'field.too_long').optional(),
  }),
  answer: z.strictObject({ url: z.string() }),
  status: 201,
  refusals: ['account_access.closed', 'account_access.no_admin', 'acting.session_needed'],
  example: {
    body: { backTo: '/revente' },
    answer: { url: 'http://maison-berthe.localhost:3000/entrer#3nGx…' },
  },
})

/** Turns the code of "Connexion" into a session on the account's host. */
export const arriveInAccount = endpoint({
  name: 'arriveInAccount',
  method: 'POST',
  path: '/visits',
  summary: 'Open a session in this hosted account with a code made by its agency (60 seconds, once).',
  realms: ['hosted_account'],
  may: 'anyone',
  body: z.strictObject({ code: z.string().min(1, 'field.required').max(200) }),
  answer: z.strictObject({
    /** The agency's page one came from. */
    backUrl: z.string(),
  }),
  refusals: ['link.spent'],
})

const current = {
  realms: ['hosted_account' as const],
  may: 'signedIn' as const,
  allowedWhenReadOnly: true,
  ofThePerson: true,
}

/** Thirty more minutes. */
export const renewVisit = endpoint({
  ...current,
  name: 'renewVisit',
  method: 'POST',
  path: '/visits/current/renew',
  summary: 'Give the visit in progress thirty more minutes.',
  answer: visit,
  refusals: ['acting.none'],
  example: { answer: exampleVisit },
})

/** Stops, or allows again, every write of the visit. */
export const setVisitReadOnly = endpoint({
  ...current,
  name: 'setVisitReadOnly',
  method: 'PUT',
  path: '/visits/current/read-only',
  summary: 'Turn writes off, or on again, in the visit in progress.',
  body: z.strictObject({ readOnly: z.boolean() }),
  answer: visit,
  refusals: ['acting.none', 'acting.always_read_only'],
  example: { body: { readOnly: true }, answer: { ...exampleVisit, readOnly: true } },
})

/** Leaves the account: the session there ends. */
export const leaveAccount = endpoint({
  ...current,
  name: 'leaveAccount',
  method: 'DELETE',
  path: '/visits/current',
  summary: 'Leave the hosted account; gives the agency’s page one came from.',
  answer: z.strictObject({ url: z.string() }),
  refusals: ['acting.none'],
  example: { answer: { url: 'http://studio-lumiere.localhost:3000/revente' } },
})

/** Who of the agency was in the account, when, and what they did: for its administrators. */
export const listVisits = endpoint({
  name: 'listVisits',
  method: 'GET',
  path: '/visits',
  summary: 'Who of the agency was in this account, when, and what they did, newest first.',
  realms: ['hosted_account'],
  may: 'account.visits',
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(2000).optional(),
  }),
  answer: z.strictObject({
    data: z.array(
      visit.extend({
        /** Writes made during it. */
        actCount: z.int(),
        /** The last ten, in the caller's language. */
        acts: z.array(z.strictObject({ label: z.string(), name: z.string().nullable(), at: instant })),
      }),
    ),
    nextCursor: z.string().nullable(),
  }),
  example: {
    answer: {
      data: [
        {
          ...exampleVisit,
          actCount: 1,
          acts: [{ label: 'Personne invitée', name: 'Hélène Lacombe', at: '2026-11-20T09:20:00.000Z' }],
        },
      ],
      nextCursor: null,
    },
  },
})
