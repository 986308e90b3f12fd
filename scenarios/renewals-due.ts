import type pg from 'pg'

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

/** Makes `each` accounts in each of `agencies` new agencies due, and has the timetable look when it next starts. */
export async function makeRenewalsDue(
  client: pg.ClientBase,
  { agencies, each }: { agencies: number; each: number },
): Promise<void> {
  await client.query(makeDue, [agencies, each])
  await client.query('analyze')
  await client.query(`update recurring_work set next_run_at = now() where name = 'renewals'`)
}

const stateSql = `
  select (select count(*)::int from purchase where state = 'paid') as paid,
    (select count(*)::int from purchase) as purchases,
    (select count(*)::int from invoice) as invoices,
    (select extract(epoch from max(paid_at) - min(created_at))::float8 from purchase) as seconds`

/** How far the renewals of a database are: `seconds` from the first purchase made to the last one paid and invoiced. */
export type RenewalState = { paid: number; purchases: number; invoices: number; seconds: number }

/** Reads how far they are, on the owner's connection. */
export async function renewalState(client: pg.ClientBase): Promise<RenewalState> {
  return (await client.query<RenewalState>(stateSql)).rows[0]!
}
