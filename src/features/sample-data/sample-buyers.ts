import type { Ctx } from '../../server/context.ts'
import { waysUp, type BudgetNode } from '../budgets/public.ts'
import { pathAbove, type ClientPath } from '../orders/public.ts'
import { asPerson } from './as-person.ts'
import type { SeededRandom } from './seeded-random.ts'
import { latest, type SampleClient, type SampleMember, type World } from './world.ts'

/** Clients that order over the year. */
const buyerCount = 36
const zone = 'Europe/Paris'

/** A campaign of a buyer, its last day included. */
export type BuyerCampaign = {
  id: string
  name: string
  goal: string
  projectId: string
  from: Temporal.PlainDate
  to: Temporal.PlainDate
  budget: bigint
}

/** A client that orders: who is in charge, where its money comes from, what it buys for. */
export type Buyer = {
  client: SampleClient
  /** Orders in its name. */
  person: SampleMember
  /** Signs in for the client and fills its budget (C21); most budgets come from the agency. */
  payer: SampleMember | null
  /** First day it could order. */
  since: Temporal.PlainDate
  /** From the client up to the agency. */
  way: BudgetNode[]
  path: ClientPath
  projects: { id: string; name: string; site: string }[]
  campaigns: BuyerCampaign[]
  /** Cents of an ordinary month. */
  monthly: bigint
  /** Given by itself on the first of the month. */
  recurring: boolean
  /** Months from one budget to the next. */
  every: number
}

const goals = [
  ['Notoriété locale', 'Apparaître en première page sur les recherches de la ville.'],
  ['Référencement local', 'Remplir l’agenda des douze prochains mois.'],
  ['Reconquête', 'Reprendre des positions perdues sur les requêtes principales.'],
  ['Lancement', 'Faire connaître la nouvelle offre avant les fêtes.'],
  ['Autorité du site', 'Gagner des liens de sites reconnus de la région.'],
  ['Nouvelle clientèle', 'Être vu quand les familles choisissent.'],
  ['Contenus de fond', 'Publier deux articles de référence par mois.'],
] as const

/** The clients that order, of every consultant and manager, with their projects and campaigns written. */
export async function sampleBuyers(ctx: Ctx, world: World, random: SeededRandom): Promise<Buyer[]> {
  const chosen = choose(world)
  const ways = await waysUp(
    ctx,
    chosen.map(({ client }) => ({ kind: 'client', id: client.id })),
  )
  const paths = await Promise.all(chosen.map(({ client }) => pathAbove(ctx, client.id)))
  const buyers = chosen.map(({ client, person }, i) =>
    buyerOf(world, random, { client, person, way: ways[i]!, path: paths[i]!, place: i }),
  )
  await write(ctx, world, buyers)
  return buyers
}

type Chosen = { client: SampleClient; person: SampleMember }

/** Those whose own people sign in first, then the oldest and biggest of each person in charge, one each in turn. */
function choose(world: World): Chosen[] {
  const staff = (c: SampleClient) =>
    c.assignments.filter((a) => a.member.part.role !== 'client' && a.member.part.state === undefined)
  const all = world.clients.flatMap((client): Chosen[] => {
    const own = staff(client)
    const first = own.find((a) => a.isLead) ?? own[0]
    return client.status === 'active' && first ? [{ client, person: first.member }] : []
  })
  const yearAgo = world.now.subtract({ hours: 24 * 355 })
  const isOld = ({ client, person }: Chosen) =>
    client.assignments.some((a) => a.member === person && Temporal.Instant.compare(a.at, yearAgo) < 0)
  const ownPeople = all.filter(({ client }) => payerOf(client) !== null)
  const others = all
    .filter(({ client }) => payerOf(client) === null)
    // Who has been there all year comes first.
    .toSorted((a, b) => Number(isOld(b)) - Number(isOld(a)) || Number(b.client.budget - a.client.budget))
  const byPerson = [...Map.groupBy(others, (c) => c.person).values()]
  const inTurn = Array.from({ length: buyerCount }, (_, turn) => byPerson.flatMap((own) => own[turn] ?? []))
  return [...ownPeople, ...inTurn.flat()].slice(0, buyerCount)
}

function payerOf(client: SampleClient): SampleMember | null {
  return client.assignments.find((a) => a.member.part.role === 'client')?.member ?? null
}

function buyerOf(
  world: World,
  random: SeededRandom,
  given: Chosen & { way: BudgetNode[]; path: ClientPath; place: number },
): Buyer {
  const { client, person, place } = given
  const assigned = client.assignments.find((a) => a.member === person)!.at
  const today = world.now.toZonedDateTimeISO(zone).toPlainDate()
  const yearAgo = today.with({ day: 1 }).subtract({ months: 11 })
  const begun = latest(assigned, yearAgo.toZonedDateTime(zone).toInstant()).toZonedDateTimeISO(zone)
  const since = Temporal.PlainDate.compare(begun.toPlainDate(), yearAgo) <= 0 ? yearAgo : begun.toPlainDate()
  const id = () => random.id(since.toZonedDateTime(zone).toInstant())
  const projects = [{ id: id(), name: client.name, site: `https://${client.website}` }]
  if (place % 3 === 0)
    projects.push({ id: id(), name: 'Boutique en ligne', site: `https://boutique.${client.website}` })
  if (place % 7 === 0)
    projects.push({ id: id(), name: 'Site de recrutement', site: `https://emploi.${client.website}` })
  // A share of what it spends on everything; whole tens of euros, more for those who have been there all year.
  const share = (client.budget * BigInt(random.whole(6, 12))) / 100_000n
  const [least, most] = Temporal.PlainDate.compare(since, yearAgo) === 0 ? [16n, 46n] : [11n, 30n]
  const monthly = (share < least ? least : share > most ? most : share) * 1000n
  return {
    ...given,
    payer: payerOf(client),
    since,
    projects,
    campaigns: campaignsOf(random, { since, today, projects, monthly }),
    monthly,
    recurring: place % 4 === 3,
    every: place % 4 === 3 ? 1 : random.pick([1, 1, 2, 3]),
  }
}

/** One campaign after the other, with a pause now and then; the last one is still running. */
function campaignsOf(
  random: SeededRandom,
  b: { since: Temporal.PlainDate; today: Temporal.PlainDate; projects: Buyer['projects']; monthly: bigint },
): BuyerCampaign[] {
  const list: BuyerCampaign[] = []
  const names = random.some(goals, goals.length)
  let from = b.since.add({ days: random.whole(0, 20) })
  while (Temporal.PlainDate.compare(from, b.today) <= 0 && list.length < names.length) {
    const months = random.whole(2, 4)
    const to = from.add({ months, days: random.whole(0, 12) })
    const [name, goal] = names[list.length]!
    list.push({
      id: random.id(from.toZonedDateTime(zone).toInstant()),
      name: `${name} ${from.toLocaleString('fr-FR', { month: 'long', year: 'numeric' })}`,
      goal,
      projectId: random.pick(b.projects).id,
      from,
      to,
      budget: ((b.monthly * BigInt(months) * BigInt(random.whole(110, 150))) / 1_000_000n + 1n) * 10_000n,
    })
    from = to.add({ days: random.pick([1, 1, 12, 30]) })
  }
  return list
}

async function write(ctx: Ctx, world: World, buyers: readonly Buyer[]): Promise<void> {
  const at = (day: Temporal.PlainDate) =>
    earliestOf(world, day.toZonedDateTime({ timeZone: zone, plainTime: '09:30' }).toInstant())
  const by = (b: Buyer, when: Temporal.Instant) => ({
    agency_id: ctx.agencyId,
    client_id: b.client.id,
    created_by: b.person.userId,
    created_by_name: b.person.part.name,
    created_at: when.toString(),
    updated_at: when.toString(),
  })
  await ctx.db
    .insertInto('project')
    .values(
      buyers.flatMap((b) =>
        b.projects.map((p) => ({
          ...by(b, at(b.since)),
          id: p.id,
          name: p.name,
          site_url: `${p.site}/`,
          site_host: new URL(p.site).hostname,
        })),
      ),
    )
    .execute()
  const today = world.now.toZonedDateTimeISO(zone).toPlainDate()
  await ctx.db
    .insertInto('campaign')
    .values(
      buyers.flatMap((b) =>
        b.campaigns.map((c) => ({
          ...by(b, at(c.from)),
          id: c.id,
          name: c.name,
          goal: c.goal,
          starts_on: c.from.toString(),
          ends_on: c.to.toString(),
          budget: c.budget,
          currency: 'EUR',
          state: Temporal.PlainDate.compare(c.to, today) < 0 ? 'ended' : 'active',
        })),
      ),
    )
    .execute()
  await ctx.db
    .insertInto('campaign_project')
    .values(
      buyers.flatMap((b) =>
        b.campaigns.map((c) => ({
          agency_id: ctx.agencyId,
          client_id: b.client.id,
          campaign_id: c.id,
          project_id: c.projectId,
        })),
      ),
    )
    .execute()
  for (const b of buyers) {
    for (const p of b.projects)
      asPerson(ctx, world, b.person, at(b.since)).audit({
        action: 'project.created',
        clientId: b.client.id,
        entity: { kind: 'project', id: p.id, name: p.name },
        data: { siteUrl: `${p.site}/` },
      })
    for (const c of b.campaigns)
      asPerson(ctx, world, b.person, at(c.from)).audit({
        action: 'campaign.created',
        clientId: b.client.id,
        entity: { kind: 'campaign', id: c.id, name: c.name },
        data: {
          startsOn: c.from.toString(),
          endsOn: c.to.toString(),
          budget: { amount: Number(c.budget), currency: 'EUR' },
        },
      })
  }
}

function earliestOf(world: World, at: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(at, world.now) < 0 ? at : world.now
}
