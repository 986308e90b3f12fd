import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { z } from 'zod'
import { job } from './jobs.ts'
import { moveClock, clockOf } from './move-clock.ts'
import { runInTenant } from './run-in-tenant.ts'
import { startTestApp, type TestApp } from './testing.ts'
import { makeAgency } from './testing-people.ts'
import { presentOf, runTimetable, type Recurring } from './timetable.ts'

let t: TestApp
const ran: string[] = []
const note = job({
  name: 'test.note',
  payload: z.object({ what: z.string() }),
  async run(ctx, { what }) {
    ran.push(`${what} ${ctx.now.toZonedDateTimeISO('UTC').toPlainDate().toString()}`)
  },
})
before(async () => {
  t = await startTestApp()
  t.app.jobs = [...t.app.jobs, note as never]
})
after(() => t.close())

test('moving the clock runs everything due in between, in order, at its own time', async () => {
  const agency = await makeAgency(t)
  const start = await presentOf(t.app.database.owner)
  const day = (n: number) => start.add({ hours: 24 * n })
  const date = (n: number) => day(n).toZonedDateTimeISO('UTC').toPlainDate().toString()
  await runInTenant(t.app, { agencyId: agency.id }, async (ctx) => {
    await ctx.enqueue(note, { what: 'second' }, { runAt: day(20) })
    await ctx.enqueue(note, { what: 'first' }, { runAt: day(3) })
    await ctx.enqueue(note, { what: 'never' }, { runAt: day(60) })
  })
  const weekly: Recurring[] = [
    {
      name: 'weekly',
      every: { days: 7 },
      run: async (_, at) => void ran.push(`weekly ${at.toZonedDateTimeISO('UTC').toPlainDate().toString()}`),
    },
  ]
  await moveClock(t.app, weekly, day(30))
  assert.deepEqual(
    ran.filter((r) => !r.startsWith('weekly')),
    [`first ${date(3)}`, `second ${date(20)}`],
  )
  assert.equal(ran.filter((r) => r.startsWith('weekly')).length, 5)
  assert.ok(ran.indexOf(`first ${date(3)}`) < ran.indexOf(`second ${date(20)}`))
  const clock = await clockOf(t.app)
  assert.ok(Math.abs(clock.movedSeconds - 30 * 86_400) < 60)
})

test('of several processes one runs a turn', async () => {
  let turns = 0
  const once: Recurring[] = [{ name: 'once', every: { hours: 1 }, run: async () => void turns++ }]
  await Promise.all(Array.from({ length: 5 }, () => runTimetable(t.app, once)))
  assert.equal(turns, 1)
})
