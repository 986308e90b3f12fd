import { z } from 'zod'
import { email, instant, line, locale, money } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'
import { slug } from '../../contract/slug.ts'
import { timeZone } from '../../contract/time-zone.ts'
import { domainName } from '../hosted-accounts/contract.ts'
import { intervals, planCodes } from '../plans/contract.ts'

const realms = ['agency'] as const
const may = 'resale.manage' as const
const params = z.strictObject({ id: idInput('accountOpening') })

/** Steps of the preparation, in their order (B28). */
export const openingSteps = ['space', 'address', 'administrator', 'done'] as const
export type OpeningStep = (typeof openingSteps)[number]

/** An opening: what was asked, where it stands. */
export const opening = z.strictObject({
  id: idAnswer('accountOpening'),
  /** `paying`, `preparing`, `ready`, or `abandoned`: it was not paid. */
  state: z.enum(['paying', 'preparing', 'ready', 'abandoned']),
  /** The step that is next, or under way. */
  step: z.enum(openingSteps),
  hostedAccountId: idAnswer('hostedAccount'),
  client: z.strictObject({ id: idAnswer('client'), name: z.string() }),
  name: z.string(),
  address: z.string(),
  planCode: z.enum(planCodes),
  interval: z.enum(intervals).nullable(),
  contactLimit: z.int(),
  /** VAT included; null on trial. */
  total: money.nullable(),
  purchaseId: idAnswer('purchase').nullable(),
  /** The first password can still be shown, once. */
  secretWaits: z.boolean(),
  askedAt: instant,
  readyAt: instant.nullable(),
})
export type Opening = z.output<typeof opening>

/** The form of a new account (B18 to B24); the page checks with the same rules. */
export const newAccount = z.strictObject({
  /** Address: label below the installation's own (B18). */
  slug,
  /** Wished domain, not verified yet (B19). */
  customDomain: domainName.nullable().optional(),
  clientId: idInput('client'),
  /** The client's name when absent. */
  name: line(120).optional(),
  /** The client's person; mandatory, never contacted (B20). */
  contactName: line(120),
  contactEmail: email,
  /** One the agency reads (B21). */
  notificationEmail: email,
  locale,
  timeZone,
  planCode: z.enum(planCodes),
  /** Absent on trial. */
  interval: z.enum(intervals).nullable().optional(),
  contactLimit: z.int().min(1).max(10_000_000).nullable().optional(),
  /** What the quote said is due, VAT included; absent on trial. 409 `quote.changed` when it is another amount by now. */
  expectedTotal: money.nullable().optional(),
})

const example: Opening = {
  id: 'opn_0199a1b2c3d47e5f8a9b0c1d2e3f4a5b',
  state: 'preparing',
  step: 'administrator',
  hostedAccountId: 'hac_0199a1b2c3d47e5f8a9b0c1d2e3f4a5b',
  client: { id: 'cli_0199a1b2c3d47e5f8a9b0c1d2e3f4a5b', name: 'Maison Berthe' },
  name: 'Maison Berthe',
  address: 'https://maison-berthe.canopee.app',
  planCode: 'plus',
  interval: 'month',
  contactLimit: 1000,
  total: { amount: 3822, currency: 'EUR' },
  purchaseId: null,
  secretWaits: false,
  askedAt: '2026-11-23T09:00:00Z',
  readyAt: null,
}

/** Says live whether an address is free (B18), and proposes one for a name. */
export const checkAccountAddress = endpoint({
  name: 'checkAccountAddress',
  method: 'GET',
  path: '/hosted-account-address',
  summary: 'Whether an address is free for a hosted account, and one that is.',
  realms: [...realms],
  may,
  query: z.strictObject({
    slug: z.string().max(200).optional(),
    /** When no address was typed. */
    name: z.string().max(200).optional(),
  }),
  answer: z.strictObject({
    slug: z.string(),
    free: z.boolean(),
    problem: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
    suggestion: z.string().nullable(),
    address: z.string(),
  }),
})

/** Adds a hosted account: paid first, then prepared (B17 to B28); a trial at once (B56). */
export const openHostedAccount = endpoint({
  name: 'openHostedAccount',
  method: 'POST',
  path: '/hosted-accounts',
  summary: 'Open a hosted account: it is paid, then prepared step by step. A trial needs no payment.',
  realms: [...realms],
  may,
  idempotencyKey: 'required',
  body: newAccount,
  answer: opening,
  status: 202,
  refusals: [
    'quote.changed',
    'client.archived',
    'payment_method.missing',
    'billing_profile.incomplete',
    'purchase.key_reused',
  ],
  example: {
    body: {
      slug: 'maison-berthe',
      clientId: 'cli_0199a1b2c3d47e5f8a9b0c1d2e3f4a5b',
      contactName: 'Anne Berthe',
      contactEmail: 'anne@maison-berthe.fr',
      notificationEmail: 'facturation@studio-lumiere.fr',
      locale: 'fr',
      timeZone: 'Europe/Paris',
      planCode: 'plus',
      interval: 'month',
      contactLimit: 1000,
      expectedTotal: { amount: 3822, currency: 'EUR' },
    },
    answer: example,
  },
})

/** Openings not finished, or whose password was not shown: what a page offers to go on with. */
export const listOpenings = endpoint({
  name: 'listOpenings',
  method: 'GET',
  path: '/hosted-account-openings',
  summary: 'Hosted accounts being paid for or prepared, and those whose first password was not shown yet.',
  realms: [...realms],
  may,
  answer: z.strictObject({ data: z.array(opening) }),
})

/** Where an opening stands: what the page shows live. */
export const getOpening = endpoint({
  name: 'getOpening',
  method: 'GET',
  path: '/hosted-account-openings/:id',
  summary: 'Where the opening of a hosted account stands.',
  realms: [...realms],
  may,
  params,
  answer: opening,
  example: { answer: example },
})

/** Address, user name and password, once (B29). */
export const revealOpening = endpoint({
  name: 'revealOpening',
  method: 'POST',
  path: '/hosted-account-openings/:id/reveal',
  summary: 'Address, user name and first password of a new hosted account: shown once, never mailed.',
  realms: [...realms],
  may,
  params,
  refusedWhileActing: true,
  answer: z.strictObject({ address: z.string(), userName: z.string(), password: z.string() }),
  refusals: ['opening.not_ready', 'opening.revealed'],
})
