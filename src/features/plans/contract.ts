import { z } from 'zod'
import { calendarDate, instant, nothing, optionalLine } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'

/** Plans that are sold, smallest first; `trial` is the one that is not. */
export const paidPlanCodes = ['lite', 'plus', 'professional', 'enterprise'] as const
export const planCodes = [...paidPlanCodes, 'trial'] as const
export type PlanCode = (typeof planCodes)[number]

/** What a plan opens in a hosted account: SMS not on Lite (B72), companies from Plus up (D1). */
export const planFeatures = [
  'mailings',
  'segments',
  'previews',
  'sms',
  'companies',
  'deals',
  'api',
  'priority',
] as const
export type PlanFeature = (typeof planFeatures)[number]

export const intervals = ['month', 'year'] as const

const count = (max: number) => z.int().min(0).max(max)
const features = z
  .array(z.enum(planFeatures))
  .refine((f) => new Set(f).size === f.length, 'field.invalid')
  .describe('What the plan opens')
const limits = z.strictObject({
  /** People who may sign in; null: as many as one likes. */
  users: count(10_000).nullable(),
  /** Mails a month for each contact of the limit. */
  mailsPerContact: count(1000),
  customFields: count(10_000).nullable(),
})
/** One price per contact limit, in its order: minor units, before discount and VAT. */
const prices = z.array(count(1_000_000_000)).describe('Minor units, one per contact limit')

/** A whole catalogue: everything an edition of the plans says. */
export const catalogueContent = z
  .strictObject({
    currency: z.string().length(3),
    contactLimits: z.array(count(10_000_000).min(1)).min(1).max(30),
    ladder: z
      .array(z.strictObject({ from: count(100_000), percent: count(100) }))
      .min(1)
      .max(20),
    trial: z.strictObject({
      days: count(365).min(1),
      extensionDays: count(365),
      contacts: count(1_000_000).min(1),
      mails: count(1_000_000),
      features,
      limits,
    }),
    plans: z
      .array(
        z.strictObject({
          code: z.enum(paidPlanCodes),
          features,
          limits,
          prices: z.strictObject({ month: prices, year: prices }),
        }),
      )
      .length(paidPlanCodes.length),
  })
  .superRefine((c, ctx) => {
    const wrong = (path: (string | number)[], message: string) =>
      ctx.addIssue({ code: 'custom', path, message })
    rising(c.contactLimits, (i) => wrong(['contactLimits', i], 'plans.limits_rise'))
    c.ladder.forEach((rung, i) => {
      const below = c.ladder[i - 1]
      if (i === 0 ? rung.from !== 1 : rung.from <= below!.from)
        wrong(['ladder', i, 'from'], 'plans.ladder_rises')
      if (below && rung.percent <= below.percent) wrong(['ladder', i, 'percent'], 'plans.ladder_rises')
    })
    c.plans.forEach((plan, p) => {
      if (plan.code !== paidPlanCodes[p]) wrong(['plans', p, 'code'], 'field.invalid')
      for (const interval of intervals) {
        const list = plan.prices[interval]
        if (list.length !== c.contactLimits.length)
          wrong(['plans', p, 'prices', interval], 'plans.price_missing')
        // More contacts for less money is a slip of the keyboard that agencies would find first.
        rising(list, (i) => wrong(['plans', p, 'prices', interval, i], 'plans.price_falls'))
      }
    })
  })
export type CatalogueContent = z.output<typeof catalogueContent>

/** Names each position that is not above the one before. */
function rising(list: readonly number[], wrong: (index: number) => void): void {
  list.forEach((value, i) => {
    if (i > 0 && value <= list[i - 1]!) wrong(i)
  })
}

/** One thing that differs between two editions: where, and both values; null where one has none. */
const change = z.strictObject({
  /** Prices by contact limit (`plans.1.prices.month.1000`), discounts by the count they begin at (`ladder.25`). */
  path: z.string(),
  before: z.unknown().nullable(),
  after: z.unknown().nullable(),
})
const edition = z.strictObject({
  version: z.int(),
  appliesFrom: instant,
  publishedAt: instant,
  publishedBy: z.string(),
  note: z.string().nullable(),
  content: catalogueContent,
})
const draft = z.strictObject({
  /** Null until something was changed. */
  updatedAt: instant.nullable(),
  updatedBy: z.string().nullable(),
  /** Optimistic concurrency; 0 until something was changed. */
  version: z.int(),
  content: catalogueContent,
  /** Against the newest published edition. */
  changes: z.array(change),
})

/** Worked example: two contact limits, so that the reference stays readable. */
const exampleContent = {
  currency: 'EUR',
  contactLimits: [500, 1000],
  ladder: [
    { from: 1, percent: 0 },
    { from: 2, percent: 25 },
  ],
  trial: {
    days: 14,
    extensionDays: 14,
    contacts: 100,
    mails: 100,
    features: ['mailings' as const, 'sms' as const],
    limits: { users: 3, mailsPerContact: 1, customFields: 20 },
  },
  plans: paidPlanCodes.map((code, i) => ({
    code,
    features: ['mailings' as const],
    limits: { users: 3, mailsPerContact: 10, customFields: null },
    prices: { month: [1500 + 1000 * i, 2700 + 1000 * i], year: [15_000 + 10_000 * i, 27_000 + 10_000 * i] },
  })),
}
const exampleChange = { path: 'plans.0.prices.month.1000', before: 2500, after: 2700 }
const exampleDraft = {
  updatedAt: '2026-11-23T09:00:00.000Z',
  updatedBy: 'Ada Exploitante',
  version: 1,
  content: exampleContent,
  changes: [exampleChange],
}
const exampleEdition = {
  version: 2,
  appliesFrom: '2027-01-01T00:00:00.000Z',
  publishedAt: '2026-11-23T09:00:00.000Z',
  publishedBy: 'Ada Exploitante',
  note: 'Tarifs 2027',
  content: exampleContent,
}

const common = { realms: ['operator' as const], may: 'operator' as const }

/** The plans as the operator edits them. */
export const getPlanDraft = endpoint({
  ...common,
  name: 'getPlanDraft',
  method: 'GET',
  path: '/operator/plans/draft',
  summary: 'The next edition of the plans as it stands, and what it changes in the newest published one.',
  answer: draft,
  example: { answer: exampleDraft },
})

/** Keeps the draft as it is. */
export const savePlanDraft = endpoint({
  ...common,
  name: 'savePlanDraft',
  method: 'PUT',
  path: '/operator/plans/draft',
  summary: 'Keep a draft of the next edition of the plans.',
  body: z.strictObject({ content: catalogueContent, version: z.int() }),
  answer: draft,
  refusals: ['version.stale'],
  example: { body: { content: exampleContent, version: 0 }, answer: exampleDraft },
})

/** Throws the draft away. */
export const discardPlanDraft = endpoint({
  ...common,
  name: 'discardPlanDraft',
  method: 'DELETE',
  path: '/operator/plans/draft',
  summary: 'Throw the draft of the plans away; what is published stays.',
  answer: nothing,
})

/** Publishes the draft: from that day on it is in force, and it never changes again. */
export const publishPlans = endpoint({
  ...common,
  name: 'publishPlans',
  method: 'POST',
  path: '/operator/plans/editions',
  summary: 'Publish the draft as a new edition of the plans, in force from a day on. It never changes again.',
  body: z.strictObject({
    /** First day in force, in the operator’s time zone; today: at once. */
    appliesOn: calendarDate,
    note: optionalLine(300),
    /** The draft’s version that was read and is meant. */
    version: z.int(),
  }),
  answer: edition,
  status: 201,
  refusals: ['version.stale', 'plans.nothing_changed', 'plans.in_the_past', 'plans.before_newest'],
  example: { body: { appliesOn: '2027-01-01', note: 'Tarifs 2027', version: 1 }, answer: exampleEdition },
})

/** Every published edition, newest first. */
export const listPlanEditions = endpoint({
  ...common,
  name: 'listPlanEditions',
  method: 'GET',
  path: '/operator/plans/editions',
  summary: 'Published editions of the plans, newest first, each with what it changed.',
  answer: z.strictObject({
    data: z.array(
      edition.extend({
        /** In force now. */
        current: z.boolean(),
        changes: z.array(change),
      }),
    ),
  }),
  example: { answer: { data: [{ ...exampleEdition, current: true, changes: [exampleChange] }] } },
})
