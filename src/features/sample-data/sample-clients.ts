import type { Ctx } from '../../server/context.ts'
import { clientOf } from './cast.ts'
import { importedAt, makeBirth, makeFirm, makeTeam } from './make-client.ts'
import { happenedTo } from './sample-history.ts'
import { latest, memberOf, workday, type SampleClient, type World } from './world.ts'

/** How many clients the sample agency has. */
export const sampleClientCount = 240

/** The clients, who works for each, and how they got there. */
export async function sampleClients(ctx: Ctx, world: World): Promise<void> {
  const taken = new Set<string>()
  const named = Object.entries(clientOf)
  for (let place = 0; place < sampleClientCount; place += 1) {
    // The firms of the cast's own people stand among the ordinary ones.
    const [person, firm] = named[place - 60] ?? []
    world.clients.push(clientFrom(world, place, makeFirm(world.random, taken, firm), person))
  }
  const { clients } = world
  await ctx.db
    .insertInto('client')
    .values(clients.map((c) => clientRow(ctx, c)))
    .execute()
  await ctx.db
    .insertInto('assignment')
    .values(clients.flatMap((c) => assignmentRows(ctx, world, c)))
    .execute()
  for (const client of clients) tellOf(world, client)
}

function clientFrom(
  world: World,
  place: number,
  firm: ReturnType<typeof makeFirm>,
  person: string | undefined,
): SampleClient {
  const { random } = world
  const birth = makeBirth(world, place)
  // Firms whose own people sign in have been there from the beginning.
  const createdAt = person === undefined ? birth : importedAt(world, place)
  const { home, assignments } = makeTeam(world, place, createdAt)
  if (person !== undefined) {
    const member = memberOf(world, person)
    assignments.push({ member, isLead: false, at: latest(createdAt.add({ hours: 3 }), member.joinedAt) })
  }
  const settled = place > 20 && person === undefined
  const status =
    settled && random.chance(0.09) ? 'archived' : settled && random.chance(0.1) ? 'paused' : 'active'
  const quiet = status === 'active' ? random.next() ** 3 * 150 : 60 + random.next() * 200
  const begun = assignments.reduce((at, a) => latest(at, a.at), createdAt)
  return {
    ...firm,
    id: random.id(createdAt),
    status,
    home,
    assignments,
    createdAt,
    lastActivityAt: latest(begun, workday(world, quiet)),
  }
}

function clientRow(ctx: Ctx, c: SampleClient) {
  const created = c.createdAt.toString()
  return {
    agency_id: ctx.agencyId,
    id: c.id,
    name: c.name,
    status: c.status,
    home_id: c.home?.memberId ?? null,
    website: c.website,
    email: c.email,
    phone: c.phone,
    city: c.town.name,
    country: 'FR',
    sector: c.sector,
    tags: c.tags,
    monthly_budget: c.budget,
    client_since: created.slice(0, 10),
    last_activity_at: c.lastActivityAt.toString(),
    archived_at: c.status === 'archived' ? c.lastActivityAt.toString() : null,
    created_at: created,
    updated_at: c.lastActivityAt.toString(),
  }
}

function assignmentRows(ctx: Ctx, world: World, c: SampleClient) {
  const by = memberOf(world, 'camille')
  return c.assignments.map((a) => ({
    agency_id: ctx.agencyId,
    client_id: c.id,
    member_id: a.member.memberId,
    is_lead: a.isLead,
    source: 'sample',
    assigned_by: (c.home ?? by).userId,
    assigned_by_name: (c.home ?? by).part.name,
    assigned_at: a.at.toString(),
  }))
}

function tellOf(world: World, c: SampleClient): void {
  const by = memberOf(world, 'camille')
  happenedTo(world, c, {
    by,
    at: c.createdAt,
    action: 'client.created',
    data: { name: c.name, city: c.town.name, sector: c.sector },
  })
  for (const a of c.assignments)
    happenedTo(world, c, {
      by: c.home ?? by,
      at: a.at,
      action: 'client.assigned',
      member: a.member,
      data: { member: a.member.part.name, source: 'sample' },
    })
  if (c.status === 'archived')
    happenedTo(world, c, {
      by: c.home ?? by,
      at: c.lastActivityAt,
      action: 'client.archived',
      data: { changes: { status: ['active', 'archived'] } },
    })
}
