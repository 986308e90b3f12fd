import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Installation } from './installation.ts'
import { makeRenewalsDue, renewalState, type RenewalState } from './renewals-due.ts'

/** Renewals due the same hour; `RENEWALS=10000` is the size that quality.md asks about. */
const size = Number(process.env['RENEWALS'] ?? 400)
const agencies = 10
const here = new Installation()
after(() => here.end())

const stateNow = () => here.owner(renewalState)

async function until(done: (s: RenewalState) => boolean, seconds: number): Promise<RenewalState> {
  const end = performance.now() + seconds * 1000
  for (;;) {
    const state = await stateNow()
    if (done(state)) return state
    assert.ok(performance.now() < end, `within ${seconds} s, still ${JSON.stringify(state)}`)
    await sleep(100)
  }
}

/** Makes them due and has the timetable look at once. */
async function begin(): Promise<void> {
  await here.owner((c) => makeRenewalsDue(c, { agencies, each: Math.ceil(size / agencies) }))
  await here.killApplication()
  await here.start()
}

test(
  'many renewals of one hour are each billed, charged and invoiced once, killed or not',
  { timeout: 580_000 },
  async (t) => {
    await here.start()
    await begin()
    const due = Math.ceil(size / agencies) * agencies
    const whole = await until((s) => s.paid === due, 400)
    t.diagnostic(`${due} renewals in ${whole.seconds.toFixed(1)} s: ${(due / whole.seconds).toFixed(0)}/s`)
    // Once more as many for other agencies, and the process is killed in the middle of it, twice.
    await here.owner((c) => c.query(`update agency set slug = 'a' || agency_id`))
    await here.owner((c) => c.query(`update hosted_account set slug = id::text`))
    await begin()
    for (const share of [0.2, 0.6]) {
      await until((s) => s.paid >= due + due * share, 200)
      await here.killApplication()
      await here.start()
    }
    await until((s) => s.paid === 2 * due, 400)
    const [faults] = await here.owner(
      async (c) =>
        (
          await c.query<Record<string, number>>(`
      select (select count(*)::int from purchase) as purchases,
        (select count(*)::int from invoice) as invoices,
        (select (max(sequence_number) - count(*))::int from invoice where series = 'F') as gaps,
        (select count(*)::int from sandbox_payment where kind = 'charge') as charges,
        (select count(*)::int from subscription where period_index <> 1) as unmoved,
        (select count(*)::int from subscription_period where period_index = 1 and invoice_id is not null) as periods,
        (select count(*)::int from (select agency_id, unit from entry e join wallet w using (agency_id) where w.id = e.wallet_id
          group by 1, 2 having sum(amount) <> 0) x) as unbalanced`)
        ).rows,
    )
    const twice = 2 * due
    assert.deepEqual(faults, {
      purchases: twice,
      invoices: twice,
      gaps: 0,
      charges: twice,
      unmoved: 0,
      periods: twice,
      unbalanced: 0,
    })
  },
)
