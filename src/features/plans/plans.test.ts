import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { operatorId } from '../../server/ids.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { makeAgency, type TestAgency } from '../../server/testing-people.ts'
import { startTestApp, type Browser, type TestApp } from '../../server/testing.ts'
import { enterAsOperator } from '../operator/testing.ts'
import {
  discardPlanDraft,
  getPlanDraft,
  listPlanEditions,
  publishPlans,
  savePlanDraft,
  type CatalogueContent,
} from './contract.ts'
import { catalogueNow, featuresOf, paidPlanCodes, planAt, planIn, priceOf } from './public.ts'
import { addLimit, removeLimit } from './web/new-limit.ts'

let t: TestApp
let staff: Browser
let agency: TestAgency
before(async () => {
  t = await startTestApp()
  staff = await enterAsOperator(t)
  agency = await makeAgency(t)
})
after(() => t.close())

/** As an agency's own code reads the plans. */
const asAgency = <T>(work: Parameters<typeof runInTenant<T>>[2]) =>
  runInTenant(t.app, { agencyId: agency.id }, work)

/** The draft with one price of Plus set. */
async function saveWith(change: (c: CatalogueContent) => void) {
  const draft = await staff.call(getPlanDraft, {})
  change(draft.content)
  return staff.call(savePlanDraft, { body: { content: draft.content, version: draft.version } })
}
const today = () => Temporal.Now.zonedDateTimeISO('Europe/Paris').toPlainDate()

test('a fresh installation sells Lite to Enterprise in euros, from 500 to 250,000 contacts, and a trial', async () => {
  await asAgency(async (ctx) => {
    const catalogue = await catalogueNow(ctx)
    assert.equal(catalogue.currency, 'EUR')
    assert.deepEqual(
      catalogue.plans.map((p) => p.code),
      ['lite', 'plus', 'professional', 'enterprise', 'trial'],
    )
    assert.deepEqual([catalogue.contactLimits[0], catalogue.contactLimits.at(-1)], [500, 250_000])
    assert.deepEqual(catalogue.trial, { days: 14, extensionDays: 14, contacts: 100, mails: 100 })
    assert.equal(priceOf(planIn(catalogue, 'plus'), 'month', 1000), 5900n)
    // A bigger plan and more contacts always cost more, and a year less than twelve months.
    for (const [i, code] of paidPlanCodes.entries()) {
      const plan = planIn(catalogue, code)
      for (const limit of catalogue.contactLimits) {
        const month = priceOf(plan, 'month', limit)
        const year = priceOf(plan, 'year', limit)
        assert.ok(year < 12n * month && year > 6n * month, `${code} ${limit}`)
        if (i > 0) assert.ok(month > priceOf(planIn(catalogue, paidPlanCodes[i - 1]!), 'month', limit))
      }
    }
    assert.throws(() => priceOf(planIn(catalogue, 'lite'), 'month', 501), { code: 'input.invalid' })
    const trial = planIn(catalogue, 'trial')
    assert.equal(priceOf(trial, 'month', 100), 0n)
    const having = (feature: 'sms' | 'companies') =>
      catalogue.plans.filter((p) => featuresOf(p).has(feature)).map((p) => p.code)
    assert.deepEqual(having('sms'), ['plus', 'professional', 'enterprise', 'trial'])
    assert.deepEqual(having('companies'), ['plus', 'professional', 'enterprise'])
  })
})

test('the operator edits a draft, sees what changes, and publishes it for a day', async () => {
  const untouched = await staff.call(getPlanDraft, {})
  assert.deepEqual([untouched.version, untouched.changes], [0, []])
  assert.equal(
    (await staff.refusal(publishPlans, { body: { appliesOn: today().toString(), version: 0 } })).code,
    'plans.nothing_changed',
  )
  const draft = await saveWith((c) => {
    c.plans[1]!.prices.month[1] = 6100
    c.plans[0]!.features.push('api')
    c.plans[0]!.limits.users = null
    c.ladder.push({ from: 200, percent: 60 })
  })
  assert.deepEqual(
    draft.changes.toSorted((a, b) => a.path.localeCompare(b.path)),
    [
      { path: 'ladder.200', before: null, after: 60 },
      { path: 'plans.0.features', before: null, after: 'api' },
      { path: 'plans.0.limits.users', before: 3, after: null },
      { path: 'plans.1.prices.month.1000', before: 5900, after: 6100 },
    ],
  )
  assert.equal(draft.updatedBy, 'Ada Exploitante')
  // Nobody else reads it, and nothing is in force yet.
  assert.equal((await asAgency((ctx) => ctx.db.selectFrom('plan_draft').selectAll().execute())).length, 0)
  const stale = await staff.refusal(savePlanDraft, { body: { content: draft.content, version: 0 } })
  assert.deepEqual([stale.status, stale.code], [409, 'version.stale'])
  const soon = today().add({ days: 40 })
  const published = await staff.call(publishPlans, {
    body: { appliesOn: soon.toString(), note: 'Tarifs de printemps', version: draft.version },
  })
  assert.equal(published.version, 2)
  assert.equal(
    published.appliesFrom,
    soon
      .toZonedDateTime('Europe/Paris')
      .toInstant()
      .toString({ smallestUnit: 'millisecond' })
      .replace('.000', ''),
  )
  const plus = () => asAgency(async (ctx) => priceOf(planIn(await catalogueNow(ctx), 'plus'), 'month', 1000))
  assert.equal(await plus(), 5900n)
  assert.equal(
    (
      await staff.refusal(publishPlans, {
        body: {
          appliesOn: today().toString(),
          version: (await saveWith((c) => (c.trial.mails = 50))).version,
        },
      })
    ).code,
    'plans.before_newest',
  )
  await t.advance({ days: 41 })
  staff = await enterAsOperator(t)
  assert.equal(await plus(), 6100n)
  // What was sold at the first edition stays at its price.
  assert.equal(await asAgency(async (ctx) => priceOf(await planAt(ctx, 'plus', 1), 'month', 1000)), 5900n)
  const { data } = await staff.call(listPlanEditions, {})
  assert.deepEqual(
    data.map((e) => [e.version, e.current, e.changes.length, e.note]),
    [
      [2, true, 4, 'Tarifs de printemps'],
      [1, false, 0, null],
    ],
  )
  const [event] = await t.sql<{ data: { version: number } }>(
    `select data from audit_event where agency_id = $1 and action = 'plans.published'`,
    [operatorId],
  )
  assert.equal(event!.data.version, 2)
})

test('a draft is thrown away whole; slips of the keyboard are refused where they are', async () => {
  await saveWith((c) => (c.trial.days = 7))
  await staff.call(discardPlanDraft, {})
  const { content, version } = await staff.call(getPlanDraft, {})
  assert.deepEqual([version, content.trial.days], [0, 14])
  const wrong: [(c: CatalogueContent) => void, string, string][] = [
    [(c) => (c.plans[0]!.prices.month[2] = 1), 'content.plans.0.prices.month.2', 'plans.price_falls'],
    [(c) => c.plans[2]!.prices.year.pop(), 'content.plans.2.prices.year', 'plans.price_missing'],
    [(c) => (c.contactLimits[1] = 500), 'content.contactLimits.1', 'plans.limits_rise'],
    [(c) => (c.ladder[2]!.percent = 20), 'content.ladder.2.percent', 'plans.ladder_rises'],
    [(c) => (c.ladder[0]!.from = 2), 'content.ladder.0.from', 'plans.ladder_rises'],
  ]
  for (const [spoil, field, code] of wrong) {
    const spoilt = structuredClone(content)
    spoil(spoilt)
    const refusal = await staff.refusal(savePlanDraft, { body: { content: spoilt, version } })
    assert.equal(refusal.fields?.[field]?.code, code, JSON.stringify(refusal))
  }
  assert.equal(
    (
      await staff.refusal(publishPlans, {
        body: { appliesOn: '2020-01-01', version: (await saveWith((c) => (c.trial.days = 7))).version },
      })
    ).code,
    'plans.in_the_past',
  )
})

test('the database itself refuses to change an edition, and to let an agency write one', async () => {
  await assert.rejects(t.sql(`update plan_catalogue set version = 9`), { code: 'CN002' })
  await assert.rejects(t.sql(`delete from plan_catalogue`), { code: 'CN002' })
  for (const agencyId of [operatorId, agency.id])
    await assert.rejects(
      asAgency((ctx) =>
        ctx.tx.query(
          'test_write',
          `insert into plan_catalogue (agency_id, version, content, applies_from, published_at, published_by) values ($1, 99, '{}', now(), now(), 'x')`,
          [agencyId],
        ),
      ),
      /row-level security|check constraint/,
    )
  assert.equal((await agency.owner.browser.refusal(getPlanDraft, {})).status, 404)
})

test('a contact limit is added with prices between its neighbours, each one line of what changes', async () => {
  await staff.call(discardPlanDraft, {})
  const { content } = await staff.call(getPlanDraft, {})
  const before = structuredClone(content)
  for (const limit of [750, 100, 1_000_000]) addLimit(content, limit)
  assert.deepEqual(
    content.contactLimits,
    content.contactLimits.toSorted((a, b) => a - b),
  )
  // The contract refuses prices that don't rise, and a limit without its prices.
  const draft = await staff.call(savePlanDraft, {
    body: { content, version: 0 },
  })
  const added = draft.changes.map((c) => [c.path.split('.').at(-1), c.before === null])
  assert.equal(added.length, 3 * 4 * 2)
  assert.ok(added.every(([limit, isNew]) => isNew && ['750', '100', '1000000'].includes(limit as string)))
  for (const limit of [750, 100, 1_000_000]) removeLimit(content, limit)
  assert.deepEqual(content, before)
  await staff.call(discardPlanDraft, {})
})
