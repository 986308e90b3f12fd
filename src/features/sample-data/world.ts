import type { AuditRow } from './sample-history.ts'
import { cast, sampleAge, type Part } from './cast.ts'
import { seededRandom, type SeededRandom } from './seeded-random.ts'

/** A member of the sample agency with its ids. */
export type SampleMember = {
  part: Part
  userId: string
  memberId: string
  email: string
  joinedAt: Temporal.Instant
}

/** Somebody assigned to a sample client; the first is in charge. */
export type SampleAssignment = { member: SampleMember; isLead: boolean; at: Temporal.Instant }

/** A client of the sample agency. */
export type SampleClient = {
  id: string
  name: string
  website: string
  email: string
  phone: string
  town: { name: string; postalCode: string; street: string }
  sector: string
  tags: string[]
  /** Cents a month. */
  budget: bigint
  status: 'active' | 'paused' | 'archived'
  siren: string
  home: SampleMember | null
  assignments: SampleAssignment[]
  createdAt: Temporal.Instant
  lastActivityAt: Temporal.Instant
}

/**
 * The sample agency while it is being made: each part reads what the parts before it put here, and adds its
 * own. A later capability adds its part (hosted accounts, orders…) and, here, what others need of it.
 */
export type World = {
  random: SeededRandom
  now: Temporal.Instant
  born: Temporal.Instant
  passwordHash: string
  members: Map<string, SampleMember>
  clients: SampleClient[]
  /** What clients paid into their own budgets, cents before VAT: each has its invoice. */
  topUps: { at: Temporal.Instant; client: SampleClient; amount: bigint }[]
  /** What happened, in any order; the last part seals it into the audit. */
  history: AuditRow[]
}

const zone = 'Europe/Paris'

/** An empty world: everything in it comes from the seed and the day. */
export function newWorld(now: Temporal.Instant, passwordHash: string): World {
  const random = seededRandom(20_240)
  const world: World = {
    random,
    now,
    born: now,
    passwordHash,
    members: new Map(),
    clients: [],
    topUps: [],
    history: [],
  }
  world.born = workday(world, sampleAge * 30.4)
  return world
}

/** A working hour of a weekday about that many days ago, never later than now. */
export function workday(world: World, daysAgo: number): Temporal.Instant {
  const day = world.now.toZonedDateTimeISO(zone).subtract({ days: Math.round(daysAgo) })
  const weekday = day.dayOfWeek > 5 ? day.subtract({ days: day.dayOfWeek - 5 }) : day
  const { whole } = world.random
  const at = weekday.with({
    hour: whole(8, 18),
    minute: whole(0, 59),
    second: whole(0, 59),
    millisecond: whole(0, 999),
    microsecond: 0,
    nanosecond: 0,
  })
  return earliest(at.toInstant(), world.now.subtract({ minutes: whole(10, 90) }))
}

/** The member behind a key of the cast. */
export function memberOf(world: World, key: string): SampleMember {
  const member = world.members.get(key)
  if (!member) throw new Error(`nobody is called ${key}`)
  return member
}

/** The members of the cast that pass, in its order. */
export function membersWhere(world: World, test: (part: Part) => boolean): SampleMember[] {
  return cast.filter(test).map((part) => memberOf(world, part.key))
}

/** The later of two instants. */
export function latest(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) >= 0 ? a : b
}

/** The earlier of two instants. */
export function earliest(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) <= 0 ? a : b
}
