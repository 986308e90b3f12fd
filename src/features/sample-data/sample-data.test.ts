import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { checkCompanyNumbers } from '../../contract/company-numbers.ts'
import { toPublicId } from '../../contract/ids.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { makeAgency } from '../../server/testing-people.ts'
import { verifyData } from '../../server/verify-data.ts'
import { listAccessSessions } from '../access/contract.ts'
import { crossHost, getRealm, signUpAgency } from '../agencies/contract.ts'
import { searchCatalogue } from '../catalogue/contract.ts'
import { getClient } from '../client-record/contract.ts'
import { listClients } from '../clients/contract.ts'
import { getFollowing } from '../following/contract.ts'
import { getHome } from '../home/contract.ts'
import { getInvoice, listInvoices } from '../invoices/contract.ts'
import { listViews } from '../saved-views/contract.ts'
import { getMe, signIn } from '../sign-in/contract.ts'
import { createSampleAgency, getSampleAgency } from './contract.ts'
import { samplePassword } from './cast.ts'
import { sampleAgencyId } from './sample-agency.ts'

let t: TestApp
before(async () => {
  t = await startTestApp()
})
after(() => t.close())

const codeOf = (url: string) => new URL(url).hash.slice(1)
const count = async (sql: string) =>
  (await t.sql<{ n: number }>(`select count(*)::int as n from ${sql}`))[0]!.n

test('one click makes a whole agency and leads there as its owner', async (context) => {
  const start = performance.now()
  const [first, second] = await Promise.all([
    t.browser().call(createSampleAgency, {}),
    t.browser().call(createSampleAgency, {}),
  ])
  context.diagnostic(`made in ${Math.round(performance.now() - start)} ms`)
  const { address, url } = first
  assert.equal(second.address, address, 'two visitors at once share it')
  assert.equal(address, 'http://studio-lumiere.localhost:3000')
  const browser = t.browser('studio-lumiere')
  await browser.call(crossHost, { body: { code: codeOf(url) } })
  const me = await browser.call(getMe, {})
  assert.deepEqual([me.user.name, me.member?.role, me.agency?.mode], ['Camille Rousseau', 'owner', 'full'])
  const home = await browser.call(getHome, {})
  assert.equal(home.clients?.unassigned, 14)
  assert.equal(home.clients?.orphan, 1)
  assert.ok(home.clients!.paused > 8)
  assert.equal(home.clients?.mine, 3, 'a fourth is archived')
  assert.equal(home.members?.invited, 1)
  assert.deepEqual(home.unassignedSeenBy?.clientMembers, 2)
  assert.equal(home.activity.length, 10)
})

test('its counts are those promised', async () => {
  const roles = await t.sql(`select role, state, count(*)::int as n from member group by 1, 2 order by 1, 2`)
  assert.deepEqual(roles, [
    { role: 'client', state: 'active', n: 4 },
    { role: 'consultant', state: 'active', n: 8 },
    { role: 'consultant', state: 'disabled', n: 1 },
    { role: 'consultant', state: 'invited', n: 1 },
    { role: 'manager', state: 'active', n: 3 },
    { role: 'owner', state: 'active', n: 1 },
  ])
  assert.equal(await count('client'), 240)
  assert.equal(await count(`client where assignee_count = 0`), 14)
  assert.equal(await count(`(select name from client group by name) c`), 240, 'no name twice')
  assert.equal(await count(`client where website not like '%.example'`), 0)
  assert.equal(await count(`realm_user where email not like '%.example'`), 0)
  assert.equal(
    await count(`client c where not exists (select from audit_event e where e.client_id = c.id)`),
    0,
  )
})

test('it resells accounts of every status, each with the periods it lived and a renewal still to come', async () => {
  const statuses = await t.sql(
    `select status, count(*)::int as n from hosted_account where agency_id = $1 group by 1 order by 1`,
    [sampleAgencyId],
  )
  assert.deepEqual(statuses, [
    { status: 'active', n: 32 },
    { status: 'archived', n: 2 },
    { status: 'cancelled', n: 1 },
    { status: 'disabled', n: 2 },
    { status: 'expired', n: 3 },
    { status: 'suspended', n: 1 },
    { status: 'trial', n: 5 },
  ])
  assert.equal(
    await count(
      `subscription s join hosted_account a on a.agency_id = s.agency_id and a.id = s.hosted_account_id
       where s.interval is not null and (s.period_end < current_date or s.period_index + 1 <>
         (select count(*) from subscription_period p where p.agency_id = s.agency_id and p.subscription_id = s.id))`,
    ),
    0,
  )
})

test('it is coherent: homes, assignments, dates, numbers', async () => {
  // A client in a portfolio is worked on by that manager's own people, or by the clients'.
  assert.equal(
    await count(`assignment a join client c on c.id = a.client_id join member m on m.id = a.member_id
      where c.home_id is not null and m.role <> 'client' and c.home_id not in (select ancestor_id from member_closure where descendant_id = m.id)`),
    0,
  )
  assert.equal(
    await count(`assignment a join client c on c.id = a.client_id where a.assigned_at < c.created_at`),
    0,
  )
  assert.equal(
    await count(
      `client where last_activity_at < created_at or last_activity_at > now() or created_at > now()`,
    ),
    0,
  )
  assert.equal(
    await count(
      `client c where c.assignee_count <> (select count(*) from assignment a where a.client_id = c.id)`,
    ),
    0,
  )
  assert.equal(
    await count(`client_note n join client c on c.id = n.client_id where n.created_at < c.created_at`),
    0,
  )
  const numbers = await t.sql<{ siren: string; siret: string; vat_number: string }>(
    `select siren, siret, vat_number from billing_profile`,
  )
  assert.ok(numbers.length > 150)
  for (const n of numbers)
    assert.deepEqual(
      checkCompanyNumbers({ siren: n.siren, siret: n.siret, vatNumber: n.vat_number }).faults ?? {},
      {},
      n.siren,
    )
})

test('people in it find who acted for them, their notices and their views', async () => {
  const browser = t.browser('studio-lumiere')
  await browser.call(signIn, {
    body: { login: 'awa.diop@studio-lumiere.example', password: samplePassword } as never,
  })
  const sessions = await browser.call(listAccessSessions, {} as never)
  assert.deepEqual(
    sessions.data.map((s) => [s.actor.name, s.ended]),
    [['Karim Haddad', true]],
  )
  assert.ok((await browser.call(getMe, {})).unreadNotifications >= 1)
  const views = await browser.call(listViews, { query: { page: 'clients' } })
  assert.deepEqual(views.data.map((v) => v.name).toSorted(), ['Sans activité depuis 90 jours', 'À risque'])
})

test('its history covers a year, in order, in an unbroken chain', async () => {
  const events = await t.sql<{ ok: boolean; later: boolean }>(
    `
    select e.hash = audit_hash(e.previous_hash, e) as ok,
      e.occurred_at >= coalesce(lag(e.occurred_at) over (order by seq), '-infinity') as later
    from audit_event e where agency_id = $1 order by seq`,
    [sampleAgencyId],
  )
  assert.ok(events.length > 600)
  assert.ok(events.every((e) => e.ok && e.later))
  const [span] = await t.sql<{ months: number; busy: number }>(`
    select (extract(epoch from max(occurred_at) - min(occurred_at)) / 2629800)::int as months,
      count(distinct date_trunc('month', occurred_at))::int as busy from audit_event`)
  assert.ok(span!.months >= 12 && span!.busy >= 12, JSON.stringify(span))
  assert.equal(await count(`audit_event where occurred_at > now()`), 0)
})

test('its people can be tried, each with the password shown, and it is made only once', async () => {
  const { agency } = await t.browser().call(getSampleAgency, {})
  assert.equal(agency?.people.length, 16, 'those who can sign in')
  for (const person of [agency!.people[1]!, agency!.people.at(-1)!]) {
    const browser = t.browser('studio-lumiere')
    await browser.call(signIn, { body: { login: person.email, password: agency!.password } as never })
    assert.equal((await browser.call(getMe, {})).user.name, person.name)
  }
  const again = await Promise.all(Array.from({ length: 5 }, () => t.browser().call(createSampleAgency, {})))
  for (const { url } of again)
    await t.browser('studio-lumiere').call(crossHost, { body: { code: codeOf(url) } })
  assert.equal(await count('agency where is_sample'), 1)
  // Whoever changed the password shown is no longer offered.
  const swap = `update realm_user set password_hash = $1 where email like 'hugo.perrin%'`
  const [{ password_hash: kept } = { password_hash: '' }] = await t.sql<{ password_hash: string }>(
    `select password_hash from realm_user where email like 'hugo.perrin%'`,
  )
  await t.sql(swap, ['changed'])
  assert.ok(
    !(await t.browser().call(getSampleAgency, {})).agency!.people.some((p) => p.name === 'Hugo Perrin'),
  )
  await t.sql(swap, [kept])
})

test('in it everybody sees what the rules say, and a stranger nothing', async () => {
  const members = await t.sql<{
    id: string
    parent_id: string | null
    role: string
    sees_unassigned: boolean
    email: string
  }>(
    `select m.id, m.parent_id, m.role, m.sees_unassigned, u.email from member m join realm_user u on u.id = m.user_id where m.state = 'active'`,
  )
  const clients = await t.sql<{ id: string; home_id: string | null; assignees: string[] }>(
    `select c.id, c.home_id, coalesce((select array_agg(a.member_id::text) from assignment a where a.client_id = c.id), '{}') as assignees from client c`,
  )
  const parents = new Map(
    (await t.sql<{ id: string; parent_id: string | null }>('select id, parent_id from member')).map((m) => [
      m.id,
      m.parent_id,
    ]),
  )
  const isAbove = (above: string, below: string | null): boolean =>
    below !== null && (above === below || isAbove(above, parents.get(below) ?? null))
  for (const m of members) {
    const expected = clients.filter(
      (c) =>
        m.role === 'owner' ||
        c.assignees.some((a) => isAbove(m.id, a)) ||
        isAbove(m.id, c.home_id) ||
        (c.assignees.length === 0 && m.sees_unassigned && (c.home_id === null || isAbove(c.home_id, m.id))),
    )
    const browser = t.browser('studio-lumiere')
    await browser.call(signIn, { body: { login: m.email, password: samplePassword } as never })
    const seen: string[] = []
    for (let cursor: string | undefined; ;) {
      const page = await browser.call(listClients, {
        query: { limit: 200, status: 'active,paused,archived', ...(cursor && { cursor }) } as never,
      })
      seen.push(...page.data.map((c) => c.id))
      if (page.nextCursor === null) break
      cursor = page.nextCursor
    }
    assert.deepEqual(seen.toSorted(), expected.map((c) => toPublicId('client', c.id)).toSorted(), m.email)
  }
  const stranger = await makeAgency(t)
  const id = toPublicId('client', clients[0]!.id)
  assert.equal((await stranger.owner.browser.refusal(getClient, { params: { id } })).status, 404)
})

test('other agencies, and installations that are no sandbox, know nothing of it', async () => {
  const { address } = await t.browser().call(signUpAgency, {
    body: {
      kind: 'agency',
      name: 'Autre',
      slug: 'autre',
      ownerName: 'Nora Petit',
      email: 'nora@exemple.fr',
      password: 'sept bateaux bleus au port',
      locale: 'fr',
      timeZone: 'Europe/Paris',
    },
  })
  assert.ok(address)
  assert.deepEqual(await t.browser('autre').call(getSampleAgency, {}), { offered: false, agency: null })
  assert.equal((await t.browser('autre').refusal(createSampleAgency, {})).status, 404)
  assert.ok((await t.browser('studio-lumiere').call(getSampleAgency, {})).agency)
  await t.sql('update installation set sandbox = false')
  assert.deepEqual(await t.browser().call(getSampleAgency, {}), { offered: false, agency: null })
  assert.equal((await t.browser().refusal(createSampleAgency, {})).status, 404)
  assert.equal((await t.browser().call(getRealm, {})).sandbox, false)
})

test('it sells a catalogue of about 1,500 items, at the agency’s prices, weak sites kept back', async () => {
  const items = await count(`catalogue_item where state = 'published' and draft_number is null`)
  assert.ok(items > 1_450 && items < 1_600, `${items} items`)
  const owner = t.browser('studio-lumiere')
  await owner.call(signIn, {
    body: { login: 'camille.rousseau@studio-lumiere.example', password: samplePassword } as never,
  })
  const { data, total } = await owner.call(searchCatalogue, { query: { total: 'true' } } as never)
  assert.ok(total! > 1_300 && total! < items)
  for (const item of data) {
    assert.ok(item.retail.amount >= item.wholesale!.amount)
    assert.equal(item.retail.amount % 500, 0)
    assert.ok(item.trust === null || item.trust >= 8)
  }
})

test('twelve months of budgets and orders are there, in every state, and every invariant of money holds', async () => {
  const states = await t.sql<{ state: string; n: number }>(
    'select state, count(*)::int as n from client_order group by 1 order by 1',
  )
  assert.deepEqual(
    states.map((s) => s.state),
    ['accepted', 'approved', 'delivered', 'in_progress', 'placed', 'refunded', 'refused'],
  )
  const total = states.reduce((sum, s) => sum + s.n, 0)
  assert.ok(total > 150, `${total} orders`)
  const owner = t.browser('studio-lumiere')
  await owner.call(signIn, {
    body: { login: 'camille.rousseau@studio-lumiere.example', password: samplePassword } as never,
  })
  const year = await owner.call(getFollowing, { query: {} })
  assert.equal(year.months.length, 12)
  for (const month of year.months.slice(0, -1)) assert.ok(month.orders > 2, `${month.month}: ${month.orders}`)
  assert.equal(year.total.orders, total, 'all of it within the last twelve months')
  // Each month money is paid in and handed down, but for this one when it has just begun.
  const reasons = await t.sql<{ reason: string; months: number }>(
    `select reason, count(distinct date_trunc('month', occurred_at at time zone 'Europe/Paris'))::int as months from money_transfer
     where agency_id = $1 and reason like 'budget.%' group by 1`,
    [sampleAgencyId],
  )
  const monthsOf = (reason: string) => reasons.find((r) => r.reason === reason)?.months ?? 0
  for (const reason of ['budget.topped_up', 'budget.allocated', 'budget.monthly'])
    assert.ok(monthsOf(reason) >= 11, `${reason}: ${monthsOf(reason)} months`)
  for (const reason of ['budget.drawn', 'budget.reclaimed']) assert.ok(monthsOf(reason) > 0, reason)
  assert.equal(
    await count(`entry e join money_transfer m on m.agency_id = e.agency_id and m.id = e.money_transfer_id
      where e.occurred_at <> m.occurred_at`),
    0,
    'lived in its order: no statement jumps back',
  )
  assert.ok((await count(`order_message`)) > 5)
  assert.ok((await count(`order_delivery where state = 'contested'`)) > 0)
  assert.ok(
    (await count(`client_order o where state = 'in_progress' and captured > 0 and held > 0`)) > 0,
    'half delivered',
  )
  assert.ok((await count(`client_order where refunded > 0`)) > 0)
  assert.equal((await count(`budget_request where state = 'open'`)) > 0, true)
  assert.ok((await count(`(select client_id from project group by 1 having count(*) > 1) p`)) > 5)
  assert.ok((await count(`(select client_id from campaign group by 1 having count(*) > 1) c`)) > 20)
  for (const { check, broken } of await verifyData(t.app.database.owner)) assert.deepEqual(broken, [], check)
})

test('a client that pays for itself finds its invoices, in its own details', async () => {
  const helene = t.browser('studio-lumiere')
  await helene.call(signIn, {
    body: { login: 'helene.berthe@boulangerie-berthe.example', password: samplePassword } as never,
  })
  const { data } = await helene.call(listInvoices, { query: {} })
  assert.ok(data.length > 1)
  const invoice = await helene.call(getInvoice, { params: { id: data[0]!.id } })
  assert.match(invoice.buyer.name, /Boulangerie Berthe/)
  assert.ok(invoice.paidAt)
})
