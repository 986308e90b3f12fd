import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { parse } from 'csv-parse/sync'
import { readSheet } from 'read-excel-file/node'
import { toPublicId } from '../../contract/ids.ts'
import { startTestApp, type Browser, type TestApp } from '../../server/testing.ts'
import { makeAgency, makeClient, makeMember, type TestAgency } from '../../server/testing-people.ts'
import { getJob } from '../long-jobs/contract.ts'
import { downloadClientExport, exportClients } from './contract.ts'

let t: TestApp
before(async () => {
  t = await startTestApp()
})
after(() => t.close())

type Selection = { ids: string[] } | { query: Record<string, string> }

async function exported(
  browser: Browser,
  format: 'csv' | 'xlsx',
  selection: Selection,
  sort?: string,
): Promise<Buffer> {
  const { jobId } = await browser.call(exportClients, {
    body: { format, selection: selection as never, ...(sort && { sort }) },
  })
  await t.runJobs()
  assert.equal((await browser.call(getJob, { params: { id: jobId } })).state, 'done')
  const response = await browser.send(downloadClientExport, { params: { id: jobId } })
  assert.equal(response.statusCode, 200)
  assert.match(
    response.headers['content-disposition'] as string,
    /^attachment; filename="clients-\d{4}-\d\d-\d\d\.(csv|xlsx)"$/,
  )
  return response.rawPayload
}

function lines(csv: Buffer, delimiter = ';'): string[][] {
  return parse(csv, { bom: true, delimiter })
}

async function set(agency: TestAgency, name: string, columns: Record<string, unknown>): Promise<void> {
  const sets = Object.keys(columns).map((c, i) => `${c} = $${i + 3}`)
  await t.sql(`update client set ${sets.join(', ')} where agency_id = $1 and name = $2`, [
    agency.id,
    name,
    ...Object.values(columns),
  ])
}

test('a French spreadsheet opens the CSV as it is', async () => {
  const a = await makeAgency(t)
  const lea = await makeMember(t, a, { role: 'consultant', name: 'Léa' })
  const client = await makeClient(t, a, { name: 'Boulangerie « Berthe »; fils', assignees: [lea, a.owner] })
  await t.sql(`update assignment set is_lead = true where client_id = $1 and member_id = $2`, [
    client.id,
    lea.memberId,
  ])
  await set(a, client.name, {
    monthly_budget: 410_050,
    tags: ['VIP', 'Noël'],
    client_since: '2024-02-29',
    created_at: '2026-03-29T22:30:00Z',
    city: 'Lyon\nCedex',
  })
  const csv = await exported(a.owner.browser, 'csv', { query: {} })
  assert.equal(csv.subarray(0, 3).toString('hex'), 'efbbbf')
  assert.ok(csv.toString().includes(';Statut;') && csv.toString().endsWith('\r\n'))
  const [titles, row] = lines(csv)
  const cell = (title: string) => row![titles!.indexOf(title)]
  assert.equal(cell('Nom'), 'Boulangerie « Berthe »; fils')
  assert.equal(cell('Statut'), 'Actif')
  assert.equal(cell('Responsable'), 'Léa')
  assert.equal(cell('Assigné à'), `Léa, ${a.owner.name}`)
  assert.equal(cell('Budget mensuel (EUR)'), '4100,50')
  assert.equal(cell('Client depuis'), '2024-02-29')
  assert.equal(cell('Ajouté le'), '2026-03-30')
  assert.equal(cell('Ville'), 'Lyon\nCedex')
  a.owner.browser.locale = 'en'
  const english = lines(await exported(a.owner.browser, 'csv', { query: {} }), ',')
  assert.equal(english[1]![english[0]!.indexOf('Monthly budget (EUR)')], '4100.50')
})

const hostile = [
  '=1+1',
  '+33 6 12 34 56 78',
  '-2+3',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '＝1+1',
  '＋1',
  '－1',
  '＠x',
  "=cmd|'/c calc'!A1",
  '=HYPERLINK("http://evil.example")',
]

test('no cell of an export is ever a formula', async () => {
  const a = await makeAgency(t)
  const client = await makeClient(t, a, { name: 'Sage' })
  for (const [i, text] of hostile.entries()) {
    const other = await makeClient(t, a, { name: `x${i}` })
    await t.sql(
      `update client set name = $2, website = $2, email = $2, phone = $2, city = $2, sector = $2, tags = array[$2] where id = $1`,
      [other.id, text],
    )
    await t.sql(
      `insert into billing_profile (agency_id, id, client_id, legal_name, updated_at) values ($1, gen_random_uuid(), $2, $3, now())`,
      [a.id, other.id, text],
    )
  }
  const runs = (cell: unknown) => typeof cell === 'string' && /^[=+\-@\t\r＝＋－＠]/.test(cell)
  const csv = lines(await exported(a.owner.browser, 'csv', { query: {} }))
  assert.equal(csv.length, hostile.length + 2)
  assert.deepEqual(csv.flat().filter(runs), [])
  assert.ok(csv.some((row) => row[0] === `'${hostile[0]}`))
  const cells = await readSheet(await exported(a.owner.browser, 'xlsx', { query: {} }))
  assert.equal(cells.length, hostile.length + 2)
  assert.deepEqual(cells.flat().filter(runs), [])
  assert.ok(cells.some((row) => row[0] === client.name))
})

test('the workbook holds texts, amounts and days as such', async () => {
  const a = await makeAgency(t)
  await makeClient(t, a, { name: 'R&D <Sud> "Été"' })
  await set(a, 'R&D <Sud> "Été"', { monthly_budget: 99, client_since: '2024-02-29', city: 'Ville\u0001' })
  const [titles, row] = await readSheet(await exported(a.owner.browser, 'xlsx', { query: {} }))
  const cell = (title: string) => row![titles!.indexOf(title)]
  assert.equal(cell('Nom'), 'R&D <Sud> "Été"')
  assert.equal(cell('Budget mensuel (EUR)'), 0.99)
  assert.equal((cell('Client depuis') as unknown as Date).toISOString().slice(0, 10), '2024-02-29')
  assert.equal(cell('Ville'), 'Ville')
  assert.equal(cell('Téléphone'), null)
})

test('an export holds what its asker sees, in the list’s order, part after part', async () => {
  const a = await makeAgency(t)
  const manager = await makeMember(t, a, { role: 'manager', seesUnassigned: false })
  const hers = await makeClient(t, a, { name: 'À elle', assignees: [manager] })
  const other = await makeClient(t, a, { name: 'Pas à elle' })
  assert.deepEqual(
    lines(await exported(manager.browser, 'csv', { query: {} }))
      .slice(1)
      .map((r) => r[0]),
    ['À elle'],
  )
  assert.equal(
    (
      await manager.browser.refusal(exportClients, {
        body: { format: 'csv', selection: { ids: [toPublicId('client', other.id)] } },
      })
    ).status,
    404,
  )
  assert.deepEqual(
    lines(await exported(manager.browser, 'csv', { ids: [toPublicId('client', hers.id)] })).length,
    2,
  )
  await t.sql(
    `insert into client (agency_id, id, name, last_activity_at, created_at, updated_at) select $1, uuidv7(), 'Client ' || lpad(n::text, 4, '0'), now(), now(), now() from generate_series(1, 1203) n`,
    [a.id],
  )
  const names = lines(await exported(a.owner.browser, 'csv', { query: { q: 'client' } }, '-name'))
    .slice(1)
    .map((r) => r[0]!)
  assert.equal(names.length, 1203)
  assert.deepEqual(names, names.toSorted().toReversed())
  assert.equal(
    (
      await a.owner.browser.refusal(exportClients, {
        body: { format: 'csv', selection: { query: {} }, sort: 'colour' },
      })
    ).fields?.['sort']?.code,
    'field.choice',
  )
  const [event] = await t.sql<{ data: { filter: unknown } }>(
    `select data from audit_event where agency_id = $1 and action = 'clients.exported' order by seq desc limit 1`,
    [a.id],
  )
  assert.deepEqual(event?.data.filter, { q: 'client' })
})

test('a file is for who asked, when it is ready, for a day', async () => {
  const a = await makeAgency(t)
  const consultant = await makeMember(t, a, { role: 'consultant' })
  const second = await makeMember(t, a, { role: 'owner' })
  await makeClient(t, a, { name: 'Un' })
  assert.equal(
    (await consultant.browser.refusal(exportClients, { body: { format: 'csv', selection: { query: {} } } }))
      .status,
    403,
  )
  const { jobId } = await a.owner.browser.call(exportClients, {
    body: { format: 'csv', selection: { query: {} } },
  })
  assert.equal(
    (await a.owner.browser.refusal(downloadClientExport, { params: { id: jobId } })).code,
    'export.not_ready',
  )
  await t.runJobs()
  for (const who of [second, (await makeAgency(t)).owner])
    assert.equal((await who.browser.refusal(downloadClientExport, { params: { id: jobId } })).status, 404)
  assert.equal((await t.browser(a.slug).refusal(downloadClientExport, { params: { id: jobId } })).status, 401)
  await t.sql(`update long_job set created_at = created_at - interval '25 hours' where agency_id = $1`, [
    a.id,
  ])
  assert.equal(
    (await a.owner.browser.refusal(downloadClientExport, { params: { id: jobId } })).code,
    'export.expired',
  )
  await a.owner.browser.call(exportClients, { body: { format: 'csv', selection: { query: {} } } })
  assert.deepEqual(await t.sql(`select from export_part where agency_id = $1`, [a.id]), [])
})
