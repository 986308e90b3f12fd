import type { Role } from '../../contract/rights.ts'
import type { Ctx } from '../../server/context.ts'
import { mayStandUnder, type Mode } from '../sub-accounts/public.ts'
import { closureOf, nextHomes, nextPlaces, returnsTo, type PlacedMember } from './next-places.ts'
import {
  chooseHomes,
  chooseMarks,
  openPlan,
  readSight,
  tryShape,
  wideningPlaces,
  type Widening,
} from './plan-sight.ts'

/** A member as a plan reads it. */
export type PlannedMember = PlacedMember & { sees: boolean; name: string; state: string }

/** A member that can't go back to its place, since somebody above would see more than today. */
export type KeptApart = { memberId: string; parentId: string; clients: number }

/** The shape an agency gets, with the rest of it in the plan's working tables. */
export type ModePlan = {
  members: readonly PlannedMember[]
  /** Who is under whom then. */
  parents: ReadonlyMap<string, string | null>
  keptApart: readonly KeptApart[]
}

/**
 * Plans a change of mode that changes nobody's sight (domain.md, "Modes"): where each member stands, whose
 * portfolio each client is in, and the marked assignments without which somebody would lose a client. A place
 * that would show somebody a client they do not see today is not taken again: the member stays where it is, or
 * goes to the root. With `widen` it is taken nevertheless. Call at most once in a transaction.
 */
export async function planMode(ctx: Ctx, mode: Mode, widen: boolean): Promise<ModePlan> {
  const members = await readMembers(ctx)
  const parents = nextPlaces(mode, members)
  const wanted = new Map(parents)
  await openPlan(ctx)
  await readSight(ctx, members, nextHomes(mode, members))
  const byId = new Map(members.map((m) => [m.id, m]))
  const apart = new Map<string, KeptApart>()
  for (;;) {
    await tryShape(ctx, ...numbered(parents))
    await chooseHomes(ctx, widen)
    let wide = widen ? [] : await wideningPlaces(ctx, 'plan_work')
    if (wide.length === 0) {
      await chooseMarks(ctx, widen)
      wide = widen ? [] : await wideningPlaces(ctx, 'plan_mark')
    }
    if (wide.length === 0) break
    for (const place of wide) leavePlace(place)
  }
  return { members, parents, keptApart: [...apart.values()] }

  /** Back to where it stands if the mode has that place and it was not that very one, else to the root. */
  function leavePlace({ memberId, clients }: Widening): void {
    const m = byId.get(memberId)!
    const tried = parents.get(memberId)!
    const seen = apart.get(memberId)
    if (tried === wanted.get(memberId)) apart.set(memberId, { memberId, parentId: tried, clients })
    else if (seen) seen.clients = Math.max(seen.clients, clients)
    const present = m.parent
    const may =
      tried === wanted.get(memberId) &&
      present !== tried &&
      present !== null &&
      mayStandUnder(mode, m.role, byId.get(present)?.role ?? null)
    parents.set(memberId, may ? present : null)
    if (returnsTo(parents, memberId)) parents.set(memberId, null)
  }
}

/** A shape as the plan's tables count it: members from 1 in the order of the map, 0 for the root. */
function numbered(parents: ReadonlyMap<string, string | null>) {
  const number = new Map([...parents.keys()].map((id, i) => [id, i + 1]))
  const of = (id: string | null) => (id === null ? 0 : number.get(id)!)
  const { above, below } = closureOf(parents)
  return [[...parents.values()].map(of), { above: above.map(of), below: below.map(of) }] as const
}

async function readMembers(ctx: Ctx): Promise<PlannedMember[]> {
  const rows = await ctx.tx.query<{
    id: string
    name: string
    role: Role
    state: string
    parent_id: string | null
    sees_unassigned: boolean
    former_parent_id: string | null
    placed_parent_id: string | null
  }>(
    'plan_members',
    `select m.id, u.name, m.role, m.state, m.parent_id, m.sees_unassigned, f.former_parent_id, f.placed_parent_id
     from member m join realm_user u on u.agency_id = m.agency_id and u.id = m.user_id
     left join former_place f on f.agency_id = m.agency_id and f.member_id = m.id
     where m.agency_id = $1 order by search_key(u.name), m.id`,
    [ctx.agencyId],
  )
  return rows.map((r) => ({
    id: r.id,
    name: r.name,
    role: r.role,
    state: r.state,
    sees: r.sees_unassigned,
    parent: r.parent_id,
    former: r.former_parent_id === null ? null : { parent: r.former_parent_id, placed: r.placed_parent_id },
  }))
}
