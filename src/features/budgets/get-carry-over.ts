import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import { balancesOf } from '../wallets/public.ts'
import { budgetWallet, type BudgetNode } from './budget-node.ts'
import type { getCarryOver as contract } from './contract.ts'
import { monthOf } from './month.ts'
import { findNodes, nodeAnswer, ownNode } from './node-in-sight.ts'

/** At most so many nodes are proposed at once: as many as `allocateBudgets` takes. */
const proposedAtMost = 1000

type Given = { kind: 'member' | 'client'; id: string; previous: bigint; current: bigint }

/**
 * What the caller's own level gave to the levels directly below last month, net of what it took back, and what
 * giving it again this month would take: what was given already counts.
 */
export async function getCarryOver(
  ctx: Ctx,
  _input: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const own = ownNode(ctx)
  if (!own) throw notFound()
  const [month, previous] = [monthOf(ctx), monthOf(ctx, 1)]
  const wallet = budgetWallet(ctx, own)
  const [balance] = await balancesOf(ctx, [wallet])
  const { currency } = agencyOf(ctx)
  const rows = await ctx.tx.query<Given>('budget_given', givenSql, [
    ctx.agencyId,
    own.kind,
    own.kind === 'agency' ? ctx.agencyId : own.id,
    currency,
    previous.starts,
    month.starts,
  ])
  const listed = rows.slice(0, proposedAtMost)
  const known = await open(
    ctx,
    listed.map(({ kind, id }) => ({ kind, id })),
  )
  const money = (amount: bigint) => ({ amount: Number(amount), currency })
  return {
    month: month.name,
    previousMonth: previous.name,
    available: money(balance!.available),
    data: listed.flatMap((r) => {
      const facts = known.get(r.id)
      if (!facts) return []
      const left = r.previous - r.current
      return {
        node: nodeAnswer(ctx, facts),
        previous: money(r.previous),
        current: money(r.current > 0n ? r.current : 0n),
        proposed: money(left > 0n ? left : 0n),
      }
    }),
    more: rows.length > proposedAtMost,
  }
}

/** Those that still are in sight and may receive. */
async function open(ctx: Ctx, nodes: BudgetNode[]) {
  const facts = await findNodes(ctx, nodes)
  return new Map(
    facts.flatMap((f) => (f && !f.closed && f.node.kind !== 'agency' ? [[f.node.id, f] as const] : [])),
  )
}

const givenSql = `select o.owner_kind as kind, o.owner_id as id,
    coalesce(sum(-e.amount) filter (where e.occurred_at < $6), 0)::bigint as previous,
    coalesce(sum(-e.amount) filter (where e.occurred_at >= $6), 0)::bigint as current
  from wallet w
  join entry e on e.agency_id = w.agency_id and e.wallet_id = w.id and e.occurred_at >= $5
  join money_transfer m on m.agency_id = e.agency_id and m.id = e.money_transfer_id and m.reason like 'budget.%'
  join entry x on x.agency_id = e.agency_id and x.money_transfer_id = e.money_transfer_id and x.line <> e.line
  join wallet o on o.agency_id = x.agency_id and o.id = x.wallet_id and o.owner_kind in ('member', 'client')
    and o.owner_id = m.reference_id
  where w.agency_id = $1 and w.owner_kind = $2 and w.owner_id = $3 and w.purpose = 'budget' and w.code = '' and w.unit = $4
  group by 1, 2
  having coalesce(sum(-e.amount) filter (where e.occurred_at < $6), 0) > 0
  order by previous desc, id limit ${proposedAtMost + 1}`
