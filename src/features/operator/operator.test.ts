import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newId, operatorId } from '../../server/ids.ts'
import { startTestApp, type Browser, type TestApp } from '../../server/testing.ts'
import { makeAgency, signInAs } from '../../server/testing-people.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { runTimetable } from '../../server/timetable.ts'
import { moveMoney } from '../wallets/public.ts'
import { getMe } from '../sign-in/contract.ts'
import {
  checkHealthNow,
  getClock,
  getHealth,
  listAgencies,
  moveClockForward,
  setAgencyState,
} from './contract.ts'
import { enterAsOperator } from './testing.ts'

let t: TestApp
let staff: Browser
before(async () => {
  t = await startTestApp()
  staff = await enterAsOperator(t)
})
after(() => t.close())

test('staff signs in on the base host by the command’s link, and holds no agency’s right', async () => {
  const me = await staff.call(getMe, {})
  assert.equal(me.user.name, 'Ada Exploitante')
  assert.equal(me.member, null)
})

test('disabling an agency ends every session at once; an owner can’t do it', async () => {
  const agency = await makeAgency(t, { name: 'Fermée SARL' })
  const browsers: Browser[] = []
  for (let i = 0; i < 100; i++) {
    const browser = t.browser(agency.slug)
    await signInAs(t, agency, { ...agency.owner, browser })
    browsers.push(browser)
  }
  const { data } = await staff.call(listAgencies, { query: { q: 'fermee' } })
  assert.equal(data.length, 1)
  assert.equal(
    (
      await agency.owner.browser.refusal(setAgencyState, {
        params: { id: data[0]!.id },
        body: { state: 'disabled' },
      })
    ).status,
    404,
  )
  await staff.call(setAgencyState, { params: { id: data[0]!.id }, body: { state: 'disabled' } })
  const answers = await Promise.all(browsers.map((b) => b.send(getMe, {})))
  assert.ok(answers.every((a) => a.statusCode === 401))
  await staff.call(setAgencyState, { params: { id: data[0]!.id }, body: { state: 'active' } })
  const events = await t.sql<{ action: string; actor_name: string }>(
    `select action, actor_name from audit_event where agency_id = $1 order by seq`,
    [agency.id],
  )
  assert.deepEqual(events, [
    { action: 'agency.disabled', actor_name: 'Ada Exploitante' },
    { action: 'agency.enabled', actor_name: 'Ada Exploitante' },
  ])
})

test('the clock moves forward only, on a sandbox only', async () => {
  const before = await staff.call(getClock, {})
  const to = Temporal.Instant.from(before.now).add({ hours: 48 }).toString()
  assert.equal(
    (await staff.refusal(moveClockForward, { body: { to: '2020-01-01T00:00:00Z' } })).code,
    'clock.backwards',
  )
  assert.equal(
    (await staff.refusal(moveClockForward, { body: { to: '2099-01-01T00:00:00Z' } })).code,
    'clock.too_far',
  )
  const moved = await staff.call(moveClockForward, { body: { to } })
  assert.ok(Math.abs(moved.movedSeconds - 48 * 3600) < 30)
  await t.sql(`update installation set sandbox = false`)
  const later = Temporal.Instant.from(moved.now).add({ hours: 1 }).toString()
  assert.equal((await staff.refusal(moveClockForward, { body: { to: later } })).code, 'clock.live')
  const [event] = await t.sql<{ action: string }>(
    `select action from audit_event where agency_id = $1 order by seq desc limit 1`,
    [operatorId],
  )
  assert.equal(event?.action, 'clock.moved')
})

test('health is checked every 5 minutes, and what drifts is named until it is mended', async () => {
  const agency = await makeAgency(t)
  const wallet = { owner: 'agency', purpose: 'budget', unit: 'EUR' } as const
  await runInTenant(t.app, { agencyId: agency.id }, (ctx) =>
    moveMoney(ctx, {
      operationKey: newId(),
      reason: 'budget.topped_up',
      lines: [
        { wallet: { counterpart: 'bank', unit: 'EUR' }, amount: -5_000n },
        { wallet, amount: 5_000n },
      ],
    }),
  )
  const fresh = await staff.call(getHealth, {})
  assert.ok(fresh.checks.length >= 5)
  await runTimetable(t.app, t.app.timetable)
  const first = await staff.call(getHealth, {})
  assert.ok(first.checks.every((c) => c.checkedAt !== null && c.faults.length === 0))
  await t.sql(`update wallet set balance = balance + 1 where agency_id = $1 and owner_kind = 'agency'`, [
    agency.id,
  ])
  await runTimetable(t.app, t.app.timetable)
  assert.deepEqual(await staff.call(getHealth, {}), first, 'not before 5 minutes')
  await t.advance({ minutes: 6 })
  await runTimetable(t.app, t.app.timetable)
  const drifted = (await staff.call(getHealth, {})).checks.filter((c) => c.faults.length > 0)
  assert.deepEqual(
    drifted.map((c) => [c.id, c.failingSince !== null, c.label]),
    [['balance_is_entries', true, 'Chaque solde est la somme de ses mouvements']],
  )
  assert.match(drifted[0]!.faults[0]!, /drifts by 1$/)
  await t.sql(`update wallet set balance = balance - 1 where agency_id = $1 and owner_kind = 'agency'`, [
    agency.id,
  ])
  const mended = await staff.call(checkHealthNow, {})
  assert.ok(mended.checks.every((c) => c.faults.length === 0 && c.failingSince === null))
  assert.equal((await agency.owner.browser.refusal(getHealth, {})).status, 404)
})
