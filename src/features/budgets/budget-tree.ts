import { agencyOf, type Ctx } from '../../server/context.ts'
import { levelsOf, nodeName, type BudgetNode } from './budget-node.ts'

/**
 * Who stands between a client and the agency, as SQL over a row of `client`: its lead when that is a level of
 * this mode and stands in the client's home, else its home, else nobody (null: the agency). Parameters: agency
 * and levels (text[]).
 */
export function clientParentSql(client: string, agency = '$1', levels = '$2::text[]'): string {
  return `coalesce(
    (select a.member_id from assignment a join member m on m.agency_id = a.agency_id and m.id = a.member_id
      where a.agency_id = ${agency} and a.client_id = ${client}.id and a.is_lead and m.role = any(${levels})
        and (${client}.home_id is null or exists (select from member_closure k where k.agency_id = ${agency}
          and k.ancestor_id = ${client}.home_id and k.descendant_id = a.member_id))),
    (select m.id from member m where m.agency_id = ${agency} and m.id = ${client}.home_id and m.role = any(${levels})))`
}

/** The member a member's budget comes from: the nearest above that is a level; null: the agency. */
export function memberParentSql(member: string, agency = '$1', levels = '$2::text[]'): string {
  return `(select k.ancestor_id from member_closure k join member m on m.agency_id = k.agency_id and m.id = k.ancestor_id
    where k.agency_id = ${agency} and k.descendant_id = ${member}.id and k.depth > 0 and m.role = any(${levels})
    order by k.depth limit 1)`
}

/** The way from each node up to the agency, both included, nearest first; in the order asked. */
export async function waysUp(ctx: Ctx, nodes: readonly BudgetNode[]): Promise<BudgetNode[][]> {
  const levels = levelsOf(agencyOf(ctx).mode)
  const idsOf = (kind: 'member' | 'client') => nodes.flatMap((n) => (n.kind === kind ? n.id : []))
  const parents = await ctx.tx.query<{ id: string; parent_id: string | null }>(
    'budget_client_parents',
    `select client.id, ${clientParentSql('client')} as parent_id from client
     where client.agency_id = $1 and client.id = any($3::uuid[])`,
    [ctx.agencyId, levels, idsOf('client')],
  )
  const parentOf = new Map(parents.map((p) => [p.id, p.parent_id]))
  const memberIds = [...idsOf('member'), ...parents.flatMap((p) => p.parent_id ?? [])]
  const above = await ctx.tx.query<{ id: string; ancestors: string[] }>(
    'budget_member_ways',
    `select k.descendant_id as id, array_agg(k.ancestor_id order by k.depth) as ancestors
     from member_closure k join member m on m.agency_id = k.agency_id and m.id = k.ancestor_id
     where k.agency_id = $1 and k.descendant_id = any($3::uuid[]) and (k.depth = 0 or m.role = any($2::text[])) group by 1`,
    [ctx.agencyId, levels, [...new Set(memberIds)]],
  )
  const ancestorsOf = new Map(above.map((a) => [a.id, a.ancestors]))
  const membersUp = (id: string | null | undefined): BudgetNode[] =>
    (id ? (ancestorsOf.get(id) ?? []) : []).map((a) => ({ kind: 'member', id: a }))
  return nodes.map((node) => {
    if (node.kind === 'agency') return [node]
    const rest = node.kind === 'client' ? [node, ...membersUp(parentOf.get(node.id))] : membersUp(node.id)
    return [...rest, { kind: 'agency' as const }]
  })
}

/** One step of a budget's way, between a node and its direct parent or child. */
export type Step = { from: BudgetNode; to: BudgetNode; up: boolean }

/**
 * The steps from one node to another, each between a node and its direct parent or child (C3): up to where
 * their ways meet, then down. Given both ways up.
 */
export function stepsBetween(fromUp: readonly BudgetNode[], toUp: readonly BudgetNode[]): Step[] {
  const places = new Map(toUp.map((n, i) => [nodeName(n), i]))
  const meeting = fromUp.findIndex((n) => places.has(nodeName(n)))
  const down = toUp.slice(0, places.get(nodeName(fromUp[meeting]!))!).toReversed()
  const way = [...fromUp.slice(0, meeting + 1), ...down]
  return way.slice(1).map((to, i) => ({ from: way[i]!, to, up: i < meeting }))
}
