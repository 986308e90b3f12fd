import type { BenchRun, Figure, Measure } from './bench-run.ts'
import type { Caller } from './callers.ts'
import { wireRequest } from './connection.ts'
import { onServer } from './databases.ts'
import { digits, median, spread } from './figures.ts'
import { busyShare } from './machine.ts'
import { oneByOne, type Latency } from './one-by-one.ts'
import { onOwnCopy } from './own-copy.ts'
import { disturbance } from './read-paths.ts'

const accounts = 100_000
const database = 'canopee_resale'

/** What the page « Revente » asks as it opens, sorted and filtered, and what is typed into its search. */
const lists = ['', 'sort=-createdAt', 'status=trial', 'type=year&sort=-planSize', 'sort=endsOn&status=all']
const searches = ['q=atelier', 'q=telier+roch', 'q=co-4', 'q=contact-77', 'q=maison+lyon', 'q=introuvable']

/** The list, search and summary of the hosted accounts of one agency that has 100,000. */
export const resalePath: Measure = {
  name: 'resale',
  uses: ['hundredth'],
  run: (bench) =>
    onOwnCopy(bench, database, async (port, caller) => {
      await fill(bench, caller)
      return measure(port, caller)
    }),
}

async function measure(port: number, caller: Caller): Promise<Figure[]> {
  const ask = (path: string) =>
    wireRequest({ method: 'GET', path: `/api/v1/${path}`, host: caller.host, cookie: caller.token })
  const list = (query: string) => ask(`hosted-accounts?limit=50&total=true${query && `&${query}`}`)
  const parts = {
    list: lists.map(list),
    search: searches.map(list),
    summary: [ask('hosted-accounts/summary')],
  }
  const names = Object.keys(parts) as (keyof typeof parts)[]
  const busy = await busyShare()
  const rounds: Record<keyof typeof parts, Latency>[] = []
  for (let round = 0; round < 3; round += 1)
    rounds.push({
      list: await oneByOne(port, parts.list, 10),
      search: await oneByOne(port, parts.search, 10),
      summary: await oneByOne(port, parts.summary, 40),
    })
  const of = (part: keyof typeof parts, at: 'p50' | 'p95') => median(rounds.map((r) => r[part][at]))
  return [
    {
      path: 'hosted accounts of an agency: list with its total, search, summary',
      data: `${accounts.toLocaleString('en')} accounts of one agency; five lists, six searches`,
      measured: names
        .map((n) => `${n} p50 ${digits(of(n, 'p50'))} ms, p95 ${digits(of(n, 'p95'))} ms`)
        .join('; '),
      against: 'one caller over HTTP',
      goal: 'p95 ≤ 50 ms, each',
      reached: Math.max(...names.map((n) => of(n, 'p95'))) <= 50,
      disturbed: disturbance(busy, spread(rounds.map((r) => r.list.p50))),
    },
  ]
}

/** The accounts: of every status, monthly and yearly, ending over the year, spread over the agency's clients. */
function fill(bench: BenchRun, caller: Caller): Promise<void> {
  return onServer(
    bench.cluster,
    async (c) => {
      await c.query(
        `insert into hosted_account (agency_id, id, client_id, client_name, name, slug, status, contact_name, contact_email, notification_email,
           locale, time_zone, created_at, created_by_name, updated_at)
         select $1, gen_random_uuid(), k.id, k.name,
           (array['Atelier','Maison','Studio','Cabinet','Boutique','Clinique','Garage','Domaine'])[1 + n % 8] || ' ' ||
           (array['Rochelle','Lyon','des Halles','du Port','Bertin','Vidal','Morel','Garcia','Faure','Noël','Perrin'])[1 + (n / 8) % 11] || ' ' || n,
           'co-' || n, (array['active','active','active','active','active','active','trial','cancelled','suspended','archived'])[1 + (n * 7) % 10],
           'Contact ' || n, 'contact-' || n || '@exemple.fr', 'a@exemple.fr', 'fr', 'Europe/Paris', now() - n * interval '1 minute', 'Bench', now()
         from generate_series(1, $2::int) n
         join (select id, name, row_number() over (order by id) as place, count(*) over () as clients from client where agency_id = $1) k
           on k.place = 1 + n % k.clients`,
        [caller.agencyId, accounts],
      )
      await c.query(
        `insert into subscription (agency_id, id, hosted_account_id, plan_code, plan_version, interval, contact_limit, currency, list_price, period_net,
           anchor_on, time_zone, period_start, period_end, cancel_at_end, created_at, updated_at)
         select a.agency_id, gen_random_uuid(), a.id, case when a.status = 'trial' then 'trial' else 'plus' end, 1, t.interval, t.contacts, 'EUR',
           t.price, t.price, t.ends - 30, 'Europe/Paris', t.ends - 30, t.ends, a.status = 'cancelled', now(), now()
         from hosted_account a, lateral (select
           case when a.status = 'trial' then null when substr(a.slug, 4)::int % 4 = 0 then 'year' else 'month' end as interval,
           (array[500, 1000, 2500, 5000, 10000])[1 + substr(a.slug, 4)::int % 5] as contacts,
           case when a.status = 'trial' then 0 else 3900 + 1000 * (substr(a.slug, 4)::int % 5) end as price,
           current_date + 1 + substr(a.slug, 4)::int % case when substr(a.slug, 4)::int % 4 = 0 then 365 else 30 end as ends) t
         where a.agency_id = $1`,
        [caller.agencyId],
      )
      await c.query('vacuum analyze hosted_account')
      await c.query('vacuum analyze subscription')
    },
    database,
  )
}
