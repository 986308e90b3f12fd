import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { makeAgency, makeClient, makeMember } from '../../server/testing-people.ts'
import { countClientViews } from '../clients/contract.ts'
import { createView, deleteView, listViews, reorderViews, updateView } from './contract.ts'

let t: TestApp
before(async () => {
  t = await startTestApp()
})
after(() => t.close())

const late = {
  page: 'clients',
  name: 'Sans activité',
  query: { inactiveDays: '90', sort: 'lastActivityAt' },
} as const

test('a view is its maker’s alone until it is shared', async () => {
  const a = await makeAgency(t)
  const lea = await makeMember(t, a, { role: 'consultant' })
  const stranger = await makeAgency(t)
  const mine = await lea.browser.call(createView, { body: late })
  assert.deepEqual(mine.query, late.query)
  const seen = async (who: { browser: typeof lea.browser }) =>
    (await who.browser.call(listViews, { query: { page: 'clients' } })).data.map((v) => v.name)
  assert.deepEqual(await seen(lea), ['Sans activité'])
  assert.deepEqual(await seen(a.owner), [])
  for (const who of [a.owner, stranger.owner]) {
    assert.equal(
      (await who.browser.refusal(updateView, { params: { id: mine.id }, body: { name: 'Prise' } })).status,
      404,
    )
    assert.equal((await who.browser.refusal(deleteView, { params: { id: mine.id } })).status, 404)
  }
  const shared = await a.owner.browser.call(createView, {
    body: { ...late, name: 'Pour tous', isShared: true },
  })
  assert.deepEqual(await seen(lea), ['Sans activité', 'Pour tous'])
  assert.deepEqual(await seen(stranger.owner), [])
  const hers = (await lea.browser.call(listViews, { query: { page: 'clients' } })).data[1]
  assert.equal(hers?.by, a.owner.name)
  assert.deepEqual(hers?.can, { edit: false })
  assert.equal(
    (await lea.browser.refusal(updateView, { params: { id: shared.id }, body: { name: 'À moi' } })).code,
    'view.not_yours',
  )
  assert.equal((await lea.browser.refusal(deleteView, { params: { id: shared.id } })).code, 'view.not_yours')
})

test('sharing needs the right', async () => {
  const a = await makeAgency(t)
  const manager = await makeMember(t, a, { role: 'manager' })
  assert.equal(
    (await manager.browser.refusal(createView, { body: { ...late, isShared: true } })).code,
    'view.share',
  )
  const own = await manager.browser.call(createView, { body: late })
  assert.equal(
    (await manager.browser.refusal(updateView, { params: { id: own.id }, body: { isShared: true } })).code,
    'view.share',
  )
  assert.equal((await manager.browser.call(listViews, { query: { page: 'clients' } })).can.share, false)
})

test('pin and order are each reader’s own', async () => {
  const a = await makeAgency(t)
  const lea = await makeMember(t, a, { role: 'consultant' })
  const made = []
  for (const name of ['Un', 'Deux', 'Trois'])
    made.push(await a.owner.browser.call(createView, { body: { ...late, name, isShared: true } }))
  const pinned = await lea.browser.call(updateView, { params: { id: made[1]!.id }, body: { isPinned: true } })
  assert.equal(pinned.isPinned, true)
  await lea.browser.call(reorderViews, { body: { page: 'clients', ids: [made[2]!.id, made[0]!.id] } })
  const list = async (who: { browser: typeof lea.browser }) =>
    (await who.browser.call(listViews, { query: { page: 'clients' } })).data.map(
      (v) => `${v.name}${v.isPinned ? ' épinglée' : ''}`,
    )
  assert.deepEqual(await list(lea), ['Trois', 'Un', 'Deux épinglée'])
  assert.deepEqual(await list(a.owner), ['Un', 'Deux', 'Trois'])
  const other = await makeAgency(t)
  assert.equal(
    (await other.owner.browser.refusal(reorderViews, { body: { page: 'clients', ids: [made[0]!.id] } }))
      .status,
    404,
  )
})

test('two people changing a view at once: the second is told', async () => {
  const a = await makeAgency(t)
  const view = await a.owner.browser.call(createView, { body: late })
  const changed = await a.owner.browser.call(updateView, {
    params: { id: view.id },
    body: { name: 'Endormis', version: view.version },
  })
  assert.equal(changed.name, 'Endormis')
  const stale = await a.owner.browser.refusal(updateView, {
    params: { id: view.id },
    body: { name: 'Encore', version: view.version },
  })
  assert.equal(stale.code, 'version.stale')
  assert.equal((stale.data!['current'] as { name: string }).name, 'Endormis')
  await a.owner.browser.call(deleteView, { params: { id: view.id } })
  assert.deepEqual((await a.owner.browser.call(listViews, { query: { page: 'clients' } })).data, [])
})

test('a view’s clients are counted; fifty views are enough', async () => {
  const a = await makeAgency(t)
  await makeClient(t, a, { name: 'Boulangerie' })
  await makeClient(t, a, { name: 'Garage', status: 'paused' })
  const view = await a.owner.browser.call(createView, {
    body: { page: 'clients', name: 'En pause', query: { status: 'paused', columns: 'status' } },
  })
  const broken = await a.owner.browser.call(createView, {
    body: { page: 'clients', name: 'D’avant', query: { status: 'retired' } },
  })
  const { views } = await a.owner.browser.call(countClientViews, {})
  assert.deepEqual(views, [{ id: view.id, count: 1 }])
  assert.notEqual(broken.id, view.id)
  for (let i = 0; i < 48; i++) await a.owner.browser.call(createView, { body: { ...late, name: `Vue ${i}` } })
  const refused = await a.owner.browser.refusal(createView, { body: late })
  assert.equal(refused.code, 'view.too_many')
  assert.match(refused.title, /50 vues/)
})

test('what cannot be a view is refused at its field', async () => {
  const a = await makeAgency(t)
  assert.equal(
    (await a.owner.browser.refusal(createView, { body: { ...late, name: ' ' } })).fields?.['name']?.code,
    'field.required',
  )
  assert.equal(
    (await a.owner.browser.refusal(createView, { body: { ...late, query: { q: 'x'.repeat(2001) } } }))
      .fields?.['query.q']?.code,
    'field.too_long',
  )
  assert.equal(
    (await a.owner.browser.refusal(createView, { body: { ...late, query: { 'a b': 'x' } } })).status,
    422,
  )
})
