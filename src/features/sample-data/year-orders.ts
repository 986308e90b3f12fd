import type { Ctx } from '../../server/context.ts'
import type { ItemPrice } from '../catalogue/public.ts'
import { placedRows, type LockedOrder } from '../orders/public.ts'
import { asPerson } from './as-person.ts'
import type { Buyer } from './sample-buyers.ts'
import { orderLink, type Books, type YearOrder } from './year-books.ts'
import type { SampleMember, World } from './world.ts'

/** What is bought of one item. */
export type Wish = { item: ItemPrice; quantity: number }

/** An order to come: by whom for whom, when, of what. */
export type PlannedOrder = { buyer: Buyer; at: Temporal.Instant; wishes: Wish[]; fate?: Fate }

/** What must have become of it: not accepted yet, not begun, under way, half there, all there, or contested. */
export type Fate = 'placed' | 'accepted' | 'started' | 'parts' | 'delivered' | 'contested'

/** Something that happens at an instant. */
export type Deed = { at: Temporal.Instant; run: () => void | Promise<void> }

const anchors = [
  'devis gratuit',
  'notre savoir-faire',
  'en savoir plus',
  'voir le site',
  'prendre rendez-vous',
]
const instructions = [
  'Article de 500 mots, ton sobre, une photo du client fournie.',
  'Éviter tout concurrent cité dans la page.',
  'Lien en dofollow, dans les deux premiers paragraphes.',
  null,
  null,
]
const questions: [string, string][] = [
  ['Pouvez-vous publier avant la fin du mois\u202f?', 'Oui, c’est prévu pour la semaine prochaine.'],
  ['Le client préfère le vouvoiement.', 'Bien noté, merci.'],
  ['La photo jointe au brief convient-elle\u202f?', 'Parfaite, elle sera en tête d’article.'],
]
const refusals = [
  'Le site ne publie plus d’articles de ce thème.',
  'Le site a fermé ses rubriques partenaires.',
  'Le sujet est refusé par la rédaction.',
]

/** What it costs, cents. */
export function totalOf(wishes: readonly Wish[]): bigint {
  return wishes.reduce((sum, w) => sum + w.item.retail * BigInt(w.quantity), 0n)
}

/**
 * An order's whole life: placed in the client's name by who is in charge of it, then done as the operator's staff
 * would. What lies after now has not happened, so that the last ones still ask for somebody.
 */
export function lifeOf(ctx: Ctx, world: World, books: Books, plan: PlannedOrder): Deed[] {
  const { random } = books
  const { buyer, at } = plan
  let order: YearOrder
  const deeds: Deed[] = []
  let day = 0
  /** So many days after it was placed, in office hours more or less. */
  const then = (days: number, who: SampleMember | 'operator' | 'nobody', run: (ctx: Ctx) => void) => {
    day = days
    const when = at.add({ minutes: Math.round(days * 24 * 60) + random.whole(20, 200) })
    deeds.push({
      at: when,
      run: () => {
        const caller = asPerson(ctx, world, who === 'nobody' ? 'operator' : who, when)
        run(who === 'nobody' ? { ...caller, actor: null, subject: null } : caller)
      },
    })
  }
  deeds.push({ at, run: () => void (order = place(ctx, world, books, plan)) })
  const drawn = random.next()
  const chance = plan.fate === undefined ? drawn : plan.fate === 'contested' ? 0.95 : 0.6
  if (chance < 0.04) {
    then(0.1, buyer.person, (c) =>
      books.step(c, order, { event: 'cancel', reason: 'Le client a changé d’avis.' }),
    )
    return deeds
  }
  const accepted = plan.fate === 'placed' ? 6 : random.whole(8, 30) / 24
  then(accepted, 'operator', (c) => books.step(c, order, { event: 'accept' }))
  if (random.chance(0.25)) talk(random.pick(questions), accepted, then, books, () => order, buyer)
  then(accepted + (plan.fate === 'accepted' ? 10 : random.whole(2, 5)), 'operator', (c) =>
    books.step(c, order, { event: 'start' }),
  )
  const tell = (c: Ctx, kind: string, reason = '') =>
    books.notify(c, {
      userId: buyer.person.userId,
      kind,
      values: { number: Number(order.row.number), client: buyer.client.name, reason },
      link: orderLink(order.row.id),
    })
  if (chance < 0.09) {
    const reason = random.pick(refusals)
    then(day + random.whole(2, 4), 'operator', (c) => {
      books.step(c, order, { event: 'refuse', reason, moves: allOf(order) })
      tell(c, 'order_refused', reason)
    })
    return deeds
  }
  // What has several parts often comes in several deliveries; the last one may never come.
  const units = plan.wishes.reduce((n, w) => n + w.quantity, 0)
  const parts =
    units > 1 && plan.fate !== 'contested' && (random.chance(0.7) || plan.fate === 'parts') ? 2 : 1
  const lost = parts === 2 && chance < 0.2
  then(day + (plan.fate === 'started' ? 20 : random.whole(4, 6)), 'operator', (c) => {
    deliver(
      c,
      books,
      order,
      parts === 2 ? [allOf(order)[0]!].map((m) => ({ ...m, quantity: 1 })) : allOf(order),
    )
    if (order.row.state === 'delivered') tell(c, 'order_delivered')
  })
  if (parts === 2)
    then(day + (plan.fate === 'parts' ? 20 : random.whole(4, 8)), 'operator', (c) => {
      const reason = random.pick(refusals)
      if (lost) books.step(c, order, { event: 'refuse', reason, moves: allOf(order) })
      else deliver(c, books, order, allOf(order))
      tell(c, lost ? 'order_refused' : 'order_delivered', lost ? reason : '')
    })
  if (chance > 0.9) contest(then, day, books, () => order, buyer, tell)
  if (random.chance(0.72) && plan.fate !== 'delivered')
    then(day + random.whole(1, 6), buyer.person, (c) => books.step(c, order, { event: 'approve' }))
  else then(day + 14.2, 'nobody', (c) => books.step(c, order, { event: 'auto_approve' }))
  if (chance > 0.5 && chance < 0.54)
    then(day + random.whole(6, 12), 'operator', (c) => {
      const [line] = order.lines.filter((l) => l.delivered > 0)
      const reason = 'La page a été retirée par le site avant la fin de la durée promise.'
      for (const d of books.deliveries.values()) if (d.line_id === line!.id) d.state = 'refunded'
      books.step(c, order, {
        event: 'refund',
        reason,
        moves: [{ lineId: line!.id, quantity: line!.delivered }],
      })
      tell(c, 'order_refunded', reason)
    })
  return deeds
}

type Then = (days: number, who: SampleMember | 'operator' | 'nobody', run: (ctx: Ctx) => void) => void

/** A link that is not as ordered: the client's side says so, and gets another page. */
function contest(
  then: Then,
  day: number,
  books: Books,
  orderOf: () => YearOrder,
  buyer: Buyer,
  tell: (c: Ctx, kind: string) => void,
): void {
  const reason = 'L’ancre du lien n’est pas celle demandée.'
  then(day + 2, buyer.person, (c) => {
    const order = orderOf()
    const delivery = [...books.deliveries.values()].find((d) => d.order_id === order.row.id)!
    const line = order.lines.find((l) => l.id === delivery.line_id)
    Object.assign(delivery, { state: 'contested', contest_reason: reason })
    order.contested = true
    books.step(c, order, { event: 'contest', reason, data: { title: line?.title } })
  })
  then(day + 12, 'operator', (c) => {
    const order = orderOf()
    const delivery = [...books.deliveries.values()].find((d) => d.order_id === order.row.id)!
    const line = order.lines.find((l) => l.id === delivery.line_id)
    Object.assign(delivery, { state: 'given', contest_reason: null, version: 2, checked_at: c.nowIso })
    order.contested = false
    books.step(c, order, { event: 'correct', data: { title: line?.title } })
    tell(c, 'order_delivered')
  })
}

function place(ctx: Ctx, world: World, books: Books, { buyer, at, wishes }: PlannedOrder): YearOrder {
  const { random } = books
  const then = asPerson(ctx, world, buyer.person, at)
  const day = at.toZonedDateTimeISO(ctx.agency!.timeZone).toPlainDate()
  const campaign = buyer.campaigns.find(
    (c) => Temporal.PlainDate.compare(c.from, day) <= 0 && Temporal.PlainDate.compare(day, c.to) <= 0,
  )
  const project = buyer.projects.find((p) => p.id === campaign?.projectId) ?? random.pick(buyer.projects)
  const id = random.id(at)
  const holdId = random.id(at)
  const placed = placedRows(then, {
    id,
    number: BigInt(books.orders.length + 1),
    client: buyer.client,
    projectId: project.id,
    campaignId: campaign?.id ?? null,
    note: null,
    holdId,
    path: buyer.path,
    lines: wishes.map(({ item, quantity }) => ({
      item,
      itemId: item.itemId,
      quantity,
      projectId: project.id,
      targetUrl: item.kind === 'content' ? null : `${project.site}/`,
      anchorText: item.kind === 'link' ? random.pick(anchors) : null,
      instructions: random.pick(instructions),
    })),
  })
  const nothingYet = {
    captured: 0n,
    captured_cost: 0n,
    refunded: 0n,
    accepted_at: null,
    due_on: null,
    delivered_at: null,
    approves_at: null,
    closed_at: null,
    close_reason: null,
    agency_unread: 0,
    operator_unread: 0,
    version: 1,
  }
  const order = {
    row: { ...placed.row, ...nothingYet },
    lines: placed.lines.map((l) => ({ ...l, delivered: 0, refused: 0, refunded: 0 })),
    contested: false,
    messages: [],
  } as unknown as YearOrder
  books.move(then, [
    {
      operationKey: `order.place ${id}`,
      reason: 'order.placed',
      lines: [],
      hold: {
        id: holdId,
        wallet: { owner: 'client', id: buyer.client.id, purpose: 'budget', unit: placed.row.currency },
        change: placed.row.total,
      },
      reference: { kind: 'order', id },
    },
  ])
  books.place(then, order, placed.data)
  return order
}

/** Every unit still to come. */
function allOf({ lines }: LockedOrder): { lineId: string; quantity: number }[] {
  return lines
    .map((l) => ({ lineId: l.id, quantity: l.quantity - l.delivered - l.refused - l.refunded }))
    .filter((m) => m.quantity > 0)
}

function deliver(
  then: Ctx,
  books: Books,
  order: YearOrder,
  moves: readonly { lineId: string; quantity: number }[],
): void {
  const { random } = books
  for (const move of moves) {
    const line = order.lines.find((l) => l.id === move.lineId)!
    const id = random.id(then.now)
    books.deliveries.set(id, {
      agency_id: then.agencyId,
      id,
      order_id: order.row.id,
      line_id: line.id,
      quantity: move.quantity,
      proof_url: `https://${line.site ?? 'textes.example'}/${random.whole(10_000, 99_999)}`,
      delivered_on: then.now.toZonedDateTimeISO(then.agency!.timeZone).toPlainDate().toString(),
      note: null,
      state: 'given',
      contest_reason: null,
      check_state: 'found',
      check_status: 200,
      check_title: `${order.row.client_name}\u00a0: ${line.title}`.slice(0, 120),
      check_link: line.target_url === null ? null : true,
      check_rel: null,
      checked_at: then.nowIso,
      delivered_by_name: then.actor?.name ?? 'Canopée',
      created_at: then.nowIso,
      version: 1,
    })
  }
  books.step(then, order, { event: 'deliver', moves })
}

/** A question to the operator and its answer, read by most. */
function talk(
  [question, answer]: [string, string],
  after: number,
  then: Then,
  books: Books,
  orderOf: () => YearOrder,
  buyer: Buyer,
): void {
  const { random } = books
  const say = (c: Ctx, side: 'agency' | 'operator', body: string) => {
    const { row } = orderOf()
    books.messages.push({
      agency_id: c.agencyId,
      id: random.id(c.now),
      order_id: row.id,
      side,
      for_client: false,
      author_user_id: c.actor?.userId ?? null,
      author_name: c.actor?.name ?? '',
      via_name: null,
      body,
      created_at: c.nowIso,
    })
    return row
  }
  then(after + 0.2, buyer.person, (c) => void (say(c, 'agency', question).operator_unread = 1))
  then(after + 0.8, 'operator', (c) => {
    const row = say(c, 'operator', answer)
    row.operator_unread = 0
    row.agency_unread = random.chance(0.8) ? 0 : 1
    books.notify(c, {
      userId: buyer.person.userId,
      kind: 'order_message',
      values: { number: Number(row.number), client: buyer.client.name, by: c.actor?.name ?? '' },
      link: orderLink(row.id),
    })
  })
}
