import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { moveClock } from '../../server/move-clock.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { makeAgency } from '../../server/testing-people.ts'
import { readyToPay } from '../payments/testing-payments.ts'
import { makeAccount, nowOf } from './testing-renewals.ts'

let t: TestApp
before(async () => void (t = await startTestApp()))
after(() => t.close())

test('a clock moved by a year bills every period on its own local day, in few stops', async () => {
  const agency = await makeAgency(t)
  await readyToPay(t, agency)
  const zones = ['Europe/Paris', 'Asia/Kolkata', 'America/New_York']
  const accounts = await Promise.all(
    zones.map((timeZone) => makeAccount(t, agency, { name: timeZone, timeZone })),
  )
  let turns = 0
  const timetable = t.app.timetable.map((work) =>
    work.name === 'renewals'
      ? { ...work, run: (...args: Parameters<typeof work.run>) => (turns++, work.run(...args)) }
      : work,
  )
  const start = await nowOf(t)
  await moveClock(t.app, timetable, start.add({ hours: 24 * 366 }))
  for (const [i, timeZone] of zones.entries()) {
    const periods = await t.sql<{ period_index: number; starts_on: string; issued_on: string; late: number }>(
      `select p.period_index, p.starts_on, (p.created_at at time zone $3)::date as issued_on,
         extract(epoch from p.created_at - p.starts_on::timestamp at time zone $3)::int as late
       from subscription_period p where p.agency_id = $1 and p.subscription_id = $2 and p.period_index > 0 order by 1`,
      [agency.id, accounts[i]!.subscriptionId, timeZone],
    )
    assert.equal(periods.length, 12, timeZone)
    for (const period of periods) {
      assert.equal(period.issued_on, period.starts_on, `${timeZone} ${period.period_index}`)
      assert.ok(
        period.late >= 0 && period.late < 3600,
        `${timeZone} ${period.period_index}: ${period.late} s`,
      )
    }
  }
  // 36 renewals and a look at the cards each day; a turn an hour would be some 8,800.
  assert.ok(turns >= 12 && turns < 500, `${turns} turns`)
})

test('a clock moved by a month collects on the collection day, in the agency’s zone', async () => {
  const agency = await makeAgency(t)
  await readyToPay(t, agency)
  await makeAccount(t, agency, { name: 'Garage Petit' })
  const start = await nowOf(t)
  const day = (start.toZonedDateTimeISO('Europe/Paris').day % 27) + 1
  await t.sql(`update agency_billing_profile set collection_day = $2 where agency_id = $1`, [agency.id, day])
  await moveClock(t.app, t.app.timetable, start.add({ hours: 24 * 32 }))
  const [collected] = await t.sql<{ collected_on: string; made: string }>(
    `select collected_on, (created_at at time zone 'Europe/Paris')::text as made from prepaid_collection where agency_id = $1`,
    [agency.id],
  )
  assert.equal(Number(collected!.collected_on.slice(8)), day)
  assert.match(collected!.made, new RegExp(`^${collected!.collected_on} 00:`))
})
