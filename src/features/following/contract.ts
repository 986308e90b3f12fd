import { z } from 'zod'
import { calendarDate, money, nothing } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'
import { listOf } from '../../contract/list-of.ts'
import { orderStateNames } from '../../contract/order-fields.ts'

const common = { realms: ['agency' as const], may: 'following.read' as const }

/** A calendar month, `YYYY-MM`, in the agency's time zone. */
const month = z.string().regex(/^[1-9]\d{3}-(0[1-9]|1[0-2])$/, 'field.invalid')

/** What totals may be grouped by. People are those who stood above the client when it was ordered. */
export const followingGroups = ['client', 'campaign', 'project', 'manager', 'consultant', 'month'] as const
export type FollowingGroup = (typeof followingGroups)[number]

/** Filters of the global view, shared by figures, lists, exports and saved views. */
export const followingFilterShape = {
  /** First and last month, both included; the last twelve months when absent. */
  from: month.optional(),
  to: month.optional(),
  /** Stood above the client when it was ordered, as its manager or its consultant. */
  manager: listOf(idInput('member')).optional(),
  consultant: listOf(idInput('member')).optional(),
  client: listOf(idInput('client')).optional(),
  campaign: listOf(idInput('campaign')).optional(),
  project: listOf(idInput('project')).optional(),
  state: listOf(z.enum(orderStateNames)).optional(),
}
const filterQuery = z.strictObject(followingFilterShape)
export type FollowingFilter = z.output<typeof filterQuery>

/**
 * Money of some orders. Ordered = delivered + waiting + refunded + released, to the cent: what was paid, what is
 * still held, what was paid back, and what was let go because it was cancelled or refused.
 */
export const figures = z.strictObject({
  orders: z.int(),
  ordered: money,
  /** Paid for what was delivered, refunds taken off. */
  delivered: money,
  /** Held on the clients' budgets. */
  waiting: money,
  refunded: money,
  released: money,
  /** The operator's part of what was paid, and the agency's; owners only. */
  cost: money.nullable(),
  margin: money.nullable(),
})
export type Figures = z.output<typeof figures>

/** Totals and months of the orders in sight. */
export const getFollowing = endpoint({
  ...common,
  name: 'getFollowing',
  method: 'GET',
  path: '/following',
  summary: 'Totals of the orders in sight over a period, and month by month.',
  query: filterQuery,
  answer: z.strictObject({
    from: z.string(),
    to: z.string(),
    total: figures,
    /** Every month of the period, those without orders too. */
    months: z.array(figures.extend({ month: z.string() })),
    can: z.strictObject({ cost: z.boolean(), people: z.boolean() }),
  }),
})

/** One line of totals: a client, a campaign, a project, a person or a month. */
export const followingRow = z.strictObject({
  /** Public id, or the month; null for orders that nobody was in charge of. */
  id: z.string().nullable(),
  name: z.string(),
  /** Of a campaign or project. */
  client: z.strictObject({ id: idAnswer('client'), name: z.string() }).nullable(),
  /** Of a campaign: what it may spend, and its days. */
  budget: money.nullable(),
  state: z.string().nullable(),
  startsOn: calendarDate.nullable(),
  endsOn: calendarDate.nullable(),
  figures,
})
export type FollowingRow = z.output<typeof followingRow>

/** Totals by something. */
export const listFollowing = endpoint({
  ...common,
  name: 'listFollowing',
  method: 'GET',
  path: '/following/totals',
  summary: 'Totals of the orders in sight by client, campaign, project, manager, consultant or month.',
  query: filterQuery.extend({
    by: z.enum(followingGroups),
    q: z.string().max(200).optional(),
    sort: z.enum(['-ordered', '-delivered', '-waiting', 'name']).default('-ordered'),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(2000).optional(),
  }),
  answer: z.strictObject({ data: z.array(followingRow), nextCursor: z.string().nullable() }),
})

/** The same as a file. */
export const exportFollowing = endpoint({
  ...common,
  name: 'exportFollowing',
  method: 'GET',
  path: '/following/totals.csv',
  summary: 'Totals as CSV: by client, campaign, project, person or month, or every order by itself.',
  query: filterQuery.extend({ by: z.enum([...followingGroups, 'order']) }),
  answer: nothing,
  streams: 'text/csv',
})

/** A client's report under the agency's brand. */
export const downloadClientReport = endpoint({
  ...common,
  name: 'downloadClientReport',
  method: 'GET',
  path: '/clients/:id/report.pdf',
  summary: 'A client’s campaigns, deliveries and budget over a period, as PDF under the agency’s brand.',
  params: z.strictObject({ id: idInput('client') }),
  query: z.strictObject({ from: month.optional(), to: month.optional() }),
  answer: nothing,
  streams: 'application/pdf',
  dear: true,
})
