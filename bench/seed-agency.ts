import { makeFirm } from './seed-names.ts'
import { SeededRandom } from './seed-random.ts'

/** Rows of one agency, column by column as `seed.ts` copies them. */
export type AgencyRows = {
  agency: Row[]
  host: Row[]
  user: Row[]
  member: Row[]
  closure: Row[]
  client: Row[]
  assignment: Row[]
}
/** One row in COPY's text form before escaping; null is NULL. */
export type Row = (string | number | boolean | null)[]
type Member = {
  id: string
  userId: string
  role: 'owner' | 'manager' | 'consultant' | 'client'
  above: Member | null
  place: number
}

/** When the first agency was born, milliseconds; the rest follows from the seed. */
const born = Date.UTC(2026, 0, 5, 8)
const day = 86_400_000

/** Address of an agency by its place. */
export function slugOf(place: number): string {
  return `agence-${String(place).padStart(4, '0')}`
}

/** Address of a member by its place in the agency. */
export function emailOf(place: number): string {
  return `membre-${place}@exemple.fr`
}

/** Agency `place` with its people and `size` clients: the same rows for the same seed. */
export function makeAgencyRows(
  place: number,
  size: number,
  passwordHash: string,
  team = size >= 5_000 ? bigTeam : smallTeam,
): AgencyRows {
  const random = new SeededRandom(20_260_000 + place)
  const id = random.id(born + place * 1000)
  const at = new Date(born).toISOString()
  const members = team(random)
  const consultants = members.filter((m) => m.role === 'consultant')
  const rows: AgencyRows = {
    agency: [[id, 'agency', `Agence ${place}`, slugOf(place), 'full', true, at]],
    host: [[slugOf(place), 'slug', id, id, 'agency', at]],
    user: members.map((m) => [
      id,
      m.userId,
      id,
      'agency',
      emailOf(m.place),
      emailOf(m.place),
      `Prénom Nom-${m.place}`,
      passwordHash,
      at,
      at,
    ]),
    member: members.map((m) => [
      id,
      m.id,
      m.userId,
      m.role,
      m.above?.id ?? null,
      'active',
      `prenom nom-${m.place} ${emailOf(m.place)}`,
      at,
    ]),
    closure: members.flatMap((m) => ancestors(m).map((a, depth): Row => [id, a.id, m.id, depth])),
    client: [],
    assignment: [],
  }
  for (let i = 0; i < size; i += 1) addClient(rows, id, i)
  return rows

  function addClient(to: AgencyRows, agencyId: string, i: number): void {
    const firm = makeFirm(random)
    const created = born + day + Math.floor((i * 280 * day) / size)
    const clientId = random.id(created)
    const first = random.next() < 0.95 ? random.pick(consultants) : null
    const second = first && random.next() < 0.1 ? random.pick(consultants) : null
    const holders = first === null ? [] : second && second !== first ? [first, second] : [first]
    const status = random.next() < 0.08 ? 'archived' : random.next() < 0.1 ? 'paused' : 'active'
    const when = new Date(created).toISOString()
    const active = new Date(created + random.below(30 * day)).toISOString()
    to.client.push([
      agencyId,
      clientId,
      firm.name,
      status,
      first && random.next() < 0.3 ? first.above!.id : null,
      firm.website,
      firm.city,
      firm.sector,
      random.next() < 0.1 ? '{VIP}' : '{}',
      random.below(900) * 1000,
      holders.length,
      active,
      when,
      when,
    ])
    for (const [n, m] of holders.entries())
      to.assignment.push([agencyId, clientId, m.id, n === 0, 'Banc', when])
  }
}

/** An owner, two managers and seven consultants below them. */
function smallTeam(random: SeededRandom): Member[] {
  const team: Member[] = [newMember(random, 0, 'owner', null)]
  const managers = [1, 2].map((place) => newMember(random, place, 'manager', null))
  team.push(...managers)
  for (let place = 3; place < 10; place += 1)
    team.push(newMember(random, place, 'consultant', managers[place % 2]!))
  return team
}

/** 200 members: below member 1 three levels of managers, then consultants, four levels down; member 2 has a smaller branch. */
function bigTeam(random: SeededRandom): Member[] {
  const team: Member[] = [newMember(random, 0, 'owner', null)]
  const add = (role: Member['role'], above: Member | null) => {
    const made = newMember(random, team.length, role, above)
    team.push(made)
    return made
  }
  const [top, other] = [add('manager', null), add('manager', null)]
  const level2 = Array.from({ length: 3 }, () => add('manager', top))
  const level3 = Array.from({ length: 9 }, (_, i) => add('manager', level2[i % 3]!))
  const level4 = Array.from({ length: 27 }, (_, i) => add('manager', level3[i % 9]!))
  for (let i = 0; team.length < 200; i += 1) add('consultant', i % 4 === 3 ? other! : level4[i % 27]!)
  return team
}

/** Members of each level of `sixLevels`, the owner above them and people of clients beside them left out. */
export const levelSizes = [3, 10, 30, 60, 120, 750]

/**
 * 1,000 members: an owner, five levels of managers and one of consultants (`levelSizes`), and people of clients.
 * The places of a level follow each other, and its people are spread evenly over the level above.
 */
export function sixLevels(random: SeededRandom): Member[] {
  const team: Member[] = [newMember(random, 0, 'owner', null)]
  let level: Member[] = []
  for (const [depth, size] of levelSizes.entries()) {
    const role = depth === levelSizes.length - 1 ? 'consultant' : 'manager'
    const above = level
    level = Array.from({ length: size }, (_, i) =>
      newMember(random, team.length + i, role, above[i % above.length] ?? null),
    )
    team.push(...level)
  }
  while (team.length < 1_000) team.push(newMember(random, team.length, 'client', null))
  return team
}

function newMember(random: SeededRandom, place: number, role: Member['role'], above: Member | null): Member {
  return { id: random.id(born + place), userId: random.id(born + place), role, above, place }
}

function ancestors(member: Member): Member[] {
  return [member, ...(member.above ? ancestors(member.above) : [])]
}
