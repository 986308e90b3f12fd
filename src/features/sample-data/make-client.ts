import { slugOf } from '../../contract/slug.ts'
import { luhnHolds } from '../../contract/company-numbers.ts'
import { familyNames, sectors, streets, towns } from './french-places.ts'
import type { SeededRandom } from './seeded-random.ts'
import {
  latest,
  membersWhere,
  workday,
  type SampleAssignment,
  type SampleClient,
  type SampleMember,
  type World,
} from './world.ts'

/** What a firm is, before anybody works for it. */
export type Firm = Pick<
  SampleClient,
  'name' | 'website' | 'email' | 'phone' | 'town' | 'sector' | 'tags' | 'budget' | 'siren'
>

const tags = [
  'VIP',
  'À risque',
  'E-commerce',
  'Multi-sites',
  'Saisonnier',
  'Recommandé',
  'International',
] as const

/** Site of a firm, on the domain that nobody can own. */
export function siteOf(name: string): string {
  return `${slugOf(name)}.example`
}

/** A believable French firm; `name` when it is one of those that people of the cast run. */
export function makeFirm(random: SeededRandom, taken: Set<string>, given?: string): Firm {
  const sector =
    given === undefined
      ? random.pick(sectors)
      : (sectors.find((s) => s.firms.some((f) => given.startsWith(f.replace(' *', '')))) ?? sectors[0])
  const name = given ?? freeName(random, sector, taken)
  taken.add(name)
  const [town, postalCode, prefix] = random.pick(towns)
  const [low, high] = sector.budget
  return {
    name,
    website: siteOf(name),
    email: `contact@${siteOf(name)}`,
    phone: `${prefix} ${two(random)} ${two(random)}`,
    town: { name: town, postalCode, street: `${random.whole(1, 120)} ${random.pick(streets)}` },
    sector: sector.name,
    tags: random.chance(0.42) ? random.some(tags, random.chance(0.25) ? 2 : 1) : [],
    // Small budgets are many, large ones few; whole tens of euros.
    budget: BigInt(Math.round((low + (high - low) * random.next() ** 2) / 10) * 1000),
    siren: makeSiren(random),
  }
}

function freeName(random: SeededRandom, sector: (typeof sectors)[number], taken: Set<string>): string {
  for (;;) {
    const name = random
      .pick(sector.firms)
      .replace('*', random.pick(familyNames))
      .replace(/ de ([AEÉIOUH])/, ' d’$1')
    if (!taken.has(name)) return name
  }
}

function two(random: SeededRandom): string {
  return String(random.whole(0, 99)).padStart(2, '0')
}

/** A SIREN whose key holds. It begins with 0, which no real company's does. */
function makeSiren(random: SeededRandom): string {
  const start = `0${random.whole(1_000_000, 9_999_999)}`
  for (let key = 0; key <= 9; key += 1) if (luhnHolds(`${start}${key}`)) return `${start}${key}`
  throw new Error('every number has a key')
}

/** How many wait for somebody, in whose portfolio: the pool of A21, at the root and in each team. */
const waiting: readonly (string | null)[] = [
  ...Array.from({ length: 9 }, () => null),
  'karim',
  'karim',
  'elise',
  'elise',
  'thomas',
]

/** Who works for the client at that place of the list, in whose portfolio it is, since when. */
export function makeTeam(
  world: World,
  place: number,
  createdAt: Temporal.Instant,
): { home: SampleMember | null; assignments: SampleAssignment[] } {
  const { random, members } = world
  const member = (key: string | null | undefined) => (key == null ? null : (members.get(key) ?? null))
  const at = (m: SampleMember) =>
    latest(createdAt.add({ minutes: random.whole(5, 400) }), m.joinedAt.add({ hours: 2 }))
  if (place < waiting.length) return { home: member(waiting[place]), assignments: [] }
  // The orphan: the one person who had it has left the agency.
  if (place === waiting.length) return { home: null, assignments: [assigned(members.get('bruno'), true, at)] }
  const managers = membersWhere(world, (p) => p.role === 'manager')
  if (place < waiting.length + 12) {
    const manager = random.pick(managers)
    return { home: manager, assignments: [assigned(manager, true, at)] }
  }
  if (place < waiting.length + 16)
    return { home: null, assignments: [assigned(members.get('camille'), true, at)] }
  const team = membersWhere(world, (p) => p.role === 'consultant' && p.state === undefined)
  const first = random.pick(team)
  const mates = team.filter((m) => m !== first && m.part.parent === first.part.parent)
  const second = random.chance(0.18) ? [assigned(random.pick(mates), false, at)] : []
  return {
    home: random.chance(0.7) ? member(first.part.parent) : null,
    assignments: [assigned(first, random.chance(0.86), at), ...second],
  }
}

function assigned(
  member: SampleMember | undefined,
  isLead: boolean,
  at: (m: SampleMember) => Temporal.Instant,
): SampleAssignment {
  if (!member) throw new Error('nobody to assign')
  return { member, isLead, at: at(member) }
}

/** When the client at that place of the list came with the first import. */
export function importedAt(world: World, place: number): Temporal.Instant {
  return world.born.add({ hours: 26, milliseconds: place * 7 })
}

/** When a client came: two thirds with the first import, the others one by one since. */
export function makeBirth(world: World, place: number): Temporal.Instant {
  const imported = importedAt(world, place)
  if (place % 3 !== 0 && place > 20) return imported
  return latest(imported.add({ hours: 24 }), workday(world, 2 + world.random.next() * 390))
}
