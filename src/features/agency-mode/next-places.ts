import type { Role } from '../../contract/rights.ts'
import { mayStandUnder, type Mode } from '../sub-accounts/public.ts'

/** A member where it stands, and what an earlier change of mode remembers of it. */
export type PlacedMember = {
  id: string
  role: Role
  /** The member above it; null at the root. */
  parent: string | null
  /** Where it stood before a mode without that place; null when nothing is remembered. */
  former: { parent: string; placed: string | null } | null
}

/** Roles that are a level of a mode (C5 to C7): those that have a team or a portfolio there. */
export function levelsOf(mode: Mode): readonly Role[] {
  return mode === 'full' ? ['manager', 'consultant'] : mode === 'intermediate' ? ['manager'] : []
}

/**
 * Where a member belongs: its former place as long as nobody moved it by hand since, else where it stands.
 */
export function belongsUnder(m: PlacedMember): string | null {
  return m.former !== null && m.parent === m.former.placed ? m.former.parent : m.parent
}

/**
 * Where each member stands in a mode: under the nearest member above the place it belongs to that may have it
 * below itself there, else at the root. Never a cycle, whatever was edited between two changes of mode.
 */
export function nextPlaces(mode: Mode, members: readonly PlacedMember[]): Map<string, string | null> {
  const byId = new Map(members.map((m) => [m.id, m]))
  const next = new Map(
    members.map((m) => [
      m.id,
      nearest(byId, m.id, belongsUnder(m), (x) => mayStandUnder(mode, m.role, x.role)),
    ]),
  )
  for (const m of members) if (returnsTo(next, m.id)) next.set(m.id, null)
  return next
}

/**
 * Whose portfolio a client of each member's is in, in a mode: the member's own while it is a level or an owner,
 * else that of the nearest level above the place it belongs to, else nobody's.
 */
export function nextHomes(mode: Mode, members: readonly PlacedMember[]): Map<string, string | null> {
  const byId = new Map(members.map((m) => [m.id, m]))
  const levels = levelsOf(mode)
  return new Map(
    members.map((m) => [
      m.id,
      m.role === 'owner' ? m.id : nearest(byId, null, m.id, (x) => levels.includes(x.role)),
    ]),
  )
}

/** The first member that suits, from `start` upwards by where each belongs, `except` and whoever was asked left out. */
function nearest(
  byId: ReadonlyMap<string, PlacedMember>,
  except: string | null,
  start: string | null,
  suits: (m: PlacedMember) => boolean,
): string | null {
  const asked = new Set<string>()
  for (let at = start; at !== null && at !== except && !asked.has(at);) {
    asked.add(at)
    const m = byId.get(at)
    if (!m) return null
    if (suits(m)) return at
    at = belongsUnder(m)
  }
  return null
}

/** Whether going up from a member comes back to it. */
export function returnsTo(parents: ReadonlyMap<string, string | null>, id: string): boolean {
  const asked = new Set<string>()
  for (let at = parents.get(id) ?? null; at !== null && !asked.has(at); at = parents.get(at) ?? null) {
    if (at === id) return true
    asked.add(at)
  }
  return false
}

/** Every pair of a member and itself or somebody above it, side by side: the closure of `parents`. */
export function closureOf(parents: ReadonlyMap<string, string | null>): { above: string[]; below: string[] } {
  const pairs = { above: [] as string[], below: [] as string[] }
  for (const id of parents.keys())
    for (let at: string | null = id; at !== null; at = parents.get(at) ?? null) {
      pairs.above.push(at)
      pairs.below.push(id)
    }
  return pairs
}
