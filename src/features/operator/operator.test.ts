import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { operatorId } from '../../server/ids.ts'
import { startTestApp, type Browser, type TestApp } from '../../server/testing.ts'
import { makeAgency, signInAs } from '../../server/testing-people.ts'
import { getMe } from '../sign-in/contract.ts'
import { getClock, listAgencies, moveClockForward, setAgencyState } from './contract.ts'
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
