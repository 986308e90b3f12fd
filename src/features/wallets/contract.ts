import { z } from 'zod'
import { calendarDate, instant, money, nothing } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'

const common = { realms: ['agency' as const], may: 'budgets.read' as const }
const params = z.strictObject({ id: idInput('wallet') })

/** Amounts: `currency` is an ISO 4217 code, or `SMS` or `PREVIEW` for credits, which are counted. */
const amount = money.extend({ currency: z.string() })

/** A wallet and what it holds. */
export const getWallet = endpoint({
  ...common,
  name: 'getWallet',
  method: 'GET',
  path: '/wallets/:id',
  summary: 'A wallet: whose it is, its balance, what is held of it.',
  params,
  answer: z.strictObject({
    id: idAnswer('wallet'),
    owner: z.strictObject({
      kind: z.enum(['agency', 'member', 'client', 'hosted_account']),
      /** Its public id. */
      id: z.string(),
      name: z.string(),
    }),
    purpose: z.enum(['budget', 'prepaid', 'credit']),
    unit: z.string(),
    balance: amount,
    held: amount,
    available: amount,
    /** Why its money moved lately, for the filter. */
    reasons: z.array(z.strictObject({ reason: z.string(), label: z.string() })),
  }),
})

const filters = {
  /** First and last day, in the agency's time zone. */
  from: calendarDate.optional(),
  to: calendarDate.optional(),
  /** Exact reason, e.g. `budget.allocated`. */
  reason: z.string().max(80).optional(),
  direction: z.enum(['in', 'out']).optional(),
}

const entry = z.strictObject({
  /** Place in the wallet's history, from 1 without gaps. */
  number: z.int(),
  occurredAt: instant,
  reason: z.string(),
  /** The reason in the caller's language. */
  label: z.string(),
  /** Positive when the wallet receives. */
  amount,
  balanceAfter: amount,
  /** The other side: whose wallet, by kind and name. */
  other: z.strictObject({ kind: z.string(), name: z.string() }).nullable(),
  note: z.string().nullable(),
  /** Who did it, and for whom when they acted for somebody; null for the system and for clients' eyes. */
  by: z.strictObject({ name: z.string(), via: z.string().nullable() }).nullable(),
})

/** The statement of a wallet: every entry with the balance after it, newest first. */
export const listEntries = endpoint({
  ...common,
  name: 'listEntries',
  method: 'GET',
  path: '/wallets/:id/entries',
  summary: 'Statement of a wallet: its entries, newest first, with the balance after each.',
  params,
  query: z.strictObject({
    ...filters,
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(200).optional(),
  }),
  answer: z.strictObject({ data: z.array(entry), nextCursor: z.string().nullable() }),
})

/** The filtered statement as a file. */
export const exportEntries = endpoint({
  ...common,
  name: 'exportEntries',
  method: 'GET',
  path: '/wallets/:id/entries.csv',
  summary: 'Statement of a wallet as CSV, oldest first.',
  params,
  query: z.strictObject(filters),
  answer: nothing,
  streams: 'text/csv',
})
