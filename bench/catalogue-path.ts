import type { BenchRun, Figure, Measure } from './bench-run.ts'
import type { Caller } from './callers.ts'
import { wireRequest } from './connection.ts'
import { onServer } from './databases.ts'
import { digits, median, spread } from './figures.ts'
import { busyShare } from './machine.ts'
import { oneByOne, type Latency } from './one-by-one.ts'
import { onOwnCopy } from './own-copy.ts'
import { disturbance } from './read-paths.ts'

const items = 100_000
const database = 'canopee_catalogue'

/** What people ask of a catalogue: the list as it opens, searches, facets together, prices, a page further down. */
const queries = [
  '',
  'q=journal',
  'q=vin',
  'q=gazette+sport',
  'q=jardn',
  'kind=link&theme=food,travel',
  'language=fr&country=FR,BE&trustMin=30',
  'priceMin=5000&priceMax=25000',
  'kind=ad&trafficMin=50000&delayMax=7',
  'theme=sport&sort=price',
  'sort=-traffic&citationMin=20',
  'q=magazine&sort=-price&theme=home',
  'sort=name&country=CH',
  'sort=price',
]

/** Search and facet counts of a catalogue of 100,000 items, for an agency with margin rules, hidden items and prices of its own. */
export const cataloguePath: Measure = {
  name: 'catalogue',
  uses: ['hundredth'],
  run: (bench) =>
    onOwnCopy(bench, database, async (port, caller) => {
      await fill(bench, caller)
      return measure(port, caller)
    }),
}

async function measure(port: number, caller: Caller): Promise<Figure[]> {
  const ask = (path: string) =>
    wireRequest({ method: 'GET', path: `/api/v1/catalogue/${path}`, host: caller.host, cookie: caller.token })
  const parts = {
    search: queries.map((q) => ask(`items?limit=50${q && `&${q}`}`)),
    facets: queries.map((q) => ask(`facets?${q.replace(/&?sort=[^&]*/, '')}`)),
  }
  const busy = await busyShare()
  const rounds: { search: Latency; facets: Latency }[] = []
  for (let round = 0; round < 3; round += 1)
    rounds.push({
      search: await oneByOne(port, parts.search, 10),
      facets: await oneByOne(port, parts.facets, 10),
    })
  const of = (part: 'search' | 'facets', at: 'p50' | 'p95') => median(rounds.map((r) => r[part][at]))
  const worst = Math.max(of('search', 'p95'), of('facets', 'p95'))
  return [
    {
      path: 'catalogue: search, and facet counts, fourteen questions',
      data: `${items.toLocaleString('en')} items; 3 rules, 500 own prices, 300 hidden items`,
      measured: `search p50 ${digits(of('search', 'p50'))} ms, p95 ${digits(of('search', 'p95'))} ms; facets p50 ${digits(of('facets', 'p50'))} ms, p95 ${digits(of('facets', 'p95'))} ms`,
      against: 'one caller over HTTP',
      goal: 'p95 ≤ 50 ms, each',
      reached: worst <= 50,
      disturbed: disturbance(busy, spread(rounds.map((r) => r.facets.p50))),
    },
  ]
}

/** The items, in proportions like the sample catalogue's, and the terms of the caller's agency. */
function fill(bench: BenchRun, caller: Caller): Promise<void> {
  const operator = '00000000-0000-0000-0000-000000000000'
  return onServer(
    bench.cluster,
    async (c) => {
      await c.query(
        `insert into catalogue_item (agency_id, id, reference, kind, state, name, site, theme, language, country, trust, citation, traffic, delay_days, price, currency, published_number, published_at, created_at, updated_at)
         select $1, gen_random_uuid(), 'B-' || n, (array['link','link','link','link','ad','content'])[1 + n % 6], 'published',
           (array['Le Journal','La Gazette','L’Écho','Planète','Carnets','Le guide','Passion'])[1 + n % 7] || ' ' || (array['jardins','vins','sport','auto','mode','santé','voyage','maison','finance','musique','magazine'])[1 + (n / 7) % 11] || ' ' || n,
           'site-' || n || '.example',
           (array['agriculture','animals','automotive','beauty','business','culture','education','energy','environment','family','fashion','finance','food','general','health','home','industry','law','leisure','news','real_estate','sport','technology','travel'])[1 + (n * 7919) % 24],
           (array['fr','fr','fr','fr','en','es','de'])[1 + (n * 31) % 7], (array['FR','FR','FR','BE','CH','GB','ES','DE'])[1 + (n * 17) % 8],
           (n * 7907) % 78, (n * 7901) % 70, ((n::bigint * 104729) % 900000)::int, 1 + n % 21, 2000 + (n::bigint * 15485863) % 90000, 'EUR', 1, now(), now(), now()
         from generate_series(1, $2::int) n`,
        [operator, items],
      )
      await c.query(
        `insert into catalogue_rule (agency_id, id, effect, position, theme, trust_below, price_from, percent_basis_points, fixed, round_to, created_at, created_by_name)
         select $1, gen_random_uuid(), x.effect, x.position, x.theme, x.trust, x.price, x.percent, x.fixed, x.round, now(), 'Bench'
         from (values ('hide', 0, null, 4, null::bigint, 0, 0::bigint, 1::bigint), ('margin', 1, null, null, 40000, 3000, 0, 500), ('margin', 2, null, null, null, 2000, 500, 100))
           as x(effect, position, theme, trust, price, percent, fixed, round)`,
        [caller.agencyId],
      )
      await c.query(
        `insert into catalogue_retail_price (agency_id, item_id, amount, set_at, set_by_name) select $1, id, price + 999, now(), 'Bench' from (select id, price from catalogue_item order by id limit 500) i`,
        [caller.agencyId],
      )
      await c.query(
        `insert into catalogue_hidden_item (agency_id, item_id, hidden_at, hidden_by_name) select $1, id, now(), 'Bench' from (select id from catalogue_item order by id desc limit 300) i`,
        [caller.agencyId],
      )
      await c.query('vacuum analyze catalogue_item')
      await c.query('analyze catalogue_retail_price, catalogue_hidden_item')
    },
    database,
  )
}
