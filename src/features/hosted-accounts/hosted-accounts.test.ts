import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { toPublicId } from '../../contract/ids.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { makeAgency, makeClient, makeMember, type TestAgency } from '../../server/testing-people.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { getAccountDefaults, updateAccountDefaults } from '../account-defaults/contract.ts'
import { getJob } from '../long-jobs/contract.ts'
import {
  exportHostedAccounts,
  getHostedAccount,
  getResaleSummary,
  listHostedAccountHistory,
  listHostedAccounts,
  updateHostedAccount,
} from './contract.ts'
import { insertAccount } from './public.ts'

let t: TestApp
before(async () => {
  t = await startTestApp()
})
after(() => t.close())

type Made = {
  name: string
  slug?: string
  domain?: string
  plan?: 'month' | 'year' | null
  size?: number
  net?: bigint
  daysAgo?: number
  client?: string
}

/** Accounts straight through the feature's own door, as openings and the sample make them. */
async function make(agency: TestAgency, accounts: Made[]): Promise<string[]> {
  const ids: string[] = []
  for (const a of accounts) {
    const client = await makeClient(t, agency, { name: a.client ?? a.name })
    await runInTenant(t.app, { agencyId: agency.id }, async (ctx) => {
      const { hostedAccountId } = await insertAccount(ctx, {
        clientId: client.id,
        name: a.name,
        slug: a.slug ?? `s${client.id.slice(-12)}`,
        customDomain: a.domain ?? null,
        contactName: 'Anne Berthe',
        contactEmail: 'anne@berthe.fr',
        notificationEmail: 'x@agence.fr',
        locale: 'fr',
        timeZone: 'Europe/Paris',
        openedAt: ctx.now.subtract({ hours: 24 * (a.daysAgo ?? 0) }).toString(),
        subscription: {
          currency: 'EUR',
          terms:
            a.plan === null
              ? null
              : {
                  planCode: 'plus',
                  planVersion: 1,
                  interval: a.plan ?? 'month',
                  contactLimit: a.size ?? 1000,
                  listPrice: a.net ?? 5900n,
                },
        },
      })
      ids.push(toPublicId('hostedAccount', hostedAccountId))
    })
  }
  return ids
}
const names = async (agency: TestAgency, query: object) =>
  (await agency.owner.browser.call(listHostedAccounts, { query: query as never })).data.map((a) => a.name)

test('search, filters and sorts, page after page, while accounts are added', async () => {
  const agency = await makeAgency(t)
  const stranger = await makeAgency(t)
  await make(stranger, [{ name: 'Étrangère' }])
  await make(agency, [
    { name: 'Crêperie Été', slug: 'creperie-ete', size: 500, daysAgo: 3 },
    { name: 'Boulangerie Berthe', domain: 'crm.farine.fr', plan: 'year', size: 10_000, daysAgo: 9 },
    { name: 'Cave Noël', plan: null, client: 'Domaine Lacombe' },
    { name: 'Atelier Vidal', size: 2500, daysAgo: 1 },
  ])
  assert.deepEqual(await names(agency, {}), [
    'Atelier Vidal',
    'Boulangerie Berthe',
    'Cave Noël',
    'Crêperie Été',
  ])
  assert.deepEqual(await names(agency, { sort: '-planSize' }), [
    'Boulangerie Berthe',
    'Atelier Vidal',
    'Crêperie Été',
    'Cave Noël',
  ])
  assert.deepEqual((await names(agency, { sort: 'createdAt' }))[0], 'Boulangerie Berthe')
  assert.deepEqual((await names(agency, { sort: 'endsOn' }))[0], 'Cave Noël')
  // Accents, case, domain, client, contact; every word.
  for (const [q, found] of [
    ['creperie ETE', ['Crêperie Été']],
    ['farine.fr', ['Boulangerie Berthe']],
    ['lacombe', ['Cave Noël']],
    ['anne@', ['Atelier Vidal', 'Boulangerie Berthe', 'Cave Noël', 'Crêperie Été']],
    ['noël berthe', ['Cave Noël']],
    ['100%', []],
    ['étrangère', []],
  ] as const)
    assert.deepEqual(await names(agency, { q }), found.toSorted(), q)
  assert.deepEqual(await names(agency, { type: 'trial' }), ['Cave Noël'])
  assert.deepEqual(await names(agency, { type: 'year' }), ['Boulangerie Berthe'])
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await agency.owner.browser.call(listHostedAccounts, {
      query: { limit: 1, sort: '-name', ...(cursor && { cursor }) } as never,
    })
    seen.push(...page.data.map((a) => a.name))
    if (seen.length === 2) await make(agency, [{ name: 'Zinguerie' }])
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  assert.deepEqual(seen, ['Crêperie Été', 'Cave Noël', 'Boulangerie Berthe', 'Atelier Vidal'])
  for (const query of [
    { sort: 'price' },
    { cursor: 'forged' },
    { cursor: Buffer.from('["name",1,2]').toString('base64url') },
  ])
    assert.equal((await agency.owner.browser.refusal(listHostedAccounts, { query })).status, 422)
})

test('a client’s new name is found at once', async () => {
  const agency = await makeAgency(t)
  await make(agency, [{ name: 'Espace', client: 'Ancien nom' }])
  await t.sql(`update client set name = 'Nouveau nom' where agency_id = $1`, [agency.id])
  assert.deepEqual(await names(agency, { q: 'nouveau' }), ['Espace'])
  assert.deepEqual(await names(agency, { q: 'ancien' }), [])
})

test('the summary says the rung, what the next is worth, and what renews on each day', async () => {
  const agency = await makeAgency(t)
  await make(agency, [
    { name: 'A', net: 10_000n },
    { name: 'B', net: 120_000n, plan: 'year' },
    { name: 'C', plan: null },
  ])
  const s = await agency.owner.browser.call(getResaleSummary, {})
  assert.deepEqual([s.total, s.trials.running], [3, 1])
  // A month of the annual one is a twelfth; two paid accounts give 25 %.
  assert.deepEqual(
    [
      s.discount.paidAccounts,
      s.discount.percent,
      s.discount.monthly.list.amount,
      s.discount.monthly.saved.amount,
    ],
    [2, 25, 20_000, 5_000],
  )
  assert.deepEqual(s.discount.next, { at: 25, percent: 35, missing: 23 })
  assert.equal(s.discount.monthly.nextSaves?.amount, 2_000)
  assert.equal(s.renewals.length, 30)
  const month = await agency.owner.browser.call(listHostedAccounts, { query: { type: 'month' } as never })
  const on = s.renewals.find((r) => r.day === month.data[0]!.endsOn)
  // A month of 31 days is just beyond the calendar.
  if (on) assert.deepEqual([on.count, on.net.amount], [1, 7_500])
  assert.equal(
    s.renewals.reduce((n, r) => n + r.count, 0),
    on ? 1 : 0,
  )
})

test('the export is a spreadsheet of what the list shows, and no cell is a formula', async () => {
  const agency = await makeAgency(t)
  await make(agency, [{ name: '=HYPERLINK("x")' }, { name: 'Boulangerie' }, { name: 'Essai', plan: null }])
  const response = await agency.owner.browser.send(exportHostedAccounts, {
    query: { type: 'month' } as never,
  })
  assert.match(response.headers['content-type'] as string, /text\/csv/)
  const lines = response.body.trim().split('\r\n')
  assert.equal(lines.length, 3)
  assert.match(lines[0]!, /^\ufeff?Compte;Adresse;Client;Statut;Formule/)
  assert.match(lines[1]!, /'=HYPERLINK/)
  assert.match(lines[2]!, /Boulangerie;.*;Actif;Plus;Mensuel;1000;59;EUR;/)
})

test('an account is changed by who read it last, its domain is wished, its zone does not move its renewal', async () => {
  const agency = await makeAgency(t)
  const { browser } = agency.owner
  const [id] = await make(agency, [{ name: 'Maison Berthe' }])
  const params = { id: id! }
  const before = await browser.call(getHostedAccount, { params })
  const after = await browser.call(updateHostedAccount, {
    params,
    body: { customDomain: 'CRM.Berthe.fr', timeZone: 'Pacific/Auckland', version: before.version },
  })
  assert.deepEqual([after.customDomain?.name, after.customDomain?.verified], ['crm.berthe.fr', false])
  assert.equal(after.host, before.host, 'it answers where it did')
  assert.deepEqual([after.timeZone, after.endsOn], ['Pacific/Auckland', before.endsOn])
  const stale = await browser.refusal(updateHostedAccount, {
    params,
    body: { name: 'X', version: before.version },
  })
  assert.equal(stale.code, 'version.stale')
  assert.equal((stale.data!['current'] as { version: number }).version, after.version)
  for (const customDomain of ['localhost', 'a b.fr', '-x.fr', 'http://x.fr'])
    assert.equal(
      (await browser.refusal(updateHostedAccount, { params, body: { customDomain, version: after.version } }))
        .fields?.['customDomain']?.code,
      'hosted_accounts.domain_malformed',
    )
  const [event] = (await browser.call(listHostedAccountHistory, { params })).data
  assert.deepEqual((event!.data['changes'] as Record<string, unknown>)['timeZone'], {
    before: 'Europe/Paris',
    after: 'Pacific/Auckland',
  })
  const manager = await makeMember(t, agency, { role: 'manager' })
  assert.equal((await manager.browser.refusal(getHostedAccount, { params })).status, 403)
})

test('default settings reach existing accounts when asked, only those ticked, and never ended accounts', async () => {
  const agency = await makeAgency(t)
  const { browser } = agency.owner
  const ids = await make(agency, [{ name: 'Un' }, { name: 'Deux' }, { name: 'Fini' }])
  await t.sql(`update hosted_account set status = 'expired' where agency_id = $1 and name = 'Fini'`, [
    agency.id,
  ])
  const first = await browser.call(getAccountDefaults, {})
  assert.deepEqual([first.locale, first.accounts, first.version], ['fr', 2, 0])
  const values = {
    locale: 'es' as const,
    timeZone: 'Europe/Madrid',
    notificationEmail: 'alertas@agencia.es',
    planCode: 'lite' as const,
    interval: 'year' as const,
  }
  const saved = await browser.call(updateAccountDefaults, {
    body: { ...values, version: 0, push: ['locale', 'notificationEmail'] },
  })
  await t.runJobs()
  const job = await browser.call(getJob, { params: { id: saved.jobId! } })
  assert.deepEqual([job.state, job.done], ['done', 2])
  const [one, , ended] = await Promise.all(
    ids.map((id) => browser.call(getHostedAccount, { params: { id } })),
  )
  assert.deepEqual(
    [one!.locale, one!.notificationEmail, one!.timeZone],
    ['es', 'alertas@agencia.es', 'Europe/Paris'],
  )
  assert.equal(ended!.locale, 'fr')
  assert.equal(
    (await browser.refusal(updateAccountDefaults, { body: { ...values, version: 0 } })).code,
    'version.stale',
  )
  assert.equal(
    (
      await browser.refusal(updateAccountDefaults, {
        body: { ...values, notificationEmail: null, version: 1, push: ['notificationEmail'] },
      })
    ).code,
    'account_defaults.no_address',
  )
})

test('the list is as quick over many accounts', async (context) => {
  const many = 5_000
  const agency = await makeAgency(t)
  const client = await makeClient(t, agency)
  await t.sql(
    `insert into hosted_account (agency_id, id, client_id, name, slug, status, contact_name, contact_email, notification_email, locale, time_zone, created_at, created_by_name, updated_at)
     select $1, gen_random_uuid(), $2, 'Compte ' || n, 'c-' || n, case when n % 20 = 0 then 'expired' else 'active' end, 'x', 'x@x.fr', 'x@x.fr', 'fr', 'Europe/Paris', now() - n * interval '1 minute', 'x', now()
     from generate_series(1, $3) n`,
    [agency.id, client.id, many],
  )
  await t.sql(
    `insert into subscription (agency_id, id, hosted_account_id, plan_code, plan_version, interval, contact_limit, currency, list_price, anchor_on, time_zone, period_start, period_end, created_at, updated_at)
     select agency_id, gen_random_uuid(), id, 'plus', 1, 'month', 1000, 'EUR', 5900, current_date, 'Europe/Paris', current_date, current_date + 1 + (random() * 29)::int, now(), now()
     from hosted_account where agency_id = $1`,
    [agency.id],
  )
  await t.sql(`analyze hosted_account, subscription`)
  for (const query of [
    {},
    { sort: 'endsOn' },
    { sort: '-planSize' },
    { q: `compte ${many - 3}` },
    { status: 'expired' },
    { status: 'all', sort: '-createdAt' },
  ]) {
    await names(agency, query)
    const start = performance.now()
    const found = await names(agency, query)
    context.diagnostic(
      `${JSON.stringify(query)}: ${Math.round(performance.now() - start)} ms, ${found.length} rows`,
    )
    assert.ok(found.length > 0)
  }
  const start = performance.now()
  await agency.owner.browser.call(getResaleSummary, {})
  context.diagnostic(`summary of ${many}: ${Math.round(performance.now() - start)} ms`)
})
