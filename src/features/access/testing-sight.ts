import type { Role } from '../../contract/rights.ts'
import { newId } from '../../server/ids.ts'
import type { TestApp } from '../../server/testing.ts'
import type { SightRule } from './contract.ts'

/** A member, a client and an agency as plain data: what the brute-force oracle reasons on. */
export type PlainMember = {
  id: string
  role: Role
  parent: string | null
  seesUnassigned: boolean
  state: 'invited' | 'active' | 'disabled'
}
export type PlainClient = { id: string; home: string | null; assignees: string[] }
export type PlainAgency = {
  id: string
  mode: 'simple' | 'intermediate' | 'full'
  members: PlainMember[]
  clients: PlainClient[]
}

/** Repeatable random numbers (mulberry32). */
export function randomFrom(seed: number): {
  int(below: number): number
  chance(p: number): boolean
  pick<T>(from: readonly T[]): T
} {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let x = Math.imul(state ^ (state >>> 15), state | 1)
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61)
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32
  }
  const int = (below: number) => Math.floor(next() * below)
  return { int, chance: (p) => next() < p, pick: (from) => from[int(from.length)]! }
}

/** A random agency: any tree that its mode allows, any assignments, homes, states and switches. */
export function randomAgency(random: ReturnType<typeof randomFrom>): PlainAgency {
  const mode = random.pick(['simple', 'intermediate', 'full'] as const)
  const members: PlainMember[] = []
  for (let i = 0, n = 1 + random.int(10); i < n; i++) {
    const role: Role =
      i === 0
        ? 'owner'
        : random.pick([
            'owner',
            'manager',
            'manager',
            'consultant',
            'consultant',
            'consultant',
            'client',
          ] as const)
    const roots = members.filter((m) => m.parent === null)
    const above =
      mode === 'simple' || random.chance(0.3) ? null : random.pick(mode === 'intermediate' ? roots : members)
    members.push({
      id: newId(),
      role,
      parent: above?.id ?? null,
      seesUnassigned: random.chance(0.7),
      state: random.pick(['active', 'active', 'active', 'disabled', 'invited']),
    })
  }
  const clients = Array.from({ length: random.int(9) }, () => ({
    id: newId(),
    home: random.chance(0.4) ? random.pick(members).id : null,
    assignees: random.chance(0.4)
      ? []
      : [...new Set(Array.from({ length: 1 + random.int(3) }, () => random.pick(members).id))],
  }))
  return { id: newId(), mode, members, clients }
}

/** The member itself and everybody above it, by walking up the parents. */
function selfAndAbove(agency: PlainAgency, id: string): string[] {
  const line: string[] = []
  for (let at: string | null = id; at !== null; at = agency.members.find((m) => m.id === at)!.parent)
    line.push(at)
  return line
}

/** The rules of domain.md read aloud: every rule by which the member sees the client, sorted, once per path. */
export function oracleRules(agency: PlainAgency, member: PlainMember, client: PlainClient): SightRule[] {
  const rules: SightRule[] = []
  if (member.role === 'owner') rules.push('owner')
  for (const assignee of client.assignees) {
    if (assignee === member.id) rules.push('direct')
    else if (selfAndAbove(agency, assignee).includes(member.id)) rules.push('hierarchy')
  }
  if (client.home !== null && selfAndAbove(agency, client.home).includes(member.id)) rules.push('home')
  const waitsAbove = client.home === null || selfAndAbove(agency, member.id).includes(client.home)
  if (client.assignees.length === 0 && member.seesUnassigned && waitsAbove) rules.push('pool')
  return rules.toSorted()
}

/** Writes agencies into the database, all at once. */
export async function insertAgencies(t: TestApp, agencies: readonly PlainAgency[]): Promise<void> {
  const insert = (text: string, rows: unknown[]) => t.sql(text, [JSON.stringify(rows)])
  await insert(
    `insert into agency (agency_id, kind, name, slug, mode, hierarchy_enabled, created_at)
     select id, 'agency', 'Hasard', 'h' || replace(id::text, '-', ''), mode, true, now() from jsonb_to_recordset($1) as r(id uuid, mode text)`,
    agencies.map((a) => ({ id: a.id, mode: a.mode })),
  )
  const members = agencies.flatMap((a) => a.members.map((m) => ({ ...m, agency: a.id })))
  await insert(
    `insert into realm_user (agency_id, id, realm_id, realm_kind, email, email_key, name, created_at)
     select agency, id, agency, 'agency', id || '@exemple.fr', id || '@exemple.fr', 'Membre', now() from jsonb_to_recordset($1) as r(agency uuid, id uuid)`,
    members,
  )
  // In the order they were made: parents before children, as the closure's trigger needs.
  await insert(
    `insert into member (agency_id, id, user_id, role, parent_id, state, sees_unassigned, created_at)
     select agency, id, id, role, parent, state, "seesUnassigned", now()
     from rows from (jsonb_to_recordset($1) as (agency uuid, id uuid, role text, parent uuid, state text, "seesUnassigned" boolean))
     with ordinality as r(agency, id, role, parent, state, "seesUnassigned", n) order by n`,
    members,
  )
  const clients = agencies.flatMap((a) => a.clients.map((c) => ({ ...c, agency: a.id })))
  await insert(
    `insert into client (agency_id, id, name, home_id, last_activity_at, created_at, updated_at)
     select agency, id, 'Client', home, now(), now(), now() from jsonb_to_recordset($1) as r(agency uuid, id uuid, home uuid)`,
    clients,
  )
  await insert(
    `insert into assignment (agency_id, client_id, member_id, assigned_by_name, assigned_at)
     select agency, client, member, 'Hasard', now() from jsonb_to_recordset($1) as r(agency uuid, client uuid, member uuid)`,
    clients.flatMap((c) => c.assignees.map((member) => ({ agency: c.agency, client: c.id, member }))),
  )
}
