import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { toPublicId } from '../../contract/ids.ts'
import {
  makeAgency,
  makeClient,
  makeMember,
  type TestAgency,
  type TestMember,
} from '../../server/testing-people.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { createClientNote } from '../client-notes/contract.ts'
import { changePassword } from '../profile/contract.ts'
import { signOut } from '../sign-in/contract.ts'
import {
  endAccessSession,
  explainMember,
  getRightsTable,
  listAccessSessions,
  renewAccessSession,
  setAccessSessionReadOnly,
  startAccessSession,
} from './contract.ts'

let t: TestApp
let agency: TestAgency
let manager: TestMember
let lea: TestMember
let other: TestMember
let holder: TestMember
let secondOwner: TestMember
const mem = (m: { memberId: string }) => toPublicId('member', m.memberId)
const as = (m: TestMember, mode: 'acting' | 'viewing' = 'acting') => ({ body: { memberId: mem(m), mode } })

before(async () => {
  t = await startTestApp()
  agency = await makeAgency(t)
  secondOwner = await makeMember(t, agency, { role: 'owner' })
  manager = await makeMember(t, agency, { role: 'manager', name: 'Marc Manager' })
  lea = await makeMember(t, agency, { role: 'consultant', parent: manager, name: 'Léa Bernard' })
  other = await makeMember(t, agency, { role: 'manager', name: 'Olga Autre' })
  holder = await makeMember(t, agency, { role: 'client', parent: lea })
})
after(() => t.close())

/** Leaves every acting session of a browser. */
async function leave(m: TestMember): Promise<void> {
  await m.browser.call(endAccessSession, { query: { all: 'true' } })
}

/** In whose sight the browser is now: only oneself and those below can be asked about. */
async function sees(m: TestMember, about: TestMember): Promise<boolean> {
  return (await m.browser.send(explainMember, { params: { id: mem(about) } })).statusCode === 200
}

test('down is allowed; up, sideways, oneself, other owners and strangers do not exist', async () => {
  const foreign = await makeAgency(t)
  const status = async (from: TestMember, to: TestMember) => {
    const response = await from.browser.send(startAccessSession, as(to))
    if (response.statusCode === 201) await leave(from)
    return response.statusCode
  }
  assert.equal(await status(agency.owner, manager), 201)
  assert.equal(await status(agency.owner, holder), 201)
  assert.equal(await status(manager, lea), 201)
  assert.equal(await status(manager, holder), 201)
  assert.equal(await status(lea, holder), 201)
  for (const [from, to] of [
    [lea, manager],
    [lea, lea],
    [manager, other],
    [other, lea],
    [manager, agency.owner],
    [agency.owner, secondOwner],
    [agency.owner, agency.owner],
    [agency.owner, foreign.owner],
  ] as const)
    assert.equal(await status(from, to), 404)
  assert.equal(await status(holder, lea), 403)
  const disabled = await makeMember(t, agency, { role: 'consultant', state: 'disabled' })
  assert.equal(
    (await agency.owner.browser.refusal(startAccessSession, as(disabled))).code,
    'acting.not_active',
  )
})

test('inside, sight and rights are the subject’s; writes carry actor, subject and the whole chain', async () => {
  await agency.owner.browser.call(startAccessSession, as(manager))
  assert.equal(await sees(agency.owner, other), false)
  await agency.owner.browser.call(startAccessSession, as(lea))
  assert.equal(await sees(agency.owner, manager), false)
  assert.equal(await sees(agency.owner, lea), true)
  const [event] = await t.sql<{ actor_name: string; subject_name: string; chain: string[] }>(
    `select actor_name, subject_name, chain from audit_event where agency_id = $1 and action = 'access_session.started' and member_id = $2 order by seq desc limit 1`,
    [agency.id, lea.memberId],
  )
  assert.deepEqual(event, {
    actor_name: agency.owner.name,
    subject_name: 'Marc Manager',
    chain: [agency.owner.name, 'Marc Manager'],
  })
  await agency.owner.browser.call(renewAccessSession, {})
  const [renewed] = await t.sql<{ actor_name: string; subject_name: string; chain: string[] }>(
    `select actor_name, subject_name, chain from audit_event where agency_id = $1 and action = 'access_session.renewed' order by seq desc limit 1`,
    [agency.id],
  )
  assert.deepEqual(renewed, {
    actor_name: agency.owner.name,
    subject_name: 'Léa Bernard',
    chain: [agency.owner.name, 'Marc Manager', 'Léa Bernard'],
  })
  // Back one step, then out.
  const up = await agency.owner.browser.call(endAccessSession, {})
  assert.equal(up.current?.subject.name, 'Marc Manager')
  assert.equal(await sees(agency.owner, lea), true)
  assert.equal(await sees(agency.owner, other), false)
  assert.equal((await agency.owner.browser.call(endAccessSession, {})).current, null)
  assert.equal(await sees(agency.owner, other), true)
  assert.equal((await agency.owner.browser.refusal(endAccessSession, {})).code, 'acting.none')
})

test('"Voir comme" never writes, nor does a step below it; read-only can be turned on and off while acting', async () => {
  await agency.owner.browser.call(startAccessSession, as(manager, 'viewing'))
  const step = await agency.owner.browser.call(startAccessSession, as(lea))
  assert.deepEqual([step.mode, step.readOnly], ['viewing', true])
  assert.equal(
    (await agency.owner.browser.refusal(setAccessSessionReadOnly, { body: { readOnly: false } })).code,
    'acting.always_read_only',
  )
  await leave(agency.owner)
  await agency.owner.browser.call(startAccessSession, as(manager))
  assert.equal(
    (await agency.owner.browser.call(setAccessSessionReadOnly, { body: { readOnly: true } })).readOnly,
    true,
  )
  const below = await agency.owner.browser.call(startAccessSession, as(lea))
  assert.deepEqual([below.mode, below.readOnly], ['acting', true])
  assert.equal(
    (await agency.owner.browser.refusal(setAccessSessionReadOnly, { body: { readOnly: false } })).code,
    'acting.always_read_only',
  )
  await agency.owner.browser.call(endAccessSession, {})
  assert.equal(
    (await agency.owner.browser.call(setAccessSessionReadOnly, { body: { readOnly: false } })).readOnly,
    false,
  )
  await leave(agency.owner)
})

test('a session ends after 30 minutes unless renewed, for every step of the chain', async () => {
  const o = await makeMember(t, agency, { role: 'owner' })
  await o.browser.call(startAccessSession, as(manager))
  await t.advance({ minutes: 20 })
  await o.browser.call(startAccessSession, as(lea))
  await t.advance({ minutes: 20 })
  await o.browser.call(renewAccessSession, {})
  await t.advance({ minutes: 29 })
  assert.equal(await sees(o, manager), false)
  await t.advance({ minutes: 2 })
  assert.equal(await sees(o, other), true)
})

test('a write after the session ended by itself is refused once, until the page has been told', async () => {
  const o = await makeMember(t, agency, { role: 'owner' })
  await o.browser.call(startAccessSession, as(manager))
  await t.advance({ minutes: 31 })
  const response = await o.browser.raw({ method: 'PATCH', url: '/api/v1/me', payload: { name: 'Autre Nom' } })
  assert.equal(response.statusCode, 409, response.body)
  assert.equal(response.json().code, 'acting.ended')
  await o.browser.raw({ method: 'GET', url: '/api/v1/me' })
  const again = await o.browser.raw({ method: 'PATCH', url: '/api/v1/me', payload: { name: 'Autre Nom' } })
  assert.equal(again.statusCode, 200, again.body)
})

test('the subject, a middle one or the actor disabled, moved or raised: the session ends at once', async () => {
  const mover = await makeMember(t, agency, { role: 'consultant', parent: manager })
  const o = await makeMember(t, agency, { role: 'owner' })
  const holds = async () => (await o.browser.send(renewAccessSession, {})).statusCode === 200
  const enter = async () => {
    await o.browser.call(startAccessSession, as(manager))
    await o.browser.call(startAccessSession, as(mover))
    assert.equal(await holds(), true)
  }
  await enter()
  await t.sql(`update member set parent_id = $2 where id = $1`, [mover.memberId, other.memberId])
  assert.equal(await holds(), false, 'moved out of the middle one’s team')
  await t.sql(`update member set parent_id = $2 where id = $1`, [mover.memberId, manager.memberId])
  for (const [who, broken, whole] of [
    [mover, `state = 'disabled'`, `state = 'active'`],
    [manager, `state = 'disabled'`, `state = 'active'`],
    [mover, `role = 'owner'`, `role = 'consultant'`],
  ] as const) {
    await enter()
    await t.sql(`update member set ${broken} where id = $1`, [who.memberId])
    assert.equal(await holds(), false, broken)
    await t.sql(`update member set ${whole} where id = $1`, [who.memberId])
    assert.equal(await holds(), false, `${broken}, and given back`)
  }
  await enter()
  await t.sql(`update member set state = 'disabled' where id = $1`, [o.memberId])
  assert.equal((await o.browser.refusal(getRightsTable, {})).status, 401)
})

test('signing out ends what was acted in that session', async () => {
  const o = await makeMember(t, agency, { role: 'owner' })
  const { id } = await o.browser.call(startAccessSession, as(other))
  const ongoing = async () =>
    (await agency.owner.browser.call(listAccessSessions, { query: { memberId: mem(other) } })).data.find(
      (s) => s.id === id,
    )?.ended
  assert.equal(await ongoing(), false)
  await o.browser.call(signOut, {})
  assert.equal(await ongoing(), true)
})

test('an agency may demand a reason', async () => {
  await t.sql(`update agency set acting_reason_required = true where agency_id = $1`, [agency.id])
  const refusal = await manager.browser.refusal(startAccessSession, as(lea))
  assert.equal(refusal.fields?.['reason']?.code, 'acting.reason_required')
  const session = await manager.browser.call(startAccessSession, {
    body: { memberId: mem(lea), mode: 'acting', reason: ' Aide au téléphone ' },
  })
  assert.equal(session.reason, 'Aide au téléphone')
  await leave(manager)
  await t.sql(`update agency set acting_reason_required = false where agency_id = $1`, [agency.id])
})

test('the subject and the owners read who acted and what was done, nobody else', async () => {
  const a = await makeAgency(t)
  const boss = await makeMember(t, a, { role: 'manager', name: 'Boss' })
  const eve = await makeMember(t, a, { role: 'consultant', parent: boss, name: 'Ève' })
  const adam = await makeMember(t, a, { role: 'consultant', parent: boss })
  const client = await makeClient(t, a, { assignees: [eve] })
  const note = { params: { id: toPublicId('client', client.id) }, body: { body: 'Rappelé' } }
  await boss.browser.call(startAccessSession, {
    body: { memberId: mem(eve), mode: 'acting', reason: 'Vacances' },
  })
  // Credentials stay out of reach; what is written is signed by both.
  assert.equal(
    (
      await boss.browser.refusal(changePassword, {
        body: { currentPassword: 'x', password: 'une phrase de passe assez longue' },
      })
    ).code,
    'acting.forbidden',
  )
  const written = await boss.browser.call(createClientNote, note)
  assert.deepEqual([written.author.name, written.via], ['Ève', 'Boss'])
  await boss.browser.call(setAccessSessionReadOnly, { body: { readOnly: true } })
  assert.equal((await boss.browser.refusal(createClientNote, note)).code, 'acting.read_only')
  await boss.browser.call(endAccessSession, {})
  const list = await eve.browser.call(listAccessSessions, {})
  assert.deepEqual(
    list.data.map((s) => [s.actor.name, s.subject.name, s.reason, s.ended]),
    [['Boss', 'Ève', 'Vacances', true]],
  )
  assert.deepEqual(
    list.data.map((s) => [s.actCount, s.acts.map((a) => a.action)]),
    [[1, ['note.created']]],
  )
  assert.deepEqual((await adam.browser.call(listAccessSessions, {})).data, [])
  assert.equal(
    (await adam.browser.refusal(listAccessSessions, { query: { memberId: mem(eve) } })).status,
    404,
  )
  assert.equal((await boss.browser.refusal(listAccessSessions, { query: { scope: 'agency' } })).status, 403)
  assert.equal(
    (await a.owner.browser.call(listAccessSessions, { query: { memberId: mem(eve) } })).data.length,
    1,
  )
  await boss.browser.call(startAccessSession, as(adam))
  await leave(boss)
  const first = await a.owner.browser.call(listAccessSessions, { query: { scope: 'agency', limit: 1 } })
  const second = await a.owner.browser.call(listAccessSessions, {
    query: { scope: 'agency', limit: 1, cursor: first.nextCursor! },
  })
  assert.deepEqual([first.data[0]?.subject.name, second.data[0]?.subject.name], [adam.name, 'Ève'])
  assert.equal(second.nextCursor, null)
})
