import { toPublicId } from '../../contract/ids.ts'
import type { Role } from '../../contract/rights.ts'
import { agencyOf, memberOf, type Ctx } from '../../server/context.ts'
import { invalid, notFound } from '../../server/refusal.ts'
import { entrustedClients } from '../access/public.ts'
import { visibleMemberCondition } from '../sub-accounts/public.ts'
import { nodeName, sameNode, type BudgetNode } from './budget-node.ts'
import { waysUp } from './budget-tree.ts'
import type { NodeInput } from './contract.ts'

/** A node with what is needed to decide on it. */
export type NodeFacts = {
  node: BudgetNode
  name: string
  /** A member's; null for others. */
  role: Role | null
  /** From the node up to the agency, both included. */
  way: BudgetNode[]
  /** An archived client, a disabled member: gives back, receives nothing. */
  closed: boolean
}

/** The level the caller spends from: the agency for owners, themselves for the team, none for clients' people. */
export function ownNode(ctx: Ctx): BudgetNode | null {
  const { role, memberId } = memberOf(ctx)
  if (role === 'owner') return { kind: 'agency' }
  return role === 'client' ? null : { kind: 'member', id: memberId }
}

/** Whether the caller stands above the node: what is in it is its to take back. */
export function isAbove(ctx: Ctx, facts: Pick<NodeFacts, 'way'>): boolean {
  const own = ownNode(ctx)
  return own !== null && facts.way.slice(1).some((n) => sameNode(n, own))
}

/** Whether it is the caller's own level. */
export function isOwn(ctx: Ctx, facts: Pick<NodeFacts, 'node'>): boolean {
  const own = ownNode(ctx)
  return own !== null && sameNode(facts.node, own)
}

/** Whether the caller may spend what is there: its own level, or one below it. */
export async function maySpendFrom(ctx: Ctx, node: BudgetNode): Promise<boolean> {
  const [facts] = await findNodes(ctx, [node])
  return facts !== undefined && (isOwn(ctx, facts) || isAbove(ctx, facts))
}

/** A node of the API. */
export function nodeOf(input: NodeInput): BudgetNode {
  if ('client' in input) return { kind: 'client', id: input.client }
  return 'member' in input ? { kind: 'member', id: input.member } : { kind: 'agency' }
}

/** As the API answers it. */
export function nodeAnswer(ctx: Ctx, facts: Pick<NodeFacts, 'node' | 'name'>) {
  const { node, name } = facts
  const id = node.kind === 'agency' ? toPublicId('agency', ctx.agencyId) : toPublicId(node.kind, node.id)
  return { kind: node.kind, id, name }
}

/** Refuses (422 on `amount`) another currency than the agency's: budgets have no other. */
export function checkCurrency(ctx: Ctx, amount: { currency: string } | null): void {
  if (amount && amount.currency !== agencyOf(ctx).currency) throw invalid({ amount: 'budget.currency' })
}

/**
 * Nodes the caller may name, in the order asked; 404 for any other. Clients in sight (a client's own people:
 * those they are assigned to), members below and oneself; with `aboveToo`, also those one's own budget comes from.
 */
export async function nodesInSight(
  ctx: Ctx,
  nodes: readonly BudgetNode[],
  options: { aboveToo?: boolean } = {},
): Promise<NodeFacts[]> {
  return (await findNodes(ctx, nodes, options)).map((facts) => {
    if (!facts) throw notFound()
    return facts
  })
}

/** The same, undefined for each the caller may not name. */
export async function findNodes(
  ctx: Ctx,
  nodes: readonly BudgetNode[],
  options: { aboveToo?: boolean } = {},
): Promise<(NodeFacts | undefined)[]> {
  const { role } = memberOf(ctx)
  const own = ownNode(ctx)
  const [ways, [ownWay]] = await Promise.all([waysUp(ctx, nodes), waysUp(ctx, own ? [own] : [])])
  const above = new Set(options.aboveToo ? ownWay?.map(nodeName) : [])
  const idsOf = (kind: 'member' | 'client') => nodes.flatMap((n) => (n.kind === kind ? n.id : []))
  const clients = await clientsNamed(ctx, idsOf('client'))
  const members = await membersNamed(ctx, idsOf('member'), above)
  return nodes.map((node, i) => {
    const way = ways[i]!
    if (node.kind === 'agency') {
      if (role !== 'owner' && !above.has('agency')) return undefined
      return { node, name: agencyOf(ctx).name, role: null, way, closed: false }
    }
    const found = (node.kind === 'client' ? clients : members).get(node.id)
    return found && { node, ...found, way }
  })
}

type Named = Pick<NodeFacts, 'name' | 'role' | 'closed'>

async function clientsNamed(ctx: Ctx, ids: string[]): Promise<Map<string, Named>> {
  if (ids.length === 0) return new Map()
  const rows = await entrustedClients(ctx)
    .select(['client.id', 'client.name', 'client.status'])
    .where('client.id', 'in', ids)
    .execute()
  return new Map(rows.map((r) => [r.id, { name: r.name, role: null, closed: r.status === 'archived' }]))
}

async function membersNamed(
  ctx: Ctx,
  ids: string[],
  above: ReadonlySet<string>,
): Promise<Map<string, Named>> {
  if (ids.length === 0 || memberOf(ctx).role === 'client') return new Map()
  const aboveIds = ids.filter((id) => above.has(`member:${id}`))
  const rows = await ctx.db
    .selectFrom('member')
    .innerJoin('realm_user as u', (j) =>
      j.onRef('u.agency_id', '=', 'member.agency_id').onRef('u.id', '=', 'member.user_id'),
    )
    .select(['member.id', 'u.name', 'member.role', 'member.state'])
    .where('member.agency_id', '=', ctx.agencyId)
    .where('member.id', 'in', ids)
    .where('member.role', 'in', ['manager', 'consultant'])
    .where((eb) =>
      eb.or([visibleMemberCondition(ctx), ...(aboveIds.length > 0 ? [eb('member.id', 'in', aboveIds)] : [])]),
    )
    .execute()
  return new Map(
    rows.map((r) => [r.id, { name: r.name, role: r.role as Role, closed: r.state === 'disabled' }]),
  )
}
