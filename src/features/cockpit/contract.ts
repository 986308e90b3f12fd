import { z } from 'zod'
import { calendarDate, money, nothing } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'

const common = { realms: ['agency' as const], may: 'credits.manage' as const }

/** Why a renewal will fail as things stand. */
export const renewalRisks = ['no_card', 'card_expires'] as const

const renewal = z.strictObject({
  hostedAccountId: idAnswer('hostedAccount'),
  name: z.string(),
  client: z.string(),
  plan: z.string(),
  interval: z.enum(['month', 'year']),
  /** The account's own renewal day. */
  on: calendarDate,
  /** What it will cost: after the discount of today, without VAT, and with it. */
  net: money,
  gross: money,
  /** Prepaid credit that will be left for it, with VAT; the card pays the rest. */
  prepaid: money,
  risk: z.enum(renewalRisks).nullable(),
})

const margin = z.strictObject({
  clientId: idAnswer('client'),
  client: z.string(),
  /** Of a month: yearly prices count for a twelfth. Accounts without a retail price are left out of retail and margin. */
  cost: money,
  retail: money,
  margin: money,
  accounts: z.array(
    z.strictObject({
      id: idAnswer('hostedAccount'),
      name: z.string(),
      plan: z.string(),
      interval: z.enum(['month', 'year']),
      /** Of one period, without VAT. */
      cost: money,
      retail: money.nullable(),
    }),
  ),
})

/** What is to come: 30 days of renewals, a year of months, margins. */
export const getCockpit = endpoint({
  ...common,
  name: 'getCockpit',
  method: 'GET',
  path: '/renewal-cockpit',
  summary:
    'Renewals of the next 30 days, what of them will fail, cost and margin per client, and a year by months.',
  answer: z.strictObject({
    currency: z.string(),
    discountPercent: z.int(),
    paidAccounts: z.int(),
    /** Day of the month the agency is charged once; null: each account on its own day (B40). */
    collectionDay: z.int().nullable(),
    /** The agency's prepaid credit now. */
    prepaid: money,
    card: z.strictObject({ brand: z.string(), last4: z.string(), expires: z.string() }).nullable(),
    days: z.array(z.strictObject({ on: calendarDate, gross: money, renewals: z.array(renewal) })),
    /** Of the 30 days, with VAT. */
    total: money,
    atRisk: money,
    months: z.array(z.strictObject({ month: z.string(), cost: money, retail: money, renewals: z.int() })),
    clients: z.array(margin),
  }),
})

/** What the agency asks its client for one period of a hosted account. */
export const setAccountRetailPrice = endpoint({
  ...common,
  name: 'setAccountRetailPrice',
  method: 'PUT',
  path: '/hosted-accounts/:id/retail-price',
  summary:
    'Say what the agency asks its client for one period of a hosted account, without VAT; null forgets it.',
  params: z.strictObject({ id: idInput('hostedAccount') }),
  body: z.strictObject({
    price: money.refine((m) => m.amount >= 0 && m.amount <= 100_000_000_000, 'field.invalid').nullable(),
  }),
  answer: nothing,
  refusals: ['retail_price.currency'],
})

/** The cockpit's clients and accounts as a file. */
export const exportCockpit = endpoint({
  ...common,
  name: 'exportCockpit',
  method: 'GET',
  path: '/renewal-cockpit/file',
  summary: 'Every running hosted account with its next renewal, cost, retail price and margin, as CSV.',
  answer: nothing,
  streams: 'text/csv',
})
