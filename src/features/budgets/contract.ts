import { z } from 'zod'
import { instant, line, money, optionalLine } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'
import { roles } from '../../contract/rights.ts'

const realms = ['agency'] as const
const read = { realms: [...realms], may: 'budgets.read' as const }
const move = { realms: [...realms], may: 'budgets.move' as const }

/** Where a budget is: a client, a member, or the agency itself. */
const node = z.union([
  z.strictObject({ client: idInput('client') }),
  z.strictObject({ member: idInput('member') }),
  z.strictObject({ agency: z.literal(true) }),
])
/** A node as given to the API, ids bare once parsed. */
export type NodeInput = z.output<typeof node>

const nodeAnswer = z.strictObject({
  kind: z.enum(['agency', 'member', 'client']),
  /** Public id of the agency, member or client. */
  id: z.string(),
  name: z.string(),
})

/** What to do when a node has too little for an order. */
export const whenEmptyChoices = ['stop', 'ask', 'draw'] as const

const rule = z.strictObject({
  whenEmpty: z.enum(whenEmptyChoices),
  /** Most that may be drawn in a calendar month; null: no limit. */
  drawLimit: money.nullable(),
  /** Warn when less than this is available. */
  alertBelow: money.nullable(),
  /** Given on the first of each month. */
  monthly: money.nullable(),
  /** Grows with each change; 0 while nobody set anything. */
  version: z.int(),
})

const request = z.strictObject({
  id: idAnswer('budgetRequest'),
  node: nodeAnswer,
  amount: money,
  note: z.string().nullable(),
  state: z.enum(['open', 'granted', 'refused']),
  askedBy: z.string(),
  askedAt: instant,
  granted: money.nullable(),
  answer: z.string().nullable(),
  /** The caller stands above the node and may decide. */
  canDecide: z.boolean(),
})

const row = z.strictObject({
  node: nodeAnswer,
  role: z.enum(roles).nullable(),
  /** Its statement; null while nothing ever moved. */
  walletId: idAnswer('wallet').nullable(),
  balance: money,
  held: money,
  available: money,
  /** Received from above in this calendar month, less what was taken back. */
  receivedThisMonth: money,
  rule,
  /** Less is available than the warning says. */
  low: z.boolean(),
  can: z.strictObject({
    /** Give to it from the caller's own level. */
    give: z.boolean(),
    /** Take back what it does not use. */
    take: z.boolean(),
    /** Change its rules. */
    rules: z.boolean(),
    /** Ask the level above for more. */
    ask: z.boolean(),
    /** Pay money in from outside. */
    topUp: z.boolean(),
  }),
})

/** One node: its balance, rules, and the way up to the agency. */
export const getBudget = endpoint({
  ...read,
  name: 'getBudget',
  method: 'GET',
  path: '/budgets',
  summary: 'A budget: of a client, of a member, or one’s own level when none is named.',
  query: z.strictObject({ client: idInput('client').optional(), member: idInput('member').optional() }),
  answer: z.strictObject({
    ...row.shape,
    /** Levels above, nearest first, as far as the caller sees. */
    above: z.array(nodeAnswer),
    /** Open request for it. */
    request: request.nullable(),
    /** Requests from below that the caller may decide. */
    waiting: z.int(),
  }),
})

/** What is below a node: members first, then clients. */
export const listBudgets = endpoint({
  ...read,
  name: 'listBudgets',
  method: 'GET',
  path: '/budgets/below',
  summary: 'Budgets directly below a level, members first, then clients; with `q`, anywhere below.',
  query: z.strictObject({
    member: idInput('member').optional(),
    q: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(300).optional(),
  }),
  answer: z.strictObject({ data: z.array(row), nextCursor: z.string().nullable() }),
})

/** How much is in all the levels below one; by itself, since it reads every one of them. */
export const sumBudgetsBelow = endpoint({
  ...read,
  name: 'sumBudgetsBelow',
  method: 'GET',
  path: '/budgets/below/total',
  summary: 'What is in all the levels below a member, or below one’s own level when none is named.',
  query: z.strictObject({ member: idInput('member').optional() }),
  answer: z.strictObject({ total: money }),
})

/** Minor units: sums with tax stay far below what a number holds exactly. */
const mostAtOnce = 1e13
const amount = money.extend({ amount: z.int().positive().max(mostAtOnce) })
const moved = z.strictObject({
  from: z.strictObject({ node: nodeAnswer, available: money }),
  to: z.strictObject({ node: nodeAnswer, available: money }),
})
const moneyRefusals = [
  'wallet.insufficient',
  'wallet.key_reused',
  'budget.not_yours',
  'budget.same',
  'budget.member_disabled',
  'client.archived',
] as const

/** Moves budget between two nodes, step by step between parent and child, as one operation. */
export const moveBudget = endpoint({
  ...move,
  name: 'moveBudget',
  method: 'POST',
  path: '/budgets/moves',
  summary: 'Give, take back or move budget between two levels, as one operation.',
  idempotencyKey: 'required',
  body: z.strictObject({ from: node, to: node, amount, note: optionalLine(200) }),
  answer: moved,
  refusals: [...moneyRefusals],
})

/** Gives many nodes their budget at once from the caller's own level, all or none. */
export const allocateBudgets = endpoint({
  ...move,
  name: 'allocateBudgets',
  method: 'POST',
  path: '/budgets/allocations',
  summary: 'Give budget to many members or clients at once, all or none.',
  idempotencyKey: 'required',
  body: z.strictObject({
    allocations: z
      .array(z.strictObject({ to: node, amount }))
      .min(1)
      .max(1000),
    note: optionalLine(200),
  }),
  answer: z.strictObject({ count: z.int(), total: money, available: money }),
  refusals: [...moneyRefusals],
})

/** What was given last month, to give it again ("Reconduire les budgets du mois"). */
export const getCarryOver = endpoint({
  ...move,
  name: 'getCarryOver',
  method: 'GET',
  path: '/budgets/carry-over',
  summary: 'What the caller’s level gave last month and this month, and what giving it again would take.',
  answer: z.strictObject({
    /** Calendar months, `YYYY-MM`, in the agency’s time zone. */
    month: z.string(),
    previousMonth: z.string(),
    available: money,
    data: z.array(z.strictObject({ node: nodeAnswer, previous: money, current: money, proposed: money })),
    /** More were given to than are listed. */
    more: z.boolean(),
  }),
})

/** Sets what happens by itself with a node's budget. */
export const setBudgetRule = endpoint({
  ...move,
  name: 'setBudgetRule',
  method: 'PUT',
  path: '/budgets/rules',
  summary: 'Set the monthly amount, the warning and what to do when empty of a level below.',
  body: z.strictObject({
    node,
    whenEmpty: z.enum(whenEmptyChoices),
    drawLimit: amount.nullable(),
    alertBelow: amount.nullable(),
    monthly: amount.nullable(),
    /** The rule's version as it was read: 409 `version.stale` with the present rule when somebody changed it since. */
    version: z.int().optional(),
  }),
  answer: rule,
  refusals: ['budget.not_yours', 'version.stale'],
})

/** Requests the caller made or may decide, open ones first. */
export const listBudgetRequests = endpoint({
  ...read,
  name: 'listBudgetRequests',
  method: 'GET',
  path: '/budgets/requests',
  summary: 'Budget asked for in the caller’s sight: open requests, then the latest decided.',
  answer: z.strictObject({ data: z.array(request) }),
})

/** Asks the level above for budget. */
export const requestBudget = endpoint({
  ...read,
  name: 'requestBudget',
  method: 'POST',
  path: '/budgets/requests',
  summary: 'Ask the level above for budget, for oneself or for a client.',
  body: z.strictObject({ node, amount, note: optionalLine(500) }),
  answer: request,
  status: 201,
  refusals: ['budget.asked_already', 'budget.not_yours'],
})

/** Grants (all or part of) a request, or refuses it. */
export const decideBudgetRequest = endpoint({
  ...move,
  name: 'decideBudgetRequest',
  method: 'POST',
  path: '/budgets/requests/:id/decision',
  summary: 'Grant a request, in whole or in part, or refuse it.',
  params: z.strictObject({ id: idInput('budgetRequest') }),
  body: z.strictObject({ grant: amount.nullable(), answer: optionalLine(500) }),
  answer: request,
  refusals: ['budget.decided', ...moneyRefusals],
})

/** What paying money in would cost: VAT comes on top. */
export const quoteTopUp = endpoint({
  realms: [...realms],
  may: 'budgets.topUp',
  name: 'quoteTopUp',
  method: 'GET',
  path: '/budgets/top-ups/quote',
  summary: 'What a top-up costs: net, VAT and total, and who the invoice is made out to.',
  query: z.strictObject({
    client: idInput('client').optional(),
    amount: z.coerce.number().int().min(1).max(mostAtOnce),
  }),
  answer: z.strictObject({ net: money, vat: money, total: money, payer: line(300) }),
})

/** Pays money into the agency's budget, or into a client's with the invoice in that client's details. */
export const topUpBudget = endpoint({
  realms: [...realms],
  may: 'budgets.topUp',
  name: 'topUpBudget',
  method: 'POST',
  path: '/budgets/top-ups',
  summary: 'Pay money into a budget; the invoice is made out to the agency or to the client.',
  idempotencyKey: 'required',
  body: z.strictObject({ client: idInput('client').optional(), amount }),
  answer: z.strictObject({ purchaseId: idAnswer('purchase') }),
  status: 201,
  refusals: [
    'client.archived',
    'payment_method.missing',
    'billing_profile.incomplete',
    'purchase.key_reused',
  ],
})
