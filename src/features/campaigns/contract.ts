import { z } from 'zod'
import { calendarDate, instant, line, listQuery, money, page, paragraphs } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'

const realms = ['agency'] as const
const params = z.strictObject({ id: idInput('campaign') })

/** What somebody decided about a campaign. */
export const campaignStates = ['active', 'paused', 'ended'] as const
/** Where it stands: an active one may not have begun, or be past its last day. */
export const campaignPhases = ['planned', 'running', 'over', 'paused', 'ended'] as const
export type CampaignPhase = (typeof campaignPhases)[number]

/** A campaign: groups a client's orders over some time, for some budget (A3, A4). */
export const campaignRow = z.strictObject({
  id: idAnswer('campaign'),
  client: z.strictObject({ id: idAnswer('client'), name: z.string() }),
  name: z.string(),
  goal: z.string().nullable(),
  projects: z.array(
    z.strictObject({ id: idAnswer('project'), name: z.string(), siteHost: z.string().nullable() }),
  ),
  startsOn: calendarDate,
  /** Last day, included; null for none. */
  endsOn: calendarDate.nullable(),
  /** What its orders may cost together; null for no limit. */
  budget: money.nullable(),
  state: z.enum(campaignStates),
  phase: z.enum(campaignPhases),
  orders: z.int(),
  /** Orders not yet settled. */
  openOrders: z.int(),
  /** Paid for what was delivered. */
  spent: money,
  /** Held for what is still to come. */
  held: money,
  createdAt: instant,
  updatedAt: instant,
  version: z.int(),
  can: z.strictObject({ edit: z.boolean(), order: z.boolean() }),
})

const name = line(120)
const goal = z
  .string()
  .transform((v) => (v.trim() === '' ? null : v))
  .pipe(paragraphs(2000).nullable())
  .nullable()
const budget = money.extend({ amount: z.int().min(0, 'field.invalid').max(1e12, 'field.invalid') }).nullable()

/** Orders of a campaign list. */
export const campaignSorts = ['-startsOn', 'startsOn', 'name', '-name'] as const

/** Campaigns in sight. */
export const listCampaigns = endpoint({
  name: 'listCampaigns',
  method: 'GET',
  path: '/campaigns',
  summary: 'Campaigns of the clients in sight, latest first.',
  realms: [...realms],
  may: 'campaigns.read',
  query: listQuery.extend({
    sort: z.enum(campaignSorts).default('-startsOn'),
    client: idInput('client').optional(),
    project: idInput('project').optional(),
    phase: z.enum(campaignPhases).optional(),
  }),
  answer: page(campaignRow),
})

/** What a new campaign is made of. */
export const newCampaign = z.strictObject({
  clientId: idInput('client'),
  name,
  goal: goal.optional(),
  projectIds: z.array(idInput('project')).max(50).default([]),
  startsOn: calendarDate,
  endsOn: calendarDate.nullable().optional(),
  budget: budget.optional(),
})

/** Creates a campaign for a client (A3). */
export const createCampaign = endpoint({
  name: 'createCampaign',
  method: 'POST',
  path: '/campaigns',
  summary: 'Create a campaign of a client, with its dates, budget and projects.',
  realms: [...realms],
  may: 'campaigns.edit',
  body: newCampaign,
  answer: campaignRow,
  status: 201,
  refusals: ['client.archived'],
})

/** One campaign. */
export const getCampaign = endpoint({
  name: 'getCampaign',
  method: 'GET',
  path: '/campaigns/:id',
  summary: 'One campaign with what it has cost so far.',
  realms: [...realms],
  may: 'campaigns.read',
  params,
  answer: campaignRow,
})

/** Changes a campaign: dates, budget, projects, pause, end. */
export const updateCampaign = endpoint({
  name: 'updateCampaign',
  method: 'PATCH',
  path: '/campaigns/:id',
  summary: 'Change a campaign, pause it, end it or go on with it.',
  realms: [...realms],
  may: 'campaigns.edit',
  params,
  body: z.strictObject({
    name: name.optional(),
    goal: goal.optional(),
    projectIds: z.array(idInput('project')).max(50).optional(),
    startsOn: calendarDate.optional(),
    endsOn: calendarDate.nullable().optional(),
    budget: budget.optional(),
    state: z.enum(campaignStates).optional(),
    version: z.int(),
  }),
  answer: campaignRow,
  refusals: ['version.stale', 'client.archived'],
})
