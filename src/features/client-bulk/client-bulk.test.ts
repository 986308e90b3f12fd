import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { fromPublicId, toPublicId } from '../../contract/ids.ts'
import { newId } from '../../server/ids.ts'
import { startTestApp, type Browser, type TestApp } from '../../server/testing.ts'
import {
  makeAgency,
  makeClient,
  makeMember,
  type TestAgency,
  type TestMember,
} from '../../server/testing-people.ts'
import { endAccessSession, startAccessSession } from '../access/contract.ts'
import { listClients } from '../clients/contract.ts'
import { getJob } from '../long-jobs/contract.ts'
import { bulkAssignClients, bulkSetStatus, bulkTag, listSelectionPeople, undoBulkChange } from './contract.ts'

let t: TestApp
before(async () => {
  t = await startTestApp()
})
after(() => t.close())

const mem = (m: TestMember) => toPublicId('member', m.memberId)
const cli = (c: { id: string }) => toPublicId('client', c.id)

async function holders(agency: TestAgency): Promise<Record<string, string[]>> {
  const rows = await t.sql<{ name: string; who: string[] }>(
    `select c.name, array(select u.name || case when a.is_lead then '*' else '' end from assignment a join member m on m.id = a.member_id join realm_user u on u.id = m.user_id
       where a.client_id = c.id order by u.name) as who from client c where c.agency_id = $1`,
    [agency.id],
  )
  return Object.fromEntries(rows.map((r) => [r.name, r.who]))
}

async function fill(agency: TestAgency, n: number): Promise<void> {
  await t.sql(
    `insert into client (agency_id, id, name, last_activity_at, created_at, updated_at)
     select $1, uuidv7(), 'Client ' || lpad(n::text, 5, '0'), now(), now(), now() from generate_series(1, $2) n`,
    [agency.id, n],
  )
}

const total = async (browser: Browser, query: Record<string, unknown>) =>
  (await browser.call(listClients, { query: { limit: 1, total: 'true', ...query } as never })).total

test('people are added and removed, the rest left, and undo puts the lead back', async () => {
  const a = await makeAgency(t)
  const [ana, bob, eve] = await Promise.all(
    ['Ana', 'Bob', 'Eve'].map((name) => makeMember(t, a, { role: 'consultant', name })),
  )
  const un = await makeClient(t, a, { name: 'Un', assignees: [ana!, eve!] })
  const deux = await makeClient(t, a, { name: 'Deux', assignees: [bob!] })
  const trois = await makeClient(t, a, { name: 'Trois' })
  await t.sql(`update assignment set is_lead = true where client_id = $1 and member_id = $2`, [
    un.id,
    ana!.memberId,
  ])
  const done = await a.owner.browser.call(bulkAssignClients, {
    body: {
      selection: { ids: [un, deux, trois].map(cli) },
      add: [mem(bob!)],
      remove: [mem(ana!)],
      notify: true,
    },
  })
  assert.deepEqual([done.changed, done.jobId], [2, null])
  assert.deepEqual(await holders(a), { Un: ['Bob', 'Eve'], Deux: ['Bob'], Trois: ['Bob'] })
  const events = await t.sql(`select action from audit_event where agency_id = $1 order by seq`, [a.id])
  assert.deepEqual(events.map((e) => e['action']).toSorted(), [
    'client.assigned',
    'client.assigned',
    'client.unassigned',
  ])
  const mails = await t.sql(`select to_email, subject from mail where agency_id = $1`, [a.id])
  assert.deepEqual(
    mails.map((m) => m['to_email']),
    [bob!.email],
  )
  assert.deepEqual(await a.owner.browser.call(undoBulkChange, { params: { id: done.changeId } }), {
    changed: 2,
    jobId: null,
  })
  assert.deepEqual(await holders(a), { Un: ['Ana*', 'Eve'], Deux: ['Bob'], Trois: [] })
  assert.equal(
    (await a.owner.browser.refusal(undoBulkChange, { params: { id: done.changeId } })).code,
    'bulk.undone',
  )
})

test('undo is for who made the change, within a day', async () => {
  const a = await makeAgency(t)
  const other = await makeMember(t, a, { role: 'owner' })
  const client = await makeClient(t, a, { name: 'Un' })
  const { changeId } = await a.owner.browser.call(bulkSetStatus, {
    body: { selection: { ids: [cli(client)] }, status: 'archived' },
  })
  assert.equal((await other.browser.refusal(undoBulkChange, { params: { id: changeId } })).status, 404)
  assert.equal(
    (await (await makeAgency(t)).owner.browser.refusal(undoBulkChange, { params: { id: changeId } })).status,
    404,
  )
  const late = await a.owner.browser.call(bulkTag, {
    body: { selection: { ids: [cli(client)] }, add: ['VIP'] },
  })
  await t.sql(
    `update bulk_change set created_at = created_at - interval '25 hours' where agency_id = $1 and kind = 'tag'`,
    [a.id],
  )
  assert.equal((await a.owner.browser.refusal(undoBulkChange, { params: { id: late.changeId } })).status, 404)
  assert.equal((await a.owner.browser.call(undoBulkChange, { params: { id: changeId } })).changed, 1)
})

test('what was done while acting is undone while acting: neither person alone may', async () => {
  const a = await makeAgency(t)
  const manager = await makeMember(t, a, { role: 'manager' })
  const client = await makeClient(t, a, { name: 'Un' })
  const { browser } = a.owner
  await browser.call(startAccessSession, { body: { memberId: mem(manager), mode: 'acting' } })
  const { changeId } = await browser.call(bulkSetStatus, {
    body: { selection: { ids: [cli(client)] }, status: 'paused' },
  })
  const [event] = await t.sql(
    `select actor_name, subject_name from audit_event where agency_id = $1 and action = 'client.updated'`,
    [a.id],
  )
  assert.deepEqual(event, { actor_name: a.owner.name, subject_name: manager.name })
  assert.equal((await manager.browser.refusal(undoBulkChange, { params: { id: changeId } })).status, 404)
  await browser.call(endAccessSession, {})
  assert.equal((await browser.refusal(undoBulkChange, { params: { id: changeId } })).status, 404)
  await browser.call(startAccessSession, { body: { memberId: mem(manager), mode: 'acting' } })
  assert.equal((await browser.call(undoBulkChange, { params: { id: changeId } })).changed, 1)
})

test('a manager unassigns a client away from its own sight, and can still undo', async () => {
  const a = await makeAgency(t)
  const manager = await makeMember(t, a, { role: 'manager', seesUnassigned: false })
  const client = await makeClient(t, a, { name: 'Sien', assignees: [manager] })
  const { changeId } = await manager.browser.call(bulkAssignClients, {
    body: { selection: { ids: [cli(client)] }, remove: [mem(manager)] },
  })
  assert.equal(await total(manager.browser, {}), 0)
  assert.equal((await manager.browser.call(undoBulkChange, { params: { id: changeId } })).changed, 1)
  assert.equal(await total(manager.browser, {}), 1)
})

test('archive, pause and restore; what somebody changed since is left as they made it', async () => {
  const a = await makeAgency(t)
  const [un, deux] = [
    await makeClient(t, a, { name: 'Un' }),
    await makeClient(t, a, { name: 'Deux', status: 'paused' }),
  ]
  const done = await a.owner.browser.call(bulkSetStatus, {
    body: { selection: { ids: [un, deux].map(cli) }, status: 'archived' },
  })
  assert.equal(done.changed, 2)
  assert.equal(await total(a.owner.browser, {}), 0)
  const state = () =>
    t.sql<{ name: string; status: string; at: boolean; version: number }>(
      `select name, status, archived_at is not null as at, version from client where agency_id = $1 order by name`,
      [a.id],
    )
  assert.deepEqual(await state(), [
    { name: 'Deux', status: 'archived', at: true, version: 2 },
    { name: 'Un', status: 'archived', at: true, version: 2 },
  ])
  await a.owner.browser.call(bulkSetStatus, { body: { selection: { ids: [cli(un)] }, status: 'paused' } })
  assert.equal((await a.owner.browser.call(undoBulkChange, { params: { id: done.changeId } })).changed, 1)
  assert.deepEqual(
    (await state()).map((c) => [c.name, c.status, c.at]),
    [
      ['Deux', 'paused', false],
      ['Un', 'paused', false],
    ],
  )
  const actions = await t.sql(
    `select action, entity_name, data from audit_event where agency_id = $1 order by seq`,
    [a.id],
  )
  assert.deepEqual(actions.map((e) => `${e['entity_name']} ${e['action']}`).toSorted(), [
    'Deux client.archived',
    'Deux client.restored',
    'Un client.archived',
    'Un client.restored',
  ])
  assert.deepEqual(actions.at(-1)?.['data'], { changes: { status: ['archived', 'paused'] } })
})

test('labels are added once whatever their case, and taken off', async () => {
  const a = await makeAgency(t)
  const [un, deux] = [await makeClient(t, a, { name: 'Un' }), await makeClient(t, a, { name: 'Deux' })]
  await t.sql(`update client set tags = '{VIP,Ancien}' where id = $1`, [un.id])
  const tags = async () =>
    (
      await t.sql<{ tags: string[] }>(`select tags from client where agency_id = $1 order by name desc`, [
        a.id,
      ])
    ).map((r) => r.tags)
  const done = await a.owner.browser.call(bulkTag, {
    body: { selection: { ids: [un, deux].map(cli) }, add: ['vip', 'Noël'], remove: ['ancien'] },
  })
  assert.deepEqual(await tags(), [
    ['VIP', 'Noël'],
    ['vip', 'Noël'],
  ])
  await a.owner.browser.call(undoBulkChange, { params: { id: done.changeId } })
  assert.deepEqual(
    (await tags()).map((x) => x.toSorted()),
    [['Ancien', 'VIP'], []],
  )
  const field = await a.owner.browser.refusal(bulkTag, {
    body: { selection: { ids: [cli(un)] }, add: [' '] },
  })
  assert.equal(field.fields?.['add.0']?.code, 'field.required')
})

test('nobody changes what they don’t see, nor what their role may not', async () => {
  const a = await makeAgency(t)
  const manager = await makeMember(t, a, { role: 'manager', seesUnassigned: false })
  const below = await makeMember(t, a, { role: 'consultant', parent: manager })
  const beside = await makeMember(t, a, { role: 'consultant' })
  const holder = await makeMember(t, a, { role: 'client' })
  const hers = await makeClient(t, a, { name: 'À elle', assignees: [below] })
  const hidden = await makeClient(t, a, { name: 'Caché', assignees: [beside] })
  const foreign = await makeClient(t, await makeAgency(t), {})
  for (const out of [hidden, foreign, { id: newId() }]) {
    const selection = { ids: [cli(hers), cli(out)] }
    assert.equal(
      (await manager.browser.refusal(bulkSetStatus, { body: { selection, status: 'archived' } })).status,
      404,
    )
    assert.equal((await manager.browser.refusal(bulkTag, { body: { selection, add: ['x'] } })).status, 404)
    assert.equal(
      (await manager.browser.refusal(bulkAssignClients, { body: { selection, add: [mem(below)] } })).status,
      404,
    )
    assert.equal((await manager.browser.refusal(listSelectionPeople, { body: { selection } })).status, 404)
  }
  assert.equal(
    (
      await manager.browser.refusal(bulkAssignClients, {
        body: { selection: { ids: [cli(hers)] }, add: [mem(beside)] },
      })
    ).status,
    404,
  )
  assert.equal(
    (
      await below.browser.refusal(bulkAssignClients, {
        body: { selection: { ids: [cli(hers)] }, add: [mem(below)] },
      })
    ).status,
    403,
  )
  assert.equal(
    (
      await below.browser.refusal(bulkSetStatus, {
        body: { selection: { ids: [cli(hers)] }, status: 'archived' },
      })
    ).status,
    403,
  )
  assert.equal(
    (await holder.browser.refusal(bulkTag, { body: { selection: { ids: [cli(hers)] }, add: ['x'] } })).status,
    403,
  )
  assert.equal(
    (await below.browser.call(bulkTag, { body: { selection: { ids: [cli(hers)] }, add: ['x'] } })).changed,
    1,
  )
  assert.equal(
    (
      await a.owner.browser.refusal(bulkTag, {
        body: { selection: { ids: Array.from({ length: 501 }, () => cli(hers)) }, add: ['x'] },
      })
    ).status,
    422,
  )
})

test('three states: how many of the selected clients each person has', async () => {
  const a = await makeAgency(t)
  const manager = await makeMember(t, a, { role: 'manager', name: 'Marie' })
  const ana = await makeMember(t, a, { role: 'consultant', name: 'Ana', parent: manager })
  const gone = await makeMember(t, a, { role: 'consultant', name: 'Partie', state: 'disabled' })
  await makeMember(t, a, { role: 'consultant', name: 'Disparu', state: 'disabled' })
  const un = await makeClient(t, a, { name: 'Un', assignees: [ana, gone] })
  const deux = await makeClient(t, a, { name: 'Deux', assignees: [ana] })
  await makeClient(t, a, { name: 'Trois' })
  const ask = async (
    selection: Parameters<typeof a.owner.browser.call<typeof listSelectionPeople>>[1]['body']['selection'],
    who = a.owner,
  ) => {
    const { total: n, people } = await who.browser.call(listSelectionPeople, { body: { selection } })
    return [n, ...people.map((p) => `${p.name} ${p.held}${p.disabled ? ' désactivé' : ''}`)]
  }
  assert.deepEqual(await ask({ ids: [cli(un), cli(deux)] }), [
    2,
    'Ana 2',
    'Marie 0',
    `${a.owner.name} 0`,
    'Partie 1 désactivé',
  ])
  assert.deepEqual(await ask({ query: {} }), [
    3,
    'Ana 2',
    'Marie 0',
    `${a.owner.name} 0`,
    'Partie 1 désactivé',
  ])
  assert.deepEqual(await ask({ query: { q: 'trois' } }), [1, 'Ana 0', 'Marie 0', `${a.owner.name} 0`])
  assert.deepEqual(await ask({ ids: [cli(deux)] }, manager), [1, 'Ana 1', 'Marie 0'])
})

test('all that match is changed by a job, told once, and undone by another', async () => {
  const a = await makeAgency(t)
  const ana = await makeMember(t, a, { role: 'consultant', name: 'Ana' })
  await fill(a, 1250)
  await makeClient(t, a, { name: 'Hors du lot', assignees: [a.owner] })
  const started = await a.owner.browser.call(bulkAssignClients, {
    body: { selection: { query: { unassigned: 'true' } }, add: [mem(ana)], notify: true },
  })
  assert.equal(started.changed, null)
  await makeClient(t, a, { name: 'Arrivé après' })
  await t.runJobs()
  const job = await a.owner.browser.call(getJob, { params: { id: started.jobId! } })
  assert.deepEqual([job.state, job.done, job.total], ['done', 1250, 1250])
  assert.equal(await total(a.owner.browser, { assignee: mem(ana) }), 1250)
  assert.deepEqual((await holders(a))['Arrivé après'], [])
  assert.equal((await t.sql(`select from notification where agency_id = $1`, [a.id])).length, 1)
  const undo = await a.owner.browser.call(undoBulkChange, { params: { id: started.changeId } })
  await t.runJobs()
  assert.equal((await a.owner.browser.call(getJob, { params: { id: undo.jobId! } })).done, 1250)
  assert.equal(await total(a.owner.browser, { assignee: mem(ana) }), 0)
  assert.deepEqual((await holders(a))['Hors du lot'], [a.owner.name])
})

test('undoing does not reach clients and people that were given to another team since', async () => {
  const a = await makeAgency(t)
  const manager = await makeMember(t, a, { role: 'manager', seesUnassigned: false })
  const lea = await makeMember(t, a, { role: 'consultant', parent: manager })
  const other = await makeMember(t, a, { role: 'manager', name: 'Autre' })
  const [lost, mine] = await Promise.all(
    ['Perdu', 'Gardé'].map((name) => makeClient(t, a, { name, assignees: [lea] })),
  )
  const removed = await manager.browser.call(bulkAssignClients, {
    body: { selection: { ids: [cli(lost!), cli(mine!)] }, remove: [mem(lea)] },
  })
  const { changeId: tagged } = await a.owner.browser.call(bulkTag, {
    body: { selection: { ids: [cli(lost!)] }, add: ['VIP'] },
  })
  await t.sql(`update bulk_change set user_id = $2, member_id = $3 where id = $1`, [
    fromPublicId('bulkChange', tagged),
    manager.userId,
    manager.memberId,
  ])
  await t.advance({ minutes: 1 })
  await a.owner.browser.call(bulkAssignClients, {
    body: { selection: { ids: [cli(lost!)] }, add: [mem(other)] },
  })
  assert.equal((await manager.browser.call(undoBulkChange, { params: { id: tagged } })).changed, 0)
  assert.equal((await manager.browser.call(undoBulkChange, { params: { id: removed.changeId } })).changed, 1)
  assert.deepEqual((await holders(a))['Perdu'], ['Autre'])
  assert.equal(await total(manager.browser, {}), 1)
  // Somebody who has moved to another team is not given the client back.
  const again = await manager.browser.call(bulkAssignClients, {
    body: { selection: { ids: [cli(mine!)] }, add: [mem(manager)], remove: [mem(lea)] },
  })
  await t.sql(`update member set parent_id = $2 where id = $1`, [lea.memberId, other.memberId])
  await manager.browser.call(undoBulkChange, { params: { id: again.changeId } })
  assert.deepEqual((await holders(a))['Gardé'], [])
})

test('a job stops with the access, or the role, of whoever asked for it', async () => {
  const a = await makeAgency(t)
  await fill(a, 600)
  for (const change of [`state = 'disabled'`, `role = 'consultant'`]) {
    const manager = await makeMember(t, a, { role: 'manager' })
    const started = await manager.browser.call(bulkTag, {
      body: { selection: { query: { q: 'client' } }, add: ['Trop tard'] },
    })
    await t.sql(`update member set ${change} where id = $1`, [manager.memberId])
    await t.runJobs()
    const [job] = await t.sql<{ state: string }>(`select state from long_job where id = $1`, [
      fromPublicId('job', started.jobId!),
    ])
    assert.equal(job?.state, 'cancelled')
  }
  const manager = await makeMember(t, a, { role: 'manager' })
  const lea = await makeMember(t, a, { role: 'consultant', parent: manager })
  await manager.browser.call(startAccessSession, { body: { memberId: mem(lea), mode: 'acting' } })
  await manager.browser.call(bulkTag, { body: { selection: { query: { q: 'client' } }, add: ['Trop tard'] } })
  await t.sql(`update member set state = 'disabled' where id = $1`, [manager.memberId])
  await t.runJobs()
  assert.equal(await total(a.owner.browser, { tag: 'Trop tard' }), 0)
})

test('a job killed between two batches goes on where it was: nothing twice, nothing left out', async () => {
  const a = await makeAgency(t)
  await fill(a, 700)
  const started = await a.owner.browser.call(bulkTag, {
    body: { selection: { query: { q: 'client' } }, add: ['Lot'] },
  })
  // The batch after the second fails as a crash would: its transaction is rolled back, the ones before stay.
  await t.sql(`create function crash() returns trigger language plpgsql as $$ begin
    if (select count(*) from bulk_change_item where agency_id = new.agency_id) > 400 then raise exception 'crash'; end if; return new; end $$`)
  await t.sql(`create trigger crash after insert on bulk_change_item for each row execute function crash()`)
  const log = t.app.log.level
  t.app.log.level = 'silent'
  await t.runJobs()
  t.app.log.level = log
  const half = await a.owner.browser.call(getJob, { params: { id: started.jobId! } })
  assert.deepEqual([half.state, half.done], ['running', 400])
  assert.equal(await total(a.owner.browser, { tag: 'Lot' }), 400)
  await t.sql(`drop function crash cascade`)
  await t.advance({ hours: 1 })
  await t.runJobs()
  const whole = await a.owner.browser.call(getJob, { params: { id: started.jobId! } })
  assert.deepEqual([whole.state, whole.done], ['done', 700])
  const [audit] = await t.sql<{ n: number; clients: number }>(
    `select count(*)::int as n, count(distinct client_id)::int as clients from audit_event where agency_id = $1 and action = 'client.updated'`,
    [a.id],
  )
  assert.deepEqual(audit, { n: 700, clients: 700 })
})

test('undoing a change under way stops it', async () => {
  const a = await makeAgency(t)
  await fill(a, 30)
  const started = await a.owner.browser.call(bulkSetStatus, {
    body: { selection: { query: {} }, status: 'archived' },
  })
  await a.owner.browser.call(undoBulkChange, { params: { id: started.changeId } })
  await t.runJobs()
  assert.equal(await total(a.owner.browser, { status: 'archived' }), 0)
  assert.equal((await a.owner.browser.call(getJob, { params: { id: started.jobId! } })).state, 'done')
})

test('a job runs in the sight of who asked', async () => {
  const a = await makeAgency(t)
  const manager = await makeMember(t, a, { role: 'manager', seesUnassigned: false })
  await makeClient(t, a, { name: 'Sien', assignees: [manager] })
  await makeClient(t, a, { name: 'Autre' })
  await manager.browser.call(bulkSetStatus, { body: { selection: { query: {} }, status: 'paused' } })
  await t.runJobs()
  assert.deepEqual(
    (await t.sql(`select name from client where agency_id = $1 and status = 'paused'`, [a.id])).map(
      (c) => c['name'],
    ),
    ['Sien'],
  )
})
