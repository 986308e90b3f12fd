import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import { levelsOf, type BudgetNode } from './budget-node.ts'
import type { sumBudgetsBelow as contract } from './contract.ts'
import { nodesInSight, ownNode } from './node-in-sight.ts'

/** All the budget in the levels below one, one's own when none is named; 404 out of sight or for nobody's. */
export async function sumBudgetsBelow(
  ctx: Ctx,
  { query }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const node: BudgetNode | null = query.member ? { kind: 'member', id: query.member } : ownNode(ctx)
  if (!node) throw notFound()
  await nodesInSight(ctx, [node])
  const { currency, mode } = agencyOf(ctx)
  const [row] =
    node.kind === 'agency'
      ? await ctx.tx.query<{ total: bigint }>('budget_below_agency', agencySql, [ctx.agencyId, currency])
      : await ctx.tx.query<{ total: bigint }>('budget_below_member', memberSql, [
          ctx.agencyId,
          levelsOf(mode),
          currency,
          node.id,
        ])
  return { total: { amount: Number(row!.total), currency } }
}

const agencySql = `select coalesce(sum(balance), 0)::bigint as total from wallet
  where agency_id = $1 and purpose = 'budget' and owner_kind in ('member', 'client') and unit = $2`

// As a set what `clientParentSql` says of one client: its lead where that stands in the client's home, else its home.
const memberSql = `with team as materialized (
    select k.descendant_id as id, m.role = any($2::text[]) as level from member_closure k
    join member m on m.agency_id = k.agency_id and m.id = k.descendant_id
    where k.agency_id = $1 and k.ancestor_id = $4),
  below as (
    select 'member' as kind, id from team where id <> $4
    union all
    select 'client', a.client_id from team join assignment a on a.agency_id = $1 and a.member_id = team.id and a.is_lead
      join client c on c.agency_id = $1 and c.id = a.client_id
      where team.level and (c.home_id is null or exists (select from member_closure k
        where k.agency_id = $1 and k.ancestor_id = c.home_id and k.descendant_id = a.member_id))
    union all
    select 'client', c.id from team join client c on c.agency_id = $1 and c.home_id = team.id
      where team.level and not exists (select from assignment a join member m on m.agency_id = a.agency_id and m.id = a.member_id
        join member_closure k on k.agency_id = a.agency_id and k.ancestor_id = c.home_id and k.descendant_id = a.member_id
        where a.agency_id = $1 and a.client_id = c.id and a.is_lead and m.role = any($2::text[])))
  select coalesce(sum(w.balance), 0)::bigint as total from below b
  join wallet w on w.agency_id = $1 and w.owner_kind = b.kind and w.owner_id = b.id and w.purpose = 'budget' and w.code = '' and w.unit = $3`
