import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Installation } from './installation.ts'

/** Renewals due the same hour; `RENEWALS=10000` is the size that quality.md asks about. */
const size = Number(process.env['RENEWALS'] ?? 400)
const agencies = 10
const here = new Installation()
after(() => here.end())

/** Agencies with a card and accounts whose next period begins now. */
const makeDue = `
  with agencies as (
    insert into agency (agency_id, kind, name, slug, created_at)
    select gen_random_uuid(), 'agency', 'Agence ' || n, 'agence-' || n, now() from generate_series(1, $1::int) n returning agency_id),
  profiles as (
    insert into agency_billing_profile (agency_id, legal_name, address_line1, postal_code, city, updated_at)
    select agency_id, 'Agence SARL', '1 rue', '69000', 'Lyon', now() from agencies),
  cards as (
    insert into payment_method (agency_id, id, payer_id, provider, customer_ref, token, brand, last4, exp_month, exp_year, created_at)
    select agency_id, gen_random_uuid(), agency_id, 'sandbox', 'c', 'sandbox_pays_4242', 'visa', '4242', 12, 2099, now() from agencies),
  clients as (
    insert into client (agency_id, id, name, status, last_activity_at, created_at, updated_at)
    select agency_id, gen_random_uuid(), 'Client', 'active', now(), now(), now() from agencies returning agency_id, id),
  accounts as (
    insert into hosted_account (agency_id, id, client_id, name, slug, status, contact_name, contact_email, notification_email, locale, time_zone,
      created_at, created_by_name, updated_at)
    select c.agency_id, gen_random_uuid(), c.id, 'Compte ' || n, 'c' || n || '-' || substr(c.agency_id::text, 1, 8), 'active', 'C', 'c@exemple.fr',
      'a@exemple.fr', 'fr', 'Europe/Paris', now(), 'Test', now()
    from clients c, generate_series(1, $2::int) n returning agency_id, id)
  insert into subscription (agency_id, id, hosted_account_id, plan_code, plan_version, interval, contact_limit, currency, list_price, anchor_on,
    time_zone, period_start, period_end, due_at, created_at, updated_at)
  select agency_id, gen_random_uuid(), id, 'plus', 1, 'month', 500, 'EUR', 10000, (now() - interval '1 month')::date, 'Europe/Paris',
    (now() - interval '1 month')::date, now()::date, now(), now(), now() from accounts`

const stateSql = `
  select (select count(*)::int from purchase where state = 'paid') as paid,
    (select count(*)::int from purchase) as purchases,
    (select extract(epoch from max(paid_at) - min(created_at))::float8 from purchase) as seconds`
type State = { paid: number; purchases: number; seconds: number }

const stateNow = () => here.owner(async (c) => (await c.query<State>(stateSql)).rows[0]!)

async function until(done: (s: State) => boolean, seconds: number): Promise<State> {
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
  await here.owner(async (c) => {
    await c.query(makeDue, [agencies, Math.ceil(size / agencies)])
    await c.query(`analyze`)
    await c.query(`update recurring_work set next_run_at = now() where name = 'renewals'`)
  })
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
