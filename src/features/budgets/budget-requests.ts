import { sql, type Selectable } from 'kysely'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { agencyOf, memberOf, subjectOf, type Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { notFound, Refusal } from '../../server/refusal.ts'
import type { BudgetRequest } from '../../server/schema.gen.ts'
import { entrustedClients } from '../access/public.ts'
import { notifyUsers } from '../notifications/public.ts'
import { visibleMembers } from '../sub-accounts/public.ts'
import { moneyText } from '../wallets/public.ts'
import type { BudgetNode } from './budget-node.ts'
import { budgetRows } from './budget-rows.ts'
import { carryBudgets, checkWay } from './carry-budget.ts'
import type * as contract from './contract.ts'
import {
  checkCurrency,
  findNodes,
  isAbove,
  nodeAnswer,
  nodeOf,
  nodesInSight,
  ownNode,
  type NodeFacts,
} from './node-in-sight.ts'
import { responsibleFor } from './responsible-for.ts'

type Row = Selectable<BudgetRequest>
type Answer = AnswerOf<typeof contract.requestBudget>

/** Requests listed at once: open ones first, then the latest decided. */
const listedRequests = 200

/**
 * Asks the level above for budget: for oneself, or for a client when its rule says to ask. One open request a
 * node: 409 `budget.asked_already`; 403 `budget.not_yours` for who stands above and may simply give.
 */
export async function requestBudget(
  ctx: Ctx,
  { body }: InputOf<typeof contract.requestBudget>,
): Promise<Answer> {
  checkCurrency(ctx, body.amount)
  const [facts] = await nodesInSight(ctx, [nodeOf(body.node)])
  const [budget] = await budgetRows(ctx, [facts!])
  if (!budget!.can.ask || facts!.node.kind === 'agency') throw new Refusal(403, 'budget.not_yours')
  const [row] = await ctx.tx.query<Row>(
    'ask_for_budget',
    `insert into budget_request (agency_id, id, owner_kind, owner_id, amount, note, asked_by, asked_by_name, asked_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (agency_id, owner_kind, owner_id) where state = 'open' do nothing
     returning *`,
    [
      ctx.agencyId,
      newId(),
      facts!.node.kind,
      facts!.node.id,
      body.amount.amount,
      body.note ?? null,
      subjectOf(ctx).userId,
      subjectOf(ctx).name,
      ctx.nowIso,
    ],
  )
  if (!row) throw new Refusal(409, 'budget.asked_already')
  record(ctx, 'budget.asked', facts!, row)
  for (const who of await responsibleFor(ctx, facts!.way[1]!))
    await notifyUsers(ctx, [who.userId], {
      kind: 'budget_asked',
      values: {
        by: subjectOf(ctx).name,
        name: facts!.name,
        amount: moneyText(who.locale ?? agencyOf(ctx).locale, row.amount, agencyOf(ctx).currency),
      },
      link: '/budgets?demandes=1',
    })
  ctx.publish({ agencyId: ctx.agencyId, kind: 'budgets' })
  return requestAnswer(ctx, row, facts!)
}

/** Requests for nodes in sight: open ones first, then the latest decided. */
export async function listBudgetRequests(ctx: Ctx): Promise<AnswerOf<typeof contract.listBudgetRequests>> {
  const found = await requestsInSight(ctx, { openOnly: false })
  return { data: found.map(([row, facts]) => requestAnswer(ctx, row, facts)) }
}

/** Decides a request one stands above: 409 `budget.decided` when somebody has, and what a move refuses. */
export async function decideBudgetRequest(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.decideBudgetRequest>,
): Promise<Answer> {
  checkCurrency(ctx, body.grant)
  const [row] = await ctx.tx.query<Row>(
    'lock_budget_request',
    'select * from budget_request where agency_id = $1 and id = $2 for update',
    [ctx.agencyId, params.id],
  )
  if (!row) throw notFound()
  const [to] = await nodesInSight(ctx, [nodeOfRow(row)])
  if (!isAbove(ctx, to!)) throw new Refusal(403, 'budget.not_yours')
  if (row.state !== 'open') throw new Refusal(409, 'budget.decided')
  if (body.grant) {
    const [from] = await nodesInSight(ctx, [ownNode(ctx)!])
    checkWay(ctx, { from: from!, to: to! })
    await carryBudgets(ctx, `budget.request ${row.id}`, [
      { from: from!, to: to!, amount: BigInt(body.grant.amount), note: row.note ?? undefined },
    ])
  }
  const [decided] = await ctx.tx.query<Row>(
    'decide_budget_request',
    `update budget_request set state = $3, granted = $4, answer = $5, decided_by_name = $6, decided_at = $7
     where agency_id = $1 and id = $2 returning *`,
    [
      ctx.agencyId,
      row.id,
      body.grant ? 'granted' : 'refused',
      body.grant?.amount ?? null,
      body.answer ?? null,
      subjectOf(ctx).name,
      ctx.nowIso,
    ],
  )
  record(ctx, body.grant ? 'budget.granted' : 'budget.refused', to!, decided!)
  if (row.asked_by !== null && row.asked_by !== ctx.actor?.userId)
    await notifyUsers(ctx, [row.asked_by], {
      kind: body.grant ? 'budget_granted' : 'budget_refused',
      values: {
        name: to!.name,
        amount: moneyText(
          agencyOf(ctx).locale,
          BigInt(body.grant?.amount ?? Number(row.amount)),
          agencyOf(ctx).currency,
        ),
      },
      link: '/budgets',
    })
  ctx.publish({ agencyId: ctx.agencyId, kind: 'budgets' })
  return requestAnswer(ctx, decided!, to!)
}

/** The open request for a node. */
export async function openRequestOf(ctx: Ctx, facts: NodeFacts): Promise<Answer | null> {
  if (facts.node.kind === 'agency') return null
  const [row] = await ctx.tx.query<Row>(
    'open_budget_request',
    `select * from budget_request where agency_id = $1 and owner_kind = $2 and owner_id = $3 and state = 'open'`,
    [ctx.agencyId, facts.node.kind, facts.node.id],
  )
  return row ? requestAnswer(ctx, row, facts) : null
}

/** How many open requests the caller may decide. */
export async function openRequestsBelow(ctx: Ctx): Promise<number> {
  return (await requestsInSight(ctx, { openOnly: true })).filter(([, facts]) => isAbove(ctx, facts)).length
}

/**
 * Requests for what the caller sees, cut to those before they are counted: an agency's other teams never push one's
 * own off the list.
 */
async function requestsInSight(ctx: Ctx, { openOnly }: { openOnly: boolean }): Promise<[Row, NodeFacts][]> {
  const clients = entrustedClients(ctx).select('client.id')
  const members = visibleMembers(ctx).select('member.id')
  const rows = await ctx.db
    .selectFrom('budget_request as r')
    .selectAll('r')
    .where('r.agency_id', '=', ctx.agencyId)
    .where((eb) =>
      eb.or([
        eb.and([eb('r.owner_kind', '=', 'client'), eb('r.owner_id', 'in', clients)]),
        ...(memberOf(ctx).role === 'client'
          ? []
          : [eb.and([eb('r.owner_kind', '=', 'member'), eb('r.owner_id', 'in', members)])]),
      ]),
    )
    .$if(openOnly, (q) => q.where('r.state', '=', 'open'))
    .orderBy(sql`r.state = 'open'`, 'desc')
    .orderBy('r.asked_at', 'desc')
    .orderBy('r.id')
    .limit(listedRequests)
    .execute()
  const facts = await findNodes(ctx, rows.map(nodeOfRow))
  return rows.flatMap((row, i) => (facts[i] ? [[row, facts[i]]] : []))
}

function nodeOfRow(row: Row): BudgetNode {
  return { kind: row.owner_kind as 'member', id: row.owner_id }
}

function record(ctx: Ctx, action: `budget.${string}`, facts: NodeFacts, row: Row): void {
  if (facts.node.kind === 'agency') return
  ctx.audit({
    action,
    ...(facts.node.kind === 'client' ? { clientId: facts.node.id } : { memberId: facts.node.id }),
    entity: { kind: facts.node.kind, id: facts.node.id, name: facts.name },
    data: {
      amount: Number(row.amount),
      currency: agencyOf(ctx).currency,
      ...(row.granted !== null && { granted: Number(row.granted) }),
    },
  })
}

function requestAnswer(ctx: Ctx, row: Row, facts: NodeFacts): Answer {
  const { currency } = agencyOf(ctx)
  return {
    id: toPublicId('budgetRequest', row.id),
    node: nodeAnswer(ctx, facts),
    amount: { amount: Number(row.amount), currency },
    note: row.note,
    state: row.state as Answer['state'],
    askedBy: row.asked_by_name,
    askedAt: row.asked_at,
    granted: row.granted === null ? null : { amount: Number(row.granted), currency },
    answer: row.answer,
    canDecide: row.state === 'open' && isAbove(ctx, facts),
  }
}
