import { z } from 'zod'
import { calendarDate, email, instant, line, listQuery, locale, money, page } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'
import { timeZone } from '../../contract/time-zone.ts'

const realms = ['agency'] as const
const params = z.strictObject({ id: idInput('hostedAccount') })
/** What somebody read before changing it: 409 `version.stale` with the current record when it changed meanwhile. */
const versioned = z.strictObject({ version: z.int() })

/** Status of a hosted account (domain.md, "Hosted accounts"). */
export const accountStatuses = [
  'trial',
  'active',
  'expired',
  'disabled',
  'suspended',
  'cancelled',
  'archived',
  'transferred',
] as const
/** What the status filter offers (B4, B5): `running` is all but ended ones, and the default. */
export const statusFilters = ['running', 'all', ...accountStatuses] as const
/** Rhythms the plan filter offers (B3). */
export const planTypes = ['trial', 'month', 'year'] as const
const planCode = z.enum(['lite', 'plus', 'professional', 'enterprise', 'trial'])

/** Sorts of the list (B7); `-` before it turns it round. */
export const accountSorts = ['name', 'planSize', 'createdAt', 'endsOn'] as const
export type AccountSort = (typeof accountSorts)[number]

/** Filters of the list, shared by its export and its saved views. */
export const accountFilterShape = {
  /** Any part of the account's, client's or contact's name, of its address or domain; accents and case forgiven. */
  q: z
    .string()
    .trim()
    .max(200, 'field.too_long')
    // oxlint-disable-next-line no-control-regex -- the point is to refuse them
    .refine((v) => !/[\u0000-\u001f\u007f]/.test(v), 'field.control_characters')
    .optional(),
  status: z.enum(statusFilters).optional(),
  type: z.enum(planTypes).optional(),
  client: idInput('client').optional(),
  /** Local day the trial or paid period ends, both included. */
  endsFrom: calendarDate.optional(),
  endsTo: calendarDate.optional(),
}
export const accountFilter = z.strictObject(accountFilterShape)
export type AccountFilter = z.output<typeof accountFilter>

/** Plan, rhythm, contacts and price of one period before discount, net of VAT. */
const terms = z.strictObject({
  planCode,
  interval: z.enum(['month', 'year']).nullable(),
  contactLimit: z.int(),
  listPrice: money,
})

/** One line of the list. */
export const accountRow = z.strictObject({
  id: idAnswer('hostedAccount'),
  name: z.string(),
  /** Where its users sign in, without the protocol. */
  host: z.string(),
  client: z.strictObject({ id: idAnswer('client'), name: z.string() }),
  status: z.enum(accountStatuses),
  planCode,
  interval: z.enum(['month', 'year']).nullable(),
  contactLimit: z.int(),
  /** Price of the current period after discount, net of VAT; null on trial. */
  net: money.nullable(),
  /** Local day the trial or paid period ends: renewal, or the end. */
  endsOn: calendarDate.nullable(),
  /** It will not renew. */
  cancelAtEnd: z.boolean(),
  /** Since when a renewal is unpaid. */
  unpaidSince: instant.nullable(),
  createdAt: instant,
})
export type AccountRow = z.output<typeof accountRow>

/** One hosted account as its page shows it. */
export const accountRecord = accountRow.extend({
  slug: z.string(),
  address: z.string().describe('Whole address, with protocol'),
  customDomain: z
    .strictObject({ name: z.string(), verified: z.boolean(), target: z.string() })
    .nullable()
    .describe('Wished domain; it answers once verified. `target`: what its CNAME points to'),
  contactName: z.string(),
  contactEmail: z.string(),
  notificationEmail: z.string(),
  locale,
  timeZone: z.string(),
  createdBy: z.string(),
  expiredAt: instant.nullable(),
  archivedAt: instant.nullable(),
  /** Last day an archived account can be restored. */
  restorableUntil: calendarDate.nullable(),
  subscription: terms.extend({
    commercialMode: z.enum(['resold', 'clientPaid', 'referred']),
    discountPercent: z.int(),
    currentPeriod: z.strictObject({ from: calendarDate, to: calendarDate }),
    pendingChange: terms.nullable(),
    trialEndsOn: calendarDate.nullable(),
    trialExtended: z.boolean(),
  }),
  version: z.int(),
  can: z.strictObject({
    enter: z.boolean(),
    change: z.boolean(),
    renew: z.boolean(),
    extendTrial: z.boolean(),
    requestTrialExtension: z.boolean(),
    disable: z.boolean(),
    enable: z.boolean(),
    cancel: z.boolean(),
    undoCancel: z.boolean(),
    archive: z.boolean(),
    restore: z.boolean(),
  }),
})
export type AccountRecord = z.output<typeof accountRecord>

const exampleRow = {
  id: 'hac_0199a1b2c3d47e5f8a9b0c1d2e3f4a5b',
  name: 'Maison Berthe',
  host: 'maison-berthe.canopee.app',
  client: { id: 'cli_0199a1b2c3d47e5f8a9b0c1d2e3f4a5b', name: 'Maison Berthe' },
  status: 'active' as const,
  planCode: 'plus' as const,
  interval: 'month' as const,
  contactLimit: 1000,
  net: { amount: 3835, currency: 'EUR' },
  endsOn: '2026-11-23',
  cancelAtEnd: false,
  unpaidSince: null,
  createdAt: '2026-01-23T08:30:00Z',
}
const price = { amount: 5900, currency: 'EUR' }
const exampleRecord: AccountRecord = {
  ...exampleRow,
  slug: 'maison-berthe',
  address: 'https://maison-berthe.canopee.app',
  customDomain: null,
  contactName: 'Anne Berthe',
  contactEmail: 'anne@maison-berthe.fr',
  notificationEmail: 'facturation@studio-lumiere.fr',
  locale: 'fr',
  timeZone: 'Europe/Paris',
  createdBy: 'Camille Rousseau',
  expiredAt: null,
  archivedAt: null,
  restorableUntil: null,
  subscription: {
    planCode: 'plus',
    interval: 'month',
    contactLimit: 1000,
    listPrice: price,
    commercialMode: 'resold',
    discountPercent: 35,
    currentPeriod: { from: '2026-10-23', to: '2026-11-23' },
    pendingChange: null,
    trialEndsOn: null,
    trialExtended: false,
  },
  version: 3,
  can: {
    enter: true,
    change: true,
    renew: false,
    extendTrial: false,
    requestTrialExtension: false,
    disable: true,
    enable: false,
    cancel: true,
    undoCancel: false,
    archive: false,
    restore: false,
  },
}

/** Hosted accounts of the agency (B1 to B8). Keyset pages, stable under inserts. */
export const listHostedAccounts = endpoint({
  name: 'listHostedAccounts',
  method: 'GET',
  path: '/hosted-accounts',
  summary: 'Hosted accounts, searched, filtered and sorted, page after page; running ones by default.',
  realms: [...realms],
  may: 'resale.manage',
  query: listQuery.extend(accountFilterShape),
  answer: page(accountRow),
  example: { query: { type: 'month', sort: 'endsOn' }, answer: { data: [exampleRow], nextCursor: null } },
})

/** The list as a spreadsheet. */
export const exportHostedAccounts = endpoint({
  name: 'exportHostedAccounts',
  method: 'GET',
  path: '/hosted-accounts/export',
  summary: 'The list of hosted accounts, filtered and sorted, as a CSV file.',
  realms: [...realms],
  may: 'resale.manage',
  query: z.strictObject({ sort: z.string().max(200).optional(), ...accountFilterShape }),
  answer: z.strictObject({}),
  streams: 'text/csv',
})

const rung = z.strictObject({ from: z.int(), percent: z.int() })

/** What stands above the list: discount, what renews, trials (B16). */
export const getResaleSummary = endpoint({
  name: 'getResaleSummary',
  method: 'GET',
  path: '/hosted-accounts/summary',
  summary: 'Volume discount with its next rung, what renews in the next 30 days, trials, accounts by status.',
  realms: [...realms],
  may: 'resale.manage',
  answer: z.strictObject({
    /** Accounts of any status; 0: the page shows how to begin. */
    total: z.int(),
    byStatus: z.record(z.string(), z.int()),
    discount: z.strictObject({
      paidAccounts: z.int(),
      percent: z.int(),
      ladder: z.array(rung),
      next: z.strictObject({ at: z.int(), percent: z.int(), missing: z.int() }).nullable(),
      /** Of monthly accounts and a twelfth of annual ones: before discount, and what the rung takes off. */
      monthly: z.strictObject({ list: money, saved: money, nextSaves: money.nullable() }),
    }),
    /** One entry a local day from today, 30 of them: what is charged then, net, at today's rung. */
    renewals: z.array(z.strictObject({ day: calendarDate, count: z.int(), net: money })),
    trials: z.strictObject({ running: z.int(), endingThisWeek: z.int() }),
    unpaid: z.int(),
    /** The agency's own credits, not yet given to accounts (B12, B67): money, SMS, previews. */
    credits: z.strictObject({ prepaid: money, sms: z.int(), previews: z.int() }),
    /** The card that renewals are charged to. */
    card: z.strictObject({ brand: z.string(), last4: z.string() }).nullable(),
  }),
})

/** One hosted account. */
export const getHostedAccount = endpoint({
  name: 'getHostedAccount',
  method: 'GET',
  path: '/hosted-accounts/:id',
  summary: 'One hosted account with its subscription, and what can be done with it.',
  realms: [...realms],
  may: 'resale.manage',
  params,
  answer: accountRecord,
  example: { answer: exampleRecord },
})

/** A name as DNS has it: labels of letters, digits and hyphens, at least two of them. */
export const domainName = z
  .string()
  .trim()
  .toLowerCase()
  .max(253, 'field.too_long')
  .regex(/^(?!-)([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, 'hosted_accounts.domain_malformed')

/** Changes what the agency keeps about an account. */
export const updateHostedAccount = endpoint({
  name: 'updateHostedAccount',
  method: 'PATCH',
  path: '/hosted-accounts/:id',
  summary:
    'Change the name, contact, notification address, language, time zone or wished domain of a hosted account.',
  realms: [...realms],
  may: 'resale.manage',
  params,
  body: z.strictObject({
    name: line(120).optional(),
    contactName: line(120).optional(),
    contactEmail: email.optional(),
    notificationEmail: email.optional(),
    locale: locale.optional(),
    timeZone: timeZone.optional(),
    customDomain: domainName.nullable().optional(),
    version: z.int(),
  }),
  answer: accountRecord,
  refusals: ['version.stale'],
})

const act = {
  method: 'POST' as const,
  realms: [...realms],
  may: 'resale.manage' as const,
  params,
  body: versioned,
  answer: accountRecord,
}

/** Closes an account to its users; it stays billed (B37). */
export const disableHostedAccount = endpoint({
  ...act,
  name: 'disableHostedAccount',
  path: '/hosted-accounts/:id/disable',
  summary: 'Close a hosted account to its users. It is still billed.',
  refusals: ['version.stale', 'hosted_account.status'],
})

/** Opens a disabled account again. */
export const enableHostedAccount = endpoint({
  ...act,
  name: 'enableHostedAccount',
  path: '/hosted-accounts/:id/enable',
  summary: 'Open a disabled hosted account to its users again.',
  refusals: ['version.stale', 'hosted_account.status'],
})

/** Puts an expired account away; its data is kept a year. */
export const archiveHostedAccount = endpoint({
  ...act,
  name: 'archiveHostedAccount',
  path: '/hosted-accounts/:id/archive',
  summary: 'Archive an expired hosted account. Its data is kept for a year.',
  refusals: ['version.stale', 'hosted_account.status'],
})

/** Takes an archived account back, expired: renew it to use it. */
export const restoreHostedAccount = endpoint({
  ...act,
  name: 'restoreHostedAccount',
  path: '/hosted-accounts/:id/restore',
  summary: 'Take a hosted account out of the archive, within a year. It is expired until it is renewed.',
  refusals: ['version.stale', 'hosted_account.status', 'hosted_account.too_late'],
})

/** What happened to an account, newest first. */
export const listHostedAccountHistory = endpoint({
  name: 'listHostedAccountHistory',
  method: 'GET',
  path: '/hosted-accounts/:id/history',
  summary: 'What was done to a hosted account, by whom, newest first.',
  realms: [...realms],
  may: 'resale.manage',
  params,
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(200).optional(),
  }),
  answer: z.strictObject({
    data: z.array(
      z.strictObject({
        id: idAnswer('auditEvent'),
        at: instant,
        action: z.string(),
        label: z.string(),
        actor: z.string(),
        subject: z.string().nullable(),
        data: z.record(z.string(), z.unknown()),
      }),
    ),
    nextCursor: z.string().nullable(),
  }),
})
