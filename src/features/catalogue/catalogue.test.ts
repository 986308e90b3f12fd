import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { itemKinds, itemThemes, roundings } from '../../contract/catalogue-fields.ts'
import { fromPublicId, toPublicId } from '../../contract/ids.ts'
import { operatorId } from '../../server/ids.ts'
import { inTenant } from '../../server/db.ts'
import type { Statement } from '../../server/statement.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { makeAgency, makeMember, type TestAgency, type TestMember } from '../../server/testing-people.ts'
import { startTestApp, type Browser, type TestApp } from '../../server/testing.ts'
import * as operator from '../catalogue-items/contract.ts'
import type { GivenItem } from '../catalogue-items/save-items.ts'
import { putOnSale } from '../catalogue-items/testing-items.ts'
import { enterAsOperator } from '../operator/testing.ts'
import * as contract from './contract.ts'
import { itemPrice, itemPrices, itemVersions } from './item-price.ts'
import {
  fits,
  highestWholesale,
  lowestWholesale,
  retailOf,
  samePriceSql,
  withMargin,
  type Rule,
} from './retail.ts'

let t: TestApp
let staff: Browser
let agency: TestAgency
let consultant: TestMember
before(async () => {
  t = await startTestApp()
  staff = await enterAsOperator(t)
  agency = await makeAgency(t)
  consultant = await makeMember(t, agency, { role: 'consultant' })
})
after(() => t.close())

let seed = 7
function random(): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return seed / 2_147_483_648
}
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!

function someItems(n: number, mark: string, countries = ['FR', 'BE', 'CH']): GivenItem[] {
  return Array.from({ length: n }, (_, i) => ({
    reference: `${mark}-${i}`,
    values: {
      kind: pick(itemKinds),
      name: `${pick(['Le Journal', 'La Gazette', 'Écho', 'Côté Vert', 'Atelier'])} ${mark} ${i}`,
      site: `${mark.toLowerCase()}-${i}.example`,
      theme: pick(itemThemes.slice(0, 5)),
      language: pick(['fr', 'en', 'es']),
      country: pick(countries),
      trust: random() < 0.1 ? null : Math.floor(random() * 101),
      citation: random() < 0.1 ? null : Math.floor(random() * 101),
      traffic: random() < 0.1 ? null : Math.floor(random() * 1_000_000),
      delayDays: Math.floor(random() * 30),
      price: Math.floor(random() * 50_000),
    },
  }))
}

async function all(browser: Browser, query: Record<string, unknown>, limit = 50) {
  const rows: contract.CatalogueItem[] = []
  let cursor: string | undefined
  do {
    const page = await browser.call(contract.searchCatalogue, {
      query: { ...query, limit, ...(cursor && { cursor }) },
    } as never)
    rows.push(...page.data)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined && rows.length < 5000)
  return rows
}

test('the margin is exact: rounded half up once, at the end', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10_000_000_000n }),
      fc.integer({ min: 0, max: 1_000_000 }),
      fc.bigInt({ min: 0n, max: 1_000_000_000n }),
      fc.constantFrom(...roundings),
      (price, basisPoints, fixed, roundTo) => {
        const given = withMargin(
          { percent_basis_points: basisPoints, fixed, round_to: BigInt(roundTo) },
          price,
        )
        // Naive: the exact sum in ten-thousandths, then the nearest multiple, the higher of two as near.
        const exact = price * 10_000n + price * BigInt(basisPoints) + fixed * 10_000n
        const step = BigInt(roundTo) * 10_000n
        const low = (exact / step) * step
        const nearest = exact - low < low + step - exact ? low : low + step
        assert.equal(given, exact === low ? low / 10_000n : nearest / 10_000n)
      },
    ),
  )
  assert.equal(withMargin({ percent_basis_points: 2500, fixed: 0n, round_to: 500n }, 12_345n), 15_500n)
})

test('the range of wholesale prices of a retail price is exact, in SQL too', async () => {
  const margins = fc.record({
    percent_basis_points: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20_000 })),
    fixed: fc.bigInt({ min: 0n, max: 3000n }),
    round_to: fc.constantFrom(...roundings.map(BigInt)),
  })
  await fc.assert(
    fc.asyncProperty(margins, fc.bigInt({ min: 0n, max: 5000n }), async (margin, price) => {
      const retail = withMargin(margin, price)
      // Naive: one price after the other, past the last that can round to the same.
      const same = Array.from({ length: 8000 }, (_, p) => BigInt(p)).filter(
        (p) => withMargin(margin, p) === retail,
      )
      assert.deepEqual(
        [lowestWholesale(margin, retail), highestWholesale(margin, retail)],
        [same[0], same.at(-1)],
      )
      assert.equal(highestWholesale(margin, retail - 1n), same[0]! - 1n)
      const s: Statement = {
        values: [price],
        add: (value, type) => `$${s.values.push(value)}::${type}`,
      }
      const { low, high } = samePriceSql(margin, s, '$1::bigint')
      const { rows } = await t.app.database.app.query<{ low: bigint; high: bigint }>(
        `select ${low} as low, ${high} as high`,
        s.values,
      )
      assert.deepEqual([rows[0]!.low, rows[0]!.high].map(BigInt), [same[0], same.at(-1)])
    }),
    { numRuns: 60 },
  )
})

test('owners see wholesale and margin, everybody else the retail price alone', async () => {
  await putOnSale(t, [
    { reference: 'DROITS-1', values: { name: 'Droits et Devoirs', site: 'droits.example', price: 10_000 } },
  ])
  await agency.owner.browser.call(contract.createCatalogueRule, {
    body: {
      effect: 'margin',
      kind: null,
      theme: null,
      language: null,
      country: null,
      priceFrom: null,
      priceTo: null,
      trustBelow: null,
      percentBasisPoints: 2000,
      fixed: 150,
      roundTo: 100,
    },
  })
  const [own] = await all(agency.owner.browser, { q: 'droits' })
  assert.deepEqual(
    [own!.wholesale!.amount, own!.retail.amount, own!.margin!.amount, own!.retailSource],
    [10_000, 12_200, 2200, 'rule'],
  )
  const client = await makeMember(t, agency, { role: 'client' })
  for (const person of [consultant, client]) {
    const response = await person.browser.send(contract.searchCatalogue, { query: { q: 'droits' } })
    const [seen] = response.json().data as contract.CatalogueItem[]
    assert.equal(seen!.retail.amount, 12_200)
    assert.deepEqual([seen!.wholesale, seen!.margin, seen!.retailSource], [null, null, null])
    assert.ok(!response.body.includes('10000'), 'no wholesale price in any form')
    assert.equal(
      (
        await person.browser.refusal(contract.setRetailPrice, {
          params: { id: own!.id },
          body: { amount: 1 },
        })
      ).status,
      403,
    )
    assert.equal((await person.browser.refusal(contract.listCatalogueRules, {})).status, 403)
    // Filters and orders go by the retail price: the wholesale one can't be narrowed down by asking.
    assert.equal((await all(person.browser, { q: 'droits', priceMin: 12_200, priceMax: 12_200 })).length, 1)
    assert.equal((await all(person.browser, { q: 'droits', priceMax: 12_199 })).length, 0)
  }
  // A price set by hand wins, and is given back to the rules.
  await agency.owner.browser.call(contract.setRetailPrice, {
    params: { id: own!.id },
    body: { amount: 9_900 },
  })
  const [by] = await all(consultant.browser, { q: 'droits', priceMax: 9_900 })
  assert.equal(by!.retail.amount, 9_900)
  const back = await agency.owner.browser.call(contract.setRetailPrice, {
    params: { id: own!.id },
    body: { amount: null },
  })
  assert.equal(back.retail.amount, 12_200)
})

test('what an agency keeps back does not exist for its people, and no other agency is touched', async () => {
  const other = await makeAgency(t)
  const [a, b] = await putOnSale(t, [
    { reference: 'CACHE-1', values: { name: 'Cachette', site: 'c1.example', price: 500, theme: 'law' } },
    {
      reference: 'CACHE-2',
      values: { name: 'Cachette bis', site: 'c2.example', price: 90_000, theme: 'law' },
    },
  ])
  const id = toPublicId('catalogueItem', a!)
  await agency.owner.browser.call(contract.hideCatalogueItems, { body: { items: [id], hidden: true } })
  const rule = await agency.owner.browser.call(contract.createCatalogueRule, {
    body: {
      effect: 'hide',
      kind: null,
      theme: 'law',
      language: null,
      country: null,
      priceFrom: 80_000,
      priceTo: null,
      trustBelow: null,
    },
  })
  assert.equal(rule.items, 1)
  assert.deepEqual(await all(consultant.browser, { q: 'cachette' }), [])
  assert.deepEqual(await all(consultant.browser, { q: 'cachette', hidden: true }), [])
  assert.equal((await consultant.browser.refusal(contract.getCatalogueItem, { params: { id } })).status, 404)
  const facets = await consultant.browser.call(contract.countCatalogueFacets, { query: { q: 'cachette' } })
  assert.equal(facets.total, 0)
  const kept = await all(agency.owner.browser, { q: 'cachette', hidden: true })
  assert.deepEqual(kept.map((i) => i.hidden).toSorted(), ['item', 'rule'])
  assert.equal((await all(other.owner.browser, { q: 'cachette' })).length, 2)
  await runInTenant(t.app, { agencyId: agency.id }, async (ctx) => {
    await assert.rejects(itemPrice(ctx, a!), /not.found/)
    assert.equal((await itemPrices(ctx, [a!, b!])).size, 0)
  })
  await agency.owner.browser.call(contract.deleteCatalogueRule, { params: { id: rule.id } })
  const journal = await t.sql<{ action: string; data: Record<string, unknown> }>(
    `select action, data from audit_event where agency_id = $1 and action like 'catalogue.rule_%' order by seq desc limit 2`,
    [agency.id],
  )
  assert.deepEqual(
    journal.map(({ action, data }) => [action, data['effect'], data['theme'], data['priceFrom']]),
    [
      ['catalogue.rule_deleted', 'hide', 'law', 80_000],
      ['catalogue.rule_created', 'hide', 'law', 80_000],
    ],
    'what a rule was is in the journal after it is gone',
  )
  await agency.owner.browser.call(contract.hideCatalogueItems, { body: { items: [id], hidden: false } })
  assert.equal((await all(consultant.browser, { q: 'cachette' })).length, 2)
  const nothing = await agency.owner.browser.refusal(contract.createCatalogueRule, {
    body: {
      effect: 'hide',
      kind: null,
      theme: null,
      language: null,
      country: null,
      priceFrom: null,
      priceTo: null,
      trustBelow: null,
    },
  })
  assert.equal(nothing.fields?.['effect']?.code, 'catalogue.fault.everything')
})

test('a published version never changes; an order keeps the one it was placed at', async () => {
  const made = await staff.call(operator.createOperatorItem, {
    body: {
      reference: 'VERSION-1',
      kind: 'link',
      name: 'Version première',
      site: 'v.example',
      theme: 'news',
      language: 'fr',
      country: 'FR',
      trust: 30,
      citation: 20,
      traffic: 1000,
      delayDays: 5,
      price: 8000,
      description: null,
    },
  })
  assert.equal(made.state, 'draft')
  assert.equal((await all(consultant.browser, { q: 'version' })).length, 0)
  await staff.call(operator.publishItems, { body: { items: [made.id] } })
  const id = fromPublicId('catalogueItem', made.id)!
  const before = await runInTenant(t.app, { agencyId: agency.id }, (ctx) => itemPrice(ctx, id))
  assert.deepEqual([before.version, before.price, before.delayDays], [1, 8000n, 5])
  const current = await staff.call(operator.getOperatorItem, { params: { id: made.id } })
  const drafted = await staff.call(operator.updateOperatorItem, {
    params: { id: made.id },
    body: { name: 'Version seconde', price: 9500, version: current.version },
  })
  assert.deepEqual(
    [drafted.draftVersion, drafted.publishedVersion, drafted.publishedPrice?.amount],
    [2, 1, 8000],
  )
  assert.equal((await all(consultant.browser, { q: 'premiere' }))[0]!.name, 'Version première')
  const stale = await staff.refusal(operator.updateOperatorItem, {
    params: { id: made.id },
    body: { price: 1, version: current.version },
  })
  assert.equal(stale.code, 'catalogue.changed')
  await staff.call(operator.publishItems, { body: { items: [made.id] } })
  const now = await runInTenant(t.app, { agencyId: agency.id }, (ctx) => itemPrice(ctx, id))
  assert.deepEqual([now.version, now.price, now.name], [2, 9500n, 'Version seconde'])
  const then = await runInTenant(t.app, { agencyId: agency.id }, (ctx) =>
    itemVersions(ctx, [{ itemId: id, version: 1 }]),
  )
  assert.equal(then.get(`${id}:1`)!.name, 'Version première')
  await assert.rejects(
    t.sql(`update catalogue_item_version set price = 1 where item_id = $1 and number = 1`, [id]),
    /never changes/,
  )
  await assert.rejects(
    t.sql(`delete from catalogue_item_version where item_id = $1 and number = 2`, [id]),
    /never changes/,
  )
  await staff.call(operator.setItemsOnSale, { body: { items: [made.id], onSale: false } })
  await runInTenant(t.app, { agencyId: agency.id }, (ctx) => assert.rejects(itemPrice(ctx, id), /not.found/))
  await staff.call(operator.setItemsOnSale, { body: { items: [made.id], onSale: true } })
  assert.equal((await all(consultant.browser, { q: 'seconde' })).length, 1)
})

test('agencies read the catalogue, and only the operator writes it, below the use cases too', async () => {
  await putOnSale(t, [{ reference: 'MUR-1', values: { name: 'Mur', site: 'mur.example', price: 1 } }])
  const asAgency = (text: string) =>
    inTenant(t.app.database.app, agency.id, async (tx) => (await tx.client.query(text)).rowCount)
  assert.equal(await asAgency(`select from catalogue_item where reference = 'MUR-1'`), 1)
  assert.equal(await asAgency(`update catalogue_item set price = 0 where reference = 'MUR-1'`), 0)
  await assert.rejects(
    asAgency(
      `insert into catalogue_item_version select agency_id, item_id, 9, kind, name, site, theme, language, country, trust, citation, traffic, delay_days, 0, currency, description, now(), 'x', now() from catalogue_item_version limit 1`,
    ),
    /row-level security/,
  )
})

test('random rules, prices and filters: pages, prices, orders and facets are those of a naive oracle', async () => {
  // In countries of their own: found without a word, as the catalogue opens.
  const items = someItems(240, 'ORACLE', ['GR', 'PT', 'RO'])
  const ids = await putOnSale(t, items)
  const house = await makeAgency(t)
  const reader = await makeMember(t, house, { role: 'consultant' })
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          effect: fc.constantFrom<'hide' | 'margin'>('hide', 'margin'),
          kind: fc.option(fc.constantFrom(...itemKinds), { freq: 2 }),
          theme: fc.option(fc.constantFrom(...itemThemes.slice(0, 5)), { freq: 2 }),
          price_from: fc.option(fc.integer({ min: 0, max: 50_000 }), { freq: 2 }),
          trust_below: fc.option(fc.integer({ min: 1, max: 60 }), { freq: 1 }),
          percent_basis_points: fc.integer({ min: 0, max: 10_000 }),
          fixed: fc.integer({ min: 0, max: 3000 }),
          round_to: fc.constantFrom(...roundings),
        }),
        { maxLength: 4 },
      ),
      fc.array(fc.tuple(fc.nat(239), fc.nat(60_000)), { maxLength: 5 }),
      fc.array(fc.nat(239), { maxLength: 5 }),
      fc.record({
        kind: fc.option(fc.constantFrom('link', 'ad,content'), { nil: undefined }),
        theme: fc.option(fc.constantFrom('agriculture', 'animals,beauty'), { nil: undefined }),
        priceMin: fc.option(fc.nat(30_000), { nil: undefined }),
        priceMax: fc.option(fc.nat(80_000), { nil: undefined }),
        trustMin: fc.option(fc.nat(60), { nil: undefined }),
        delayMax: fc.option(fc.nat(30), { nil: undefined }),
        q: fc.option(fc.constantFrom('ORACLE', 'oraclle'), { nil: undefined }),
      }),
      fc.constantFrom('price', '-price', 'trust', '-trust', 'name', '-traffic', 'delay', ''),
      async (given, own, hidden, filter, sort) => {
        const rules: Rule[] = given
          .filter((r) => r.effect === 'margin' || r.kind !== null || r.theme !== null)
          .map((r, i) => ({
            ...r,
            id: `0199a1b2-c3d4-7e5f-8a9b-0000000000${String(i).padStart(2, '0')}`,
            language: null,
            country: null,
            price_from: r.price_from === null ? null : BigInt(r.price_from),
            price_to: null,
            fixed: BigInt(r.fixed),
            round_to: BigInt(r.round_to),
          }))
        const prices = new Map(own.map(([i, amount]) => [ids[i]!, BigInt(amount)]))
        const gone = new Set(hidden.map((i) => ids[i]!))
        for (const table of ['catalogue_rule', 'catalogue_retail_price', 'catalogue_hidden_item'])
          await t.sql(`delete from ${table} where agency_id = $1`, [house.id])
        for (const [position, r] of rules.entries())
          await t.sql(
            `insert into catalogue_rule (agency_id, id, effect, position, kind, theme, price_from, trust_below, percent_basis_points, fixed, round_to, created_at, created_by_name)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, now(), 'Test')`,
            [
              house.id,
              r.id,
              r.effect,
              position,
              r.kind,
              r.theme,
              r.price_from,
              r.trust_below,
              r.percent_basis_points,
              r.fixed,
              r.round_to,
            ],
          )
        for (const [id, amount] of prices)
          await t.sql(
            `insert into catalogue_retail_price (agency_id, item_id, amount, set_at, set_by_name) values ($1, $2, $3, now(), 'Test')`,
            [house.id, id, amount],
          )
        for (const id of gone)
          await t.sql(
            `insert into catalogue_hidden_item (agency_id, item_id, hidden_at, hidden_by_name) values ($1, $2, now(), 'Test')`,
            [house.id, id],
          )
        // The oracle: every item by itself.
        const sold = items.flatMap((item, i) => {
          const v = item.values as Required<typeof item.values>
          const priced = { ...v, price: BigInt(v.price) }
          const retail = Number(retailOf(rules, priced, prices.get(ids[i]!) ?? null).amount)
          if (gone.has(ids[i]!) || rules.some((r) => r.effect === 'hide' && fits(r, priced))) return []
          if (filter.priceMin !== undefined && retail < filter.priceMin) return []
          if (filter.priceMax !== undefined && retail > filter.priceMax) return []
          if (filter.trustMin !== undefined && (v.trust === null || v.trust < filter.trustMin)) return []
          if (filter.delayMax !== undefined && v.delayDays > filter.delayMax) return []
          return [{ id: ids[i]!, retail, ...v }]
        })
        const chosen = (field: 'kind' | 'theme', but?: string) => (item: (typeof sold)[number]) =>
          but === field || filter[field] === undefined || filter[field].split(',').includes(item[field])
        const wanted = sold.filter(chosen('kind')).filter(chosen('theme'))
        const query = { country: 'GR,PT,RO', ...filter, ...(sort && { sort }) }
        const found = await all(reader.browser, query, 37)
        const byId = (id: string) => fromPublicId('catalogueItem', id)!
        assert.deepEqual(found.map((f) => byId(f.id)).toSorted(), wanted.map((w) => w.id).toSorted())
        for (const f of found) assert.equal(f.retail.amount, wanted.find((w) => w.id === byId(f.id))!.retail)
        // The price SQL filters by is the very price shown.
        for (const f of found.slice(0, 3)) {
          const { amount } = f.retail
          const exact = { country: 'GR,PT,RO', priceMin: amount, priceMax: amount }
          assert.ok((await all(reader.browser, exact)).some((i) => i.id === f.id))
        }
        const key = {
          price: (f: contract.CatalogueItem) => f.retail.amount,
          trust: (f: contract.CatalogueItem) => f.trust ?? -1,
          traffic: (f: contract.CatalogueItem) => f.traffic ?? -1,
          delay: (f: contract.CatalogueItem) => f.delayDays,
        }[sort.replace('-', '') as 'price']
        if (key) {
          const turn = sort.startsWith('-') ? -1 : 1
          // What costs or scores the same comes by its id, so that no page repeats or skips an item.
          const ordered = found.toSorted(
            (a, b) => turn * (key(a) - key(b) || (byId(a.id) < byId(b.id) ? -1 : 1)),
          )
          assert.deepEqual(
            found.map((f) => [key(f), f.id]),
            ordered.map((f) => [key(f), f.id]),
          )
        }
        const facets = await reader.browser.call(contract.countCatalogueFacets, {
          query: { country: 'GR,PT,RO', ...filter } as never,
        })
        assert.equal(facets.total, wanted.length)
        for (const field of ['kind', 'theme'] as const) {
          const counts = Map.groupBy(
            sold.filter(chosen('kind', field)).filter(chosen('theme', field)),
            (i) => i[field] as string,
          )
          assert.deepEqual(
            Object.fromEntries(facets[field].map((f) => [f.value, f.count])),
            Object.fromEntries([...counts].map(([value, list]) => [value, list.length])),
          )
        }
      },
    ),
    { numRuns: 40 },
  )
})

test('accents, case and a typo are forgiven; a place in the list gives no price away', async () => {
  await putOnSale(t, [
    {
      reference: 'GEO-1',
      values: { name: 'Géothermie Magazine', site: 'geothermie.example', price: 777_123 },
    },
    { reference: 'GEO-2', values: { name: 'Géothermie Pro', site: 'geopro.example', price: 777_124 } },
  ])
  assert.equal((await all(consultant.browser, { q: 'geothermie' })).length, 2)
  assert.equal((await all(consultant.browser, { q: 'geothermei magazine' })).length, 1)
  const page = await consultant.browser.call(contract.searchCatalogue, {
    query: { q: 'geothermie', sort: 'price', limit: 1 },
  } as never)
  assert.ok(!Buffer.from(page.nextCursor!, 'base64url').toString().includes('777'))
  for (const cursor of ['x', Buffer.from('["price",false,"nobody"]').toString('base64url')])
    assert.equal(
      (await consultant.browser.refusal(contract.searchCatalogue, { query: { sort: 'price', cursor } }))
        .status,
      422,
    )
})

async function importFile(text: string, updateExisting = true) {
  const of = operator.catalogueImports
  // Windows-1252, as French tools write it.
  const bytes = Buffer.from(text.replaceAll('€', '\u0080'), 'latin1')
  const created = await staff.call(of.createImport, {
    body: { fileName: 'articles.csv', size: bytes.length },
  })
  await staff.call(of.putImportChunk, {
    params: { id: created.id, number: 0 as never },
    body: { data: bytes.toString('base64') },
  })
  await staff.call(of.readImport, { params: { id: created.id } })
  await t.runJobs()
  const read = await staff.call(of.getImport, { params: { id: created.id } })
  assert.equal(read.state, 'mapping', JSON.stringify(read.failure))
  await staff.call(of.checkImport, {
    params: { id: created.id },
    body: { mapping: read.mapping, updateExisting },
  })
  await t.runJobs()
  const checked = await staff.call(of.getImport, { params: { id: created.id } })
  const { data: faulty } = await staff.call(of.listImportRows, {
    params: { id: created.id },
    query: { show: 'faulty' },
  })
  return {
    id: created.id,
    checked,
    faulty,
    async run() {
      await staff.call(of.runImport, { params: { id: created.id } })
      await t.runJobs()
      return staff.call(of.getImport, { params: { id: created.id } })
    },
  }
}

test('a French file of items: each fault its own sentence, the good rows drafted, again changes nothing', async () => {
  const file = [
    'Référence;Type;Nom;Site;Thématique;Langue;Pays;TF;CF;Trafic;Délai (jours);Prix HT;Description',
    'LM-1;Lien;Le Courrier du Jardin;https://www.courrier-jardin.example/a;Environnement;français;France;32;41;12 500;7 j;1 234,50 €;Article invité',
    'LM-2;Publicité;Bannière Auto;auto.example;Automobile;fr;Belgique;;;250.000;3;80;',
    'LM-3;Contenu;Texte de 600 mots;;Généraliste;Français;FR;;;;5;45,00;',
    'LM-3;Contenu;Le même encore;;Généraliste;Français;FR;;;;5;45,00;',
    'LM-4;Télégramme;Inconnu;x.example;Généraliste;fr;FR;1;1;1;1;1;',
    'LM-5;Lien;Thème faux;x.example;Spiritisme;fr;FR;1;1;1;1;1;',
    'LM-6;Lien;Trop fort;x.example;Sport;fr;FR;101;1;1;1;1;',
    'LM-7;Lien;Sans site;;Sport;fr;FR;10;1;1;1;1;',
    ';Lien;Sans référence;x.example;Sport;fr;FR;10;1;1;1;1;',
    'LM-8;Lien;Sans prix;x.example;Sport;fr;FR;10;1;1;1;;',
    'LM-9;Lien;Site faux;pas un site;Sport;fr;FR;10;1;1;1;3;',
  ].join('\r\n')
  const first = await importFile(file)
  assert.equal(first.checked.encoding, 'windows-1252')
  assert.deepEqual(
    first.faulty.map((r) => [r.number, r.issues.find((i) => i.severity === 'fault')!.code]),
    [
      [5, 'catalogue.fault.twice'],
      [6, 'catalogue.fault.kind'],
      [7, 'catalogue.fault.theme'],
      [8, 'catalogue.fault.number'],
      [9, 'catalogue.fault.site_missing'],
      [10, 'catalogue.fault.reference'],
      [11, 'catalogue.fault.price'],
      [12, 'catalogue.fault.site'],
    ],
  )
  assert.ok(first.faulty.every((r) => r.issues.every((i) => !i.message.startsWith('catalogue.'))))
  assert.equal(
    (await all(consultant.browser, { q: 'courrier jardin' })).length,
    0,
    'a dry run writes nothing',
  )
  const done = await first.run()
  assert.deepEqual([done.counts.created, done.counts.faulty], [3, 8])
  const events = await t.sql<{ actor_name: string }>(
    `select actor_name from audit_event where agency_id = $1 and action = 'import.finished'`,
    [operatorId],
  )
  assert.deepEqual(events, [{ actor_name: 'Ada Exploitante' }])
  const { published } = await staff.call(operator.publishItems, { body: { items: 'all' } })
  assert.ok(published >= 3)
  const [item] = await all(agency.owner.browser, { q: 'courrier jardin' })
  assert.deepEqual(
    [item!.site, item!.theme, item!.trust, item!.traffic, item!.delayDays, item!.wholesale!.amount],
    ['courrier-jardin.example', 'environment', 32, 12_500, 7, 123_450],
  )
  const again = await (await importFile(file)).run()
  assert.deepEqual([again.counts.created, again.counts.updated, again.counts.unchanged], [0, 0, 3])
  const counts = await staff.call(operator.countOperatorItems, {})
  assert.equal(counts.pending, 0)
  // A new price is a draft: on sale at the old price until it is published.
  const dearer = await (await importFile(file.replace('1 234,50', '1 300,00'))).run()
  assert.deepEqual([dearer.counts.updated, dearer.counts.unchanged], [1, 2])
  assert.equal((await all(agency.owner.browser, { q: 'courrier jardin' }))[0]!.wholesale!.amount, 123_450)
  const { data } = await staff.call(operator.listOperatorItems, { query: { pending: 'true' } as never })
  assert.deepEqual(
    data.map((i) => [i.reference, i.price.amount, i.publishedPrice?.amount]),
    [['LM-1', 130_000, 123_450]],
  )
  const dropped = await staff.call(operator.discardItemDraft, { params: { id: data[0]!.id } })
  assert.deepEqual([dropped.draftVersion, dropped.price.amount], [null, 123_450])
})
