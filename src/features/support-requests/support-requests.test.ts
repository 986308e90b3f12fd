import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestApp, type Browser, type TestApp } from '../../server/testing.ts'
import { makeAgency, makeMember, type TestAgency } from '../../server/testing-people.ts'
import { listNotifications } from '../notifications/contract.ts'
import { addOperator } from '../operator/public.ts'
import { completePasswordReset } from '../sign-in/contract.ts'
import {
  answerSupportRequest,
  closeSupportRequest,
  decideSupportRequest,
  getOperatorRequest,
  getSupportRequest,
  listOperatorRequests,
  listSupportRequests,
  openSupportRequest,
  readOperatorRequest,
  readSupportRequest,
  replyToSupport,
} from './contract.ts'

let t: TestApp
let staff: Browser
before(async () => {
  t = await startTestApp()
  const link = await addOperator(t.app, { email: 'exploitant@exemple.fr', name: 'Ada Exploitante' })
  staff = t.browser()
  await staff.call(completePasswordReset, {
    body: {
      token: new URLSearchParams(new URL(link).hash.slice(1)).get('jeton')!,
      password: 'quatre corbeaux 91 violets',
    },
  } as never)
})
after(() => t.close())

/** An agency whose hierarchical modes are still to be asked for. */
async function simpleAgency(): Promise<TestAgency> {
  const agency = await makeAgency(t, { mode: 'simple', name: 'Petite SARL' })
  await t.sql(`update agency set hierarchy_enabled = false where agency_id = $1`, [agency.id])
  return agency
}
const enabled = async (agency: TestAgency) =>
  (
    await t.sql<{ on: boolean }>(`select hierarchy_enabled as on from agency where agency_id = $1`, [
      agency.id,
    ])
  )[0]!.on
const ask = (agency: TestAgency) =>
  agency.owner.browser.call(openSupportRequest, {
    body: { kind: 'hierarchy', body: 'Nous sommes douze, avec trois managers.' },
  })

test('an agency asks for the hierarchical modes, talks, and is granted them; both journals and every owner know', async () => {
  const agency = await simpleAgency()
  const second = await makeMember(t, agency, { role: 'owner', name: 'Bruno Second' })
  const asked = await ask(agency)
  assert.deepEqual(
    [asked.kind, asked.state, asked.title, asked.messages.length, asked.unread],
    ['hierarchy', 'open', 'Activer les modes à plusieurs niveaux', 1, 0],
  )
  const params = { id: asked.id }
  const queue = await staff.call(listOperatorRequests, { query: { state: 'open' } })
  const seen = queue.data.find((r) => r.id === asked.id)!
  assert.deepEqual([seen.agency.name, seen.unread], ['Petite SARL', 1])
  assert.ok(queue.unread >= 1)
  await staff.call(readOperatorRequest, { params })
  const answered = await staff.call(answerSupportRequest, { params, body: { body: 'Combien de clients ?' } })
  assert.deepEqual(
    answered.messages.map((m) => [m.side, m.author]),
    [
      ['agency', agency.owner.name],
      ['operator', 'Ada Exploitante'],
    ],
  )
  assert.equal((await agency.owner.browser.call(listSupportRequests, {})).unread, 1)
  await second.browser.call(readSupportRequest, { params })
  assert.equal((await agency.owner.browser.call(getSupportRequest, { params })).unread, 0)
  await second.browser.call(replyToSupport, { params, body: { body: 'Trois cents.' } })
  assert.equal((await staff.call(getOperatorRequest, { params })).unread, 1)
  assert.equal(await enabled(agency), false)
  const decided = await staff.call(decideSupportRequest, {
    params,
    body: { decision: 'granted', body: 'Bonne organisation.' },
  })
  assert.deepEqual([decided.state, decided.decided?.by, decided.unread], ['granted', 'Ada Exploitante', 0])
  assert.equal(await enabled(agency), true)
  for (const owner of [agency.owner, second]) {
    const { data } = await owner.browser.call(listNotifications, {})
    assert.deepEqual(
      data.map((n) => [n.kind, n.link]),
      [
        ['support_granted', `/demandes/${asked.id}`],
        ['support_answered', `/demandes/${asked.id}`],
      ],
    )
  }
  const mails = await t.sql<{ to_email: string; subject: string; text: string }>(
    `select to_email, subject, text from mail where agency_id = $1 and kind = 'support_requests.granted' order by to_email`,
    [agency.id],
  )
  assert.deepEqual(
    mails.map((m) => m.to_email),
    [agency.owner.email, second.email].toSorted(),
  )
  assert.match(mails[0]!.text, /Bonne organisation\./)
  assert.match(mails[0]!.text, new RegExp(`http://${agency.slug}\\.localhost:3000/demandes/${asked.id}`))
  const events = await t.sql<{ action: string; actor_name: string }>(
    `select action, actor_name from audit_event where agency_id = $1 order by seq`,
    [agency.id],
  )
  assert.deepEqual(
    events.map((e) => [e.action, e.actor_name]),
    [
      ['support_request.opened', agency.owner.name],
      ['support_request.answered', 'Ada Exploitante'],
      ['support_request.granted', 'Ada Exploitante'],
      ['agency.hierarchy_enabled', 'Ada Exploitante'],
    ],
  )
  const [house] = await t.sql<{ action: string }>(
    `select action from audit_event where agency_id = '00000000-0000-0000-0000-000000000000' order by seq desc limit 1`,
  )
  assert.equal(house?.action, 'support_request.granted')
  assert.equal(
    (await ask(agency).catch((e: Error) => e.message)).toString().includes('already_enabled'),
    true,
  )
})

test('a refusal turns nothing on, stands once, and can be asked again', async () => {
  const agency = await simpleAgency()
  const { id } = await ask(agency)
  const again = await agency.owner.browser.refusal(openSupportRequest, {
    body: { kind: 'hierarchy', body: 'Encore.' },
  })
  assert.deepEqual([again.status, again.code], [409, 'support_request.already_open'])
  await staff.call(decideSupportRequest, { params: { id }, body: { decision: 'refused' } })
  assert.equal(await enabled(agency), false)
  const twice = await staff.refusal(decideSupportRequest, { params: { id }, body: { decision: 'granted' } })
  assert.deepEqual([twice.status, twice.code], [409, 'support_request.decided'])
  assert.equal(await enabled(agency), false)
  assert.notEqual((await ask(agency)).id, id)
})

test('a request taken back can be opened again by writing, unless another is under way', async () => {
  const agency = await simpleAgency()
  const { browser } = agency.owner
  const first = await ask(agency)
  assert.equal((await browser.call(closeSupportRequest, { params: { id: first.id } })).state, 'closed')
  assert.equal(
    (await browser.refusal(closeSupportRequest, { params: { id: first.id } })).code,
    'support_request.decided',
  )
  const second = await ask(agency)
  assert.equal(
    (await browser.refusal(replyToSupport, { params: { id: first.id }, body: { body: 'Finalement si.' } }))
      .code,
    'support_request.already_open',
  )
  await browser.call(closeSupportRequest, { params: { id: second.id } })
  assert.equal(
    (await browser.call(replyToSupport, { params: { id: first.id }, body: { body: 'Finalement si.' } }))
      .state,
    'open',
  )
})

test('requests have pages, the operator sees those of every agency, and nobody another’s', async () => {
  const [here, there] = [await simpleAgency(), await simpleAgency()]
  for (let i = 1; i <= 5; i++)
    await here.owner.browser.call(openSupportRequest, { body: { kind: 'help', title: `Q${i}`, body: 'x' } })
  const first = await here.owner.browser.call(listSupportRequests, { query: { limit: 2 } })
  const rest = await here.owner.browser.call(listSupportRequests, {
    query: { limit: 10, cursor: first.nextCursor! },
  })
  assert.deepEqual(
    [...first.data, ...rest.data].map((r) => r.title),
    ['Q5', 'Q4', 'Q3', 'Q2', 'Q1'],
  )
  assert.equal(rest.nextCursor, null)
  const [q] = first.data
  assert.equal((await there.owner.browser.refusal(getSupportRequest, { params: { id: q!.id } })).status, 404)
  assert.equal(
    (await there.owner.browser.refusal(replyToSupport, { params: { id: q!.id }, body: { body: 'x' } }))
      .status,
    404,
  )
  let cursor: string | undefined
  const names: string[] = []
  do {
    const page = await staff.call(listOperatorRequests, { query: { limit: 3, ...(cursor && { cursor }) } })
    names.push(...page.data.map((r) => r.title))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  assert.ok(['Q1', 'Q2', 'Q3', 'Q4', 'Q5'].every((title) => names.includes(title)))
  const unknown = 'sup_0199a1b2c3d47e5f8a9b0c1d2e3f4a5b'
  assert.equal((await staff.refusal(getOperatorRequest, { params: { id: unknown } })).status, 404)
  const manager = await makeMember(t, here, { role: 'manager' })
  assert.equal((await manager.browser.refusal(listSupportRequests, {})).status, 403)
})

test('what was written is never changed nor taken away', async () => {
  const agency = await simpleAgency()
  await ask(agency)
  for (const statement of [`update support_message set body = 'x'`, `delete from support_message`])
    await assert.rejects(t.app.database.app.query(statement), /permission denied/)
})
