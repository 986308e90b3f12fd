import type { Ctx } from '../../server/context.ts'
import { fromPublicId } from '../../contract/ids.ts'
import { operatorId } from '../../server/ids.ts'
import { budgetWallet, waysUp } from '../budgets/public.ts'
import { createCampaign } from '../campaigns/public.ts'
import { itemPrices, type ItemPrice } from '../catalogue/public.ts'
import { handIn } from '../order-fulfilment/public.ts'
import { writeMessage } from '../order-talk/public.ts'
import { changeOrder, contestDelivery, lockOrder, placeOrder } from '../orders/public.ts'
import { createProject } from '../projects/public.ts'
import { moveMany } from '../wallets/public.ts'
import { asPerson } from './as-person.ts'
import { seededRandom, type SeededRandom } from './seeded-random.ts'
import { memberOf, workday, type SampleClient, type SampleMember, type World } from './world.ts'

/** Clients that order, and orders in the year. */
const buyers = 16
const orderCount = 64

const goals = [
  ['Notoriété locale', 'Apparaître en première page sur les recherches de la ville.'],
  ['Référencement local', 'Remplir l’agenda des douze prochains mois.'],
  ['Reconquête', 'Reprendre des positions perdues sur les requêtes principales.'],
  ['Lancement', 'Faire connaître la nouvelle offre avant les fêtes.'],
  ['Autorité du site', 'Gagner des liens de sites reconnus de la région.'],
] as const
const anchors = [
  'devis gratuit',
  'notre savoir-faire',
  'en savoir plus',
  'voir le site',
  'prendre rendez-vous',
]
const wishes = [
  'Article de 500 mots, ton sobre, une photo du client fournie.',
  'Éviter tout concurrent cité dans la page.',
  'Lien en dofollow, dans les deux premiers paragraphes.',
  null,
  null,
]
const questions: [string, string][] = [
  ['Pouvez-vous publier avant la fin du mois ?', 'Oui, c’est prévu pour la semaine prochaine.'],
  ['Le client préfère le vouvoiement.', 'Bien noté, merci.'],
  ['La photo jointe au brief convient-elle ?', 'Parfaite, elle sera en tête d’article.'],
]

type Buyer = {
  client: SampleClient
  person: SampleMember
  project: { id: string; site: string }
  since: Temporal.Instant
  campaigns: { id: string; from: Temporal.Instant; to: Temporal.Instant }[]
  money: bigint
}

/** A year of projects, campaigns, budgets and orders in every state, through the use cases people call. */
export async function sampleOrders(ctx: Ctx, world: World): Promise<void> {
  // Chance of its own: the other parts' is theirs.
  const random = seededRandom(1_710)
  const items = await itemsOnSale(asPerson(ctx, world, memberOf(world, 'camille'), world.now))
  if (items.length === 0) return
  const list = await makeBuyers(ctx, world, random)
  const days = Array.from({ length: orderCount }, () => random.whole(0, 360)).toSorted((a, b) => b - a)
  // The last ones tell the present: one of each state that still asks for somebody.
  for (const [i, daysAgo] of days.entries())
    await oneOrder(ctx, world, random, {
      list,
      items,
      daysAgo: i >= orderCount - 14 ? 27 - (i - (orderCount - 14)) * 2 : daysAgo,
    })
  // What people were told of long ago, they have read.
  await ctx.tx.query(
    'sample_notices_read',
    `update notification set read_at = created_at + interval '3 hours'
     where agency_id = $1 and kind like 'order_%' and read_at is null and created_at < $2::timestamptz - interval '6 days'`,
    [ctx.agencyId, ctx.nowIso],
  )
}

async function itemsOnSale(ctx: Ctx): Promise<ItemPrice[]> {
  const rows = await ctx.tx.query<{ id: string }>(
    'sample_items',
    `select id from catalogue_item where agency_id = $1 and state = 'published' and price between 4000 and 30000 order by id limit 150`,
    [operatorId],
  )
  const prices = await itemPrices(
    ctx,
    rows.map((r) => r.id),
  )
  return [...prices.values()]
}

async function makeBuyers(ctx: Ctx, world: World, random: SeededRandom): Promise<Buyer[]> {
  const staffed = world.clients.filter(
    (c) => c.status === 'active' && c.assignments.some((a) => a.member.part.role !== 'client'),
  )
  // Clients whose own people sign in come first: their dashboard must have something to show.
  const own = staffed.filter((c) => c.assignments.some((a) => a.member.part.role === 'client'))
  const others = staffed.filter((c) => !own.includes(c)).toSorted((a, b) => (a.budget < b.budget ? 1 : -1))
  const list: Buyer[] = []
  for (const client of [...own, ...others].slice(0, buyers)) {
    const person = (client.assignments.find((a) => a.isLead && a.member.part.role !== 'client') ??
      client.assignments.find((a) => a.member.part.role !== 'client'))!.member
    const start = later(client.assignments[0]!.at, workday(world, 365))
    const at = asPerson(ctx, world, person, start)
    const site = `https://${client.website}`
    const project = await createProject(at, {
      params: undefined,
      query: undefined,
      body: { clientId: client.id, name: client.name, siteUrl: client.website, description: null },
    })
    const campaigns = []
    for (const daysAgo of [random.whole(150, 300), random.whole(20, 70)]) {
      const from = later(start, workday(world, daysAgo))
      const to = from.add({ hours: 24 * random.whole(60, 110) })
      const [name, goal] = random.pick(goals)
      const campaign = await createCampaign(asPerson(ctx, world, person, from), {
        params: undefined,
        query: undefined,
        body: {
          clientId: client.id,
          name,
          goal,
          projectIds: [fromPublicId('project', project.id)!],
          startsOn: dayOf(from),
          endsOn: dayOf(to),
          budget: { amount: random.whole(8, 30) * 10_000, currency: 'EUR' },
        },
      })
      campaigns.push({ id: fromPublicId('campaign', campaign.id)!, from, to })
    }
    list.push({
      client,
      person,
      project: { id: fromPublicId('project', project.id)!, site },
      since: start,
      campaigns,
      money: 0n,
    })
  }
  return list
}

async function oneOrder(
  ctx: Ctx,
  world: World,
  random: SeededRandom,
  given: { list: Buyer[]; items: ItemPrice[]; daysAgo: number },
): Promise<void> {
  const at = workday(world, given.daysAgo)
  const open = given.list.filter((b) => Temporal.Instant.compare(b.since, at) <= 0)
  if (open.length === 0) return
  const buyer = random.pick(open)
  const lines = Array.from({ length: random.chance(0.25) ? 2 : 1 }, () => ({
    item: random.pick(given.items),
    quantity: random.chance(0.2) ? 2 : 1,
  }))
  const total = lines.reduce((sum, l) => sum + l.item.retail * BigInt(l.quantity), 0n)
  await allocate(ctx, world, buyer, total, at.subtract({ hours: 20 }))
  buyer.money -= total
  const campaign = buyer.campaigns.find(
    (c) => Temporal.Instant.compare(c.from, at) <= 0 && Temporal.Instant.compare(at, c.to) <= 0,
  )
  const placing = asPerson(ctx, world, buyer.person, at)
  const placed = await placeOrder(placing, {
    params: undefined,
    query: undefined,
    body: {
      clientId: buyer.client.id,
      projectId: buyer.project.id,
      campaignId: campaign?.id ?? null,
      note: null,
      lines: lines.map((l) => ({
        itemId: l.item.itemId,
        quantity: l.quantity,
        projectId: buyer.project.id,
        targetUrl: l.item.kind === 'content' ? null : `${buyer.project.site}/`,
        anchorText: l.item.kind === 'link' ? random.pick(anchors) : null,
        instructions: random.pick(wishes),
      })),
      expectedTotal: { amount: Number(total), currency: 'EUR' },
      confirmOverBudget: true,
      cartLineIds: [],
    },
  })
  await live(ctx, world, random, {
    id: fromPublicId('order', placed.id)!,
    at,
    age: given.daysAgo,
    buyer,
    total,
  })
}

/** What became of an order, by its age: old ones are settled, the last ones wait for somebody. */
async function live(
  ctx: Ctx,
  world: World,
  random: SeededRandom,
  o: { id: string; at: Temporal.Instant; age: number; buyer: Buyer; total: bigint },
): Promise<void> {
  const step = (days: number) => earlier(o.at.add({ hours: days * 24 + random.whole(1, 6) }), world.now)
  const by = (who: SampleMember | 'operator', days: number) => asPerson(ctx, world, who, step(days))
  const staffAt = (days: number) => by('operator', days)
  if (o.age <= 3) return
  if (o.age > 40 && random.chance(0.05)) {
    const person = by(o.buyer.person, 0)
    await changeOrder(person, await lockOrder(person, o.id), {
      event: 'cancel',
      reason: 'Le client a changé d’avis.',
    })
    return
  }
  await changeOrder(staffAt(1), await lockOrder(staffAt(1), o.id), { event: 'accept' })
  if (random.chance(0.25)) await talk(by, random, o.id, o.buyer.person)
  if (o.age <= 7) return
  await changeOrder(staffAt(2), await lockOrder(staffAt(2), o.id), { event: 'start' })
  if (o.age > 30 && random.chance(0.07)) {
    const at = staffAt(5)
    const order = await lockOrder(at, o.id)
    await changeOrder(at, order, {
      event: 'refuse',
      reason: 'Le site ne publie plus d’articles de ce thème.',
      moves: order.lines.map((l) => ({ lineId: l.id, quantity: l.quantity })),
    })
    return
  }
  if (o.age <= 12) return
  const at = staffAt(Math.min(9, o.age - 2))
  const order = await lockOrder(at, o.id)
  const part = o.age < 26 && order.lines.length > 1
  const shown = part ? order.lines.slice(0, 1) : order.lines
  const delivered = await handIn(
    at,
    order,
    shown.map((l) => ({
      lineId: l.id,
      quantity: l.quantity,
      proofUrl: `https://${l.site ?? 'textes.example'}/${random.whole(10_000, 99_999)}`,
      note: null,
      found: {
        state: 'found' as const,
        status: 200,
        title: `${o.buyer.client.name} : ${l.title}`.slice(0, 120),
        link: l.target_url === null ? null : true,
        rel: null,
      },
    })),
  )
  if (delivered.row.state !== 'delivered') return
  if (o.age === 17) {
    const person = by(o.buyer.person, Math.min(10, o.age - 1))
    const [first] = await person.tx.query<{ id: string }>(
      'sample_delivery',
      'select id from order_delivery where agency_id = $1 and order_id = $2 order by id limit 1',
      [ctx.agencyId, o.id],
    )
    await contestDelivery(person, {
      params: { id: o.id },
      query: undefined,
      body: { deliveryId: first!.id, reason: 'L’ancre du lien n’est pas celle demandée.' },
    })
    return
  }
  // The last ones still wait for an answer.
  if (o.age <= 21) return
  const answer = random.chance(0.75)
  const end = answer ? by(o.buyer.person, 12) : { ...by('operator', 23), actor: null, subject: null }
  await changeOrder(end, await lockOrder(end, o.id), { event: answer ? 'approve' : 'auto_approve' })
}

async function talk(
  by: (who: SampleMember | 'operator', days: number) => Ctx,
  random: SeededRandom,
  orderId: string,
  person: SampleMember,
): Promise<void> {
  const [question, answer] = random.pick(questions)
  const said = { forClient: false, fileIds: [] }
  const asking = by(person, 1)
  await writeMessage(asking, await lockOrder(asking, orderId), { ...said, body: question })
  const answering = by('operator', 2)
  await writeMessage(answering, await lockOrder(answering, orderId), { ...said, body: answer })
  await answering.tx.query(
    'sample_read',
    `update client_order set operator_unread = 0, agency_unread = case when $3 then 0 else agency_unread end
     where agency_id = $1 and id = $2`,
    [asking.agencyId, orderId, random.chance(0.8)],
  )
}

/** Hands a client what it is about to spend, step by step from the agency, which was credited before (C3, C12). */
async function allocate(
  ctx: Ctx,
  world: World,
  buyer: Buyer,
  need: bigint,
  at: Temporal.Instant,
): Promise<void> {
  if (buyer.money >= need) return
  const least = need - buyer.money
  const amount = ((least > buyer.client.budget ? least : buyer.client.budget) / 10_000n + 1n) * 10_000n
  const then = asPerson(ctx, world, memberOf(world, 'camille'), at)
  const key = world.random.id(at)
  const [way] = await waysUp(then, [{ kind: 'client', id: buyer.client.id }])
  const down = way!.toReversed().map((node) => budgetWallet(then, node))
  await moveMany(then, [
    {
      operationKey: `sample.top_up ${key}`,
      reason: 'budget.topped_up',
      lines: [
        { wallet: { counterpart: 'bank', unit: 'EUR' }, amount: -amount },
        { wallet: down[0]!, amount },
      ],
    },
    ...down.slice(1).map((wallet, i) => ({
      operationKey: `sample.budget ${key} ${i}`,
      reason: 'budget.allocated',
      lines: [
        { wallet: down[i]!, amount: -amount },
        { wallet, amount },
      ],
    })),
  ])
  buyer.money += amount
  then.audit({
    action: 'budget.allocated',
    clientId: buyer.client.id,
    entity: { kind: 'client', id: buyer.client.id, name: buyer.client.name },
    data: { amount: Number(amount), currency: 'EUR' },
  })
}

function later(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) >= 0 ? a : b
}

function earlier(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) <= 0 ? a : b
}

function dayOf(at: Temporal.Instant): string {
  return at.toZonedDateTimeISO('Europe/Paris').toPlainDate().toString()
}
