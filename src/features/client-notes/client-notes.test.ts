import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { toPublicId } from '../../contract/ids.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import {
  makeAgency,
  makeClient,
  makeMember,
  type TestAgency,
  type TestMember,
} from '../../server/testing-people.ts'
import { startAccessSession } from '../access/contract.ts'
import { getClient, listClientHistory } from '../client-record/contract.ts'
import {
  createClientNote,
  deleteClientNote,
  listClientNotes,
  restoreClientNote,
  updateClientNote,
} from './contract.ts'

let t: TestApp
let agency: TestAgency
let lea: TestMember
before(async () => {
  t = await startTestApp()
  agency = await makeAgency(t)
  lea = await makeMember(t, agency, { role: 'consultant', name: 'Léa Morel', seesUnassigned: false })
})
after(() => t.close())

const at = (c: { id: string }) => ({ params: { id: toPublicId('client', c.id) } })
const on = (c: { id: string }, n: { id: string }) => ({
  params: { id: toPublicId('client', c.id), noteId: n.id },
})

test('notes are written, changed and read newest first', async () => {
  const c = await makeClient(t, agency, { assignees: [lea] })
  const one = await lea.browser.call(createClientNote, {
    ...at(c),
    body: { body: '  Rappeler lundi.\r\nAvant midi.  ' },
  })
  assert.deepEqual(
    [one.body, one.author.name, one.via, one.mine],
    ['Rappeler lundi.\nAvant midi.', 'Léa Morel', null, true],
  )
  const two = await agency.owner.browser.call(createClientNote, { ...at(c), body: { body: 'Vu.' } })
  const { data } = await lea.browser.call(listClientNotes, at(c))
  assert.deepEqual(
    data.map((n) => [n.id, n.mine]),
    [
      [two.id, false],
      [one.id, true],
    ],
  )
  const changed = await lea.browser.call(updateClientNote, {
    ...on(c, one),
    body: { body: 'Rappelé.', version: 1 },
  })
  assert.deepEqual([changed.body, changed.version, changed.createdAt], ['Rappelé.', 2, one.createdAt])
  const stale = await lea.browser.refusal(updateClientNote, {
    ...on(c, one),
    body: { body: 'Autre', version: 1 },
  })
  assert.deepEqual(
    [stale.code, (stale.data!.current as { body: string }).body],
    ['version.stale', 'Rappelé.'],
  )
  assert.equal((await lea.browser.call(getClient, at(c))).noteCount, 2)
})

test('an empty or endless note is refused at its field', async () => {
  const c = await makeClient(t, agency, { assignees: [lea] })
  for (const [body, code] of [
    ['  \n ', 'field.required'],
    ['x'.repeat(5001), 'field.too_long'],
    ['a\u0000b', 'field.control_characters'],
  ] as const)
    assert.equal(
      (await lea.browser.refusal(createClientNote, { ...at(c), body: { body } })).fields?.body?.code,
      code,
    )
})

test('only its author changes or deletes a note, not even an owner', async () => {
  const c = await makeClient(t, agency, { assignees: [lea] })
  const n = await lea.browser.call(createClientNote, { ...at(c), body: { body: 'À moi' } })
  const { browser } = agency.owner
  for (const refused of [
    await browser.refusal(updateClientNote, { ...on(c, n), body: { body: 'Pris', version: 1 } }),
    await browser.refusal(deleteClientNote, on(c, n)),
    await browser.refusal(restoreClientNote, on(c, n)),
  ])
    assert.deepEqual([refused.status, refused.code], [403, 'note.not_yours'])
  const other = await makeClient(t, agency, { assignees: [lea] })
  assert.equal((await lea.browser.refusal(deleteClientNote, on(other, n))).status, 404)
})

test('a deleted note can be taken back for an hour, then it is gone for good', async () => {
  const c = await makeClient(t, agency, { assignees: [lea] })
  const n = await lea.browser.call(createClientNote, { ...at(c), body: { body: 'Confidence' } })
  await lea.browser.call(deleteClientNote, on(c, n))
  assert.deepEqual((await lea.browser.call(listClientNotes, at(c))).data, [])
  assert.equal(
    (await lea.browser.refusal(updateClientNote, { ...on(c, n), body: { body: 'x', version: 1 } })).status,
    404,
  )
  assert.equal((await lea.browser.call(restoreClientNote, on(c, n))).body, 'Confidence')
  await t.advance({ minutes: 61 })
  await t.runJobs()
  assert.equal((await lea.browser.call(listClientNotes, at(c))).data.length, 1)
  await lea.browser.call(deleteClientNote, on(c, n))
  await t.runJobs()
  assert.equal((await t.sql('select from client_note where client_id = $1', [c.id])).length, 1)
  await t.advance({ minutes: 61 })
  await t.runJobs()
  assert.equal((await t.sql('select from client_note where client_id = $1', [c.id])).length, 0)
  assert.equal((await lea.browser.refusal(restoreClientNote, on(c, n))).status, 404)
  const events = await t.sql<{ action: string; row: string }>(
    'select action, to_jsonb(e)::text as row from audit_event e where client_id = $1 order by seq',
    [c.id],
  )
  assert.deepEqual(
    events.map((e) => e.action),
    ['note.created', 'note.deleted', 'note.restored', 'note.deleted'],
  )
  assert.ok(events.every((e) => !e.row.includes('Confidence')))
})

test('a note written while acting is the subject’s, signed via the actor, and the history says both', async () => {
  const boss = await makeMember(t, agency, { role: 'owner', name: 'Camille Rousseau' })
  const c = await makeClient(t, agency, { assignees: [lea] })
  await boss.browser.call(startAccessSession, {
    body: { memberId: toPublicId('member', lea.memberId), mode: 'acting' },
  })
  const n = await boss.browser.call(createClientNote, { ...at(c), body: { body: 'Pour Léa' } })
  assert.deepEqual([n.author.name, n.via, n.mine], ['Léa Morel', 'Camille Rousseau', true])
  const { data } = await lea.browser.call(listClientHistory, at(c))
  assert.deepEqual(
    data.map((e) => [e.actor, e.subject]),
    [['Camille Rousseau', 'Léa Morel']],
  )
  assert.equal((await lea.browser.call(listClientNotes, at(c))).data[0]!.mine, true)
})

test('notes are of the team that sees the client', async () => {
  const holder = await makeMember(t, agency, { role: 'client' })
  const c = await makeClient(t, agency, { assignees: [lea, holder] })
  const hidden = await makeClient(t, agency, { assignees: [holder] })
  assert.equal((await holder.browser.refusal(listClientNotes, at(c))).status, 403)
  assert.equal(
    (await holder.browser.refusal(createClientNote, { ...at(c), body: { body: 'x' } })).status,
    403,
  )
  assert.equal((await lea.browser.refusal(listClientNotes, at(hidden))).status, 404)
  assert.equal(
    (await lea.browser.refusal(createClientNote, { ...at(hidden), body: { body: 'x' } })).status,
    404,
  )
})

test('notes have pages', async () => {
  const c = await makeClient(t, agency, { assignees: [lea] })
  for (let i = 1; i <= 5; i++)
    await lea.browser.call(createClientNote, { ...at(c), body: { body: `Note ${i}` } })
  const first = await lea.browser.call(listClientNotes, { ...at(c), query: { limit: 2 } })
  const second = await lea.browser.call(listClientNotes, {
    ...at(c),
    query: { limit: 3, cursor: first.nextCursor! },
  })
  assert.deepEqual(
    [...first.data, ...second.data].map((n) => n.body),
    ['Note 5', 'Note 4', 'Note 3', 'Note 2', 'Note 1'],
  )
  assert.equal(second.nextCursor, null)
  assert.equal((await lea.browser.refusal(listClientNotes, { ...at(c), query: { cursor: 'x' } })).status, 422)
})
