import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { toPublicId } from '../../contract/ids.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { startTestApp, type Browser, type TestApp } from '../../server/testing.ts'
import { makeAgency, type TestAgency } from '../../server/testing-people.ts'
import { verifyData } from '../../server/verify-data.ts'
import { enterAsOperator } from '../operator/testing.ts'
import * as contract from './contract.ts'
import { fecColumns, fecLine } from './fec.ts'
import { checkIban } from './iban.ts'
import { issueCreditNote, issueInvoice, vatOf, type InvoiceInput } from './public.ts'

let t: TestApp
let staff: Browser
let agency: TestAgency
before(async () => {
  t = await startTestApp()
  staff = await enterAsOperator(t)
  agency = await makeAgency(t, { name: 'Agence Lumière & Fils' })
})
after(() => t.close())

const line = (net: bigint) => ({
  label: 'Formule Plus',
  quantity: 1,
  unitPrice: net,
  discount: 0n,
  net,
  vatRateBasisPoints: 2000,
  kind: 'plan',
})

function issue(given: Partial<InvoiceInput> = {}) {
  return runInTenant(t.app, { agencyId: agency.id }, (ctx) =>
    issueInvoice(ctx, {
      seller: 'operator',
      payer: { kind: 'agency' },
      lines: [line(10_000n)],
      currency: 'EUR',
      prepaidUsed: 0n,
      cardPaid: 0n,
      ...given,
    }),
  )
}

const identity = {
  validFrom: '2099-01-01',
  name: 'Nouvelle Canopée SARL',
  legalForm: 'SARL',
  shareCapital: { amount: 500_000, currency: 'EUR' },
  registerCity: 'Rennes',
  siren: '552 100 554',
  vatScheme: 'normal' as const,
  vatOnDebits: false,
  addressLine1: '1 rue de Bretagne',
  postalCode: '35000',
  city: 'Rennes',
  country: 'FR',
  email: 'compta@nouvelle.example',
  iban: 'FR76 3000 6000 0112 3456 7890 189',
  timeZone: 'Europe/Paris',
}

test('an identity to come applies from its day on; what was issued before keeps the old one', async () => {
  const today = (await staff.call(contract.getSeller, {})).current!
  assert.deepEqual([today.name, today.siren], ['Canopée SAS', '732829320'])
  const before = await issue()
  const changed = await staff.call(contract.changeSeller, { body: identity })
  assert.equal(changed.current!.name, 'Canopée SAS', 'not yet')
  assert.equal(changed.versions[0]!.iban, 'FR7630006000011234567890189')
  await staff.call(contract.changeSeller, {
    body: { ...identity, validFrom: '2099-06-01', siren: '303265045', name: 'Plus tard' },
  })
  await t.sql(
    `update installation set clock_offset = date_trunc('second', timestamptz '2099-02-01T12:00:00Z' - now())`,
  )
  try {
    const after = await issue()
    assert.equal(after.number, 'F-2099-000001')
    const [row] = await t.sql<{ seller: { name: string } }>(`select seller from invoice where id = $1`, [
      after.invoiceId,
    ])
    assert.equal(row!.seller.name, 'Nouvelle Canopée SARL')
    const [old] = await t.sql<{ seller: { name: string } }>(`select seller from invoice where id = $1`, [
      before.invoiceId,
    ])
    assert.equal(old!.seller.name, 'Canopée SAS')
  } finally {
    await t.sql(`update installation set clock_offset = '0'`)
  }
})

test('a passed day, a wrong number or IBAN is refused at its place', async () => {
  assert.equal(
    (await staff.refusal(contract.changeSeller, { body: { ...identity, validFrom: '2020-01-01' } })).code,
    'seller.past',
  )
  const wrong = await staff.refusal(contract.changeSeller, {
    body: { ...identity, siren: '552100555', iban: 'FR7630006000011234567890188' },
  })
  assert.deepEqual(Object.keys(wrong.fields!).toSorted(), ['iban', 'siren'])
  assert.equal(checkIban('GB82 WEST 1234 5698 7654 32'), 'GB82WEST12345698765432')
  assert.equal(checkIban('GB82 WEST 1234 5698 7654 33'), null)
})

test('a mention changes from a day on, for documents of that day on', async () => {
  const day = Temporal.Now.plainDateISO('Europe/Paris').toString()
  const body = { validFrom: day, texts: { fr: 'Pénalités : 12 % l’an.' }, source: 'CGV 2026' }
  const { mentions } = await staff.call(contract.changeMention, { params: { code: 'penalty' }, body })
  assert.deepEqual(
    mentions.filter((m) => m.code === 'penalty').map((m) => [m.state, m.source]),
    [
      ['current', 'CGV 2026'],
      ['past', 'art. L441-10 C. com.'],
    ],
  )
  const { invoiceId } = await issue()
  const record = await agency.owner.browser.call(contract.getInvoice, {
    params: { id: toPublicId('invoice', invoiceId) },
  })
  assert.ok(record.mentions.includes('Pénalités : 12 % l’an.'))
})

test('the operator lists, opens and corrects what it issued; agencies have no such address', async () => {
  const { invoiceId, number } = await issue({ lines: [line(5000n)] })
  const id = toPublicId('invoice', invoiceId)
  const { data } = await staff.call(contract.listDocuments, { query: { q: number } })
  assert.deepEqual(
    data.map((d) => [d.number, d.buyer, d.gross.amount, d.agencyId]),
    [[number, 'Agence Lumière & Fils', 6000, toPublicId('agency', agency.id)]],
  )
  assert.equal((await staff.send(contract.downloadDocument, { params: { id } })).statusCode, 200)
  const part = { label: 'Geste commercial', net: { amount: 1000, currency: 'EUR' }, vatRateBasisPoints: 2000 }
  const note = await staff.call(contract.createCreditNote, {
    params: { id },
    body: { reason: 'Retard de mise en service', amount: part },
  })
  assert.match(note.number, /^A-/)
  const tooMuch = await staff.refusal(contract.createCreditNote, {
    params: { id },
    body: { reason: 'x', amount: { ...part, net: { amount: 4001, currency: 'EUR' } } },
  })
  assert.equal(tooMuch.code, 'credit_note.too_much')
  assert.match(tooMuch.detail.replaceAll(/[\u00a0\u202f]/g, ' '), /48,00 €/)
  const mine = await agency.owner.browser.call(contract.getInvoice, { params: { id: note.id } })
  assert.deepEqual([mine.original?.number, mine.reason], [number, 'Retard de mise en service'])
  for (const e of [contract.listDocuments, contract.getSeller])
    assert.equal((await agency.owner.browser.refusal(e, {} as never)).status, 404)
  assert.equal(
    (await staff.refusal(contract.downloadDocument, { params: { id: toPublicId('invoice', agency.id) } }))
      .status,
    404,
  )
})

test('the journal is a balanced FEC of 18 columns, in the order of issue', async () => {
  await issue({ kind: 'deposit', cardPaid: 12_000n })
  const { invoiceId } = await issue({ lines: [line(20_000n)], prepaidUsed: 12_000n, cardPaid: 12_000n })
  await runInTenant(t.app, { agencyId: agency.id }, (ctx) =>
    issueCreditNote(ctx, { invoiceId, lines: 'rest', reason: 'Annulé', toPrepaid: 12_000n, toCard: 12_000n }),
  )
  const year = Temporal.Now.plainDateISO('Europe/Paris').year
  const response = await staff.send(contract.downloadSalesJournal, { query: { year } })
  assert.equal(response.headers['content-disposition'], `attachment; filename="732829320FEC${year}1231.txt"`)
  const [head, ...rows] = response.rawPayload
    .toString('latin1')
    .replace(/\r\n$/, '')
    .split('\r\n')
    .map((l) => l.split('\t'))
  assert.deepEqual(head, [...fecColumns])
  assert.ok(rows.length > 10 && rows.every((r) => r.length === 18))
  const euros = (text: string) => Math.round(Number(text.replace(',', '.')) * 100)
  for (const [number, of] of Map.groupBy(rows, (r) => r[2]!)) {
    assert.equal(
      of.reduce((sum, r) => sum + euros(r[11]!) - euros(r[12]!), 0),
      0,
      number,
    )
    assert.equal(new Set(of.map((r) => r[8])).size, 1, 'one document an entry')
  }
  for (const journal of ['VE', 'CB']) {
    const numbers = [...new Set(rows.filter((r) => r[0] === journal).map((r) => r[2]!))]
    assert.deepEqual(
      numbers.toSorted(),
      numbers.map((_, i) => `${journal}${String(i + 1).padStart(6, '0')}`),
    )
  }
  assert.ok(rows.every((r) => /^\d{8}$/.test(r[3]!) && /^\d{6}$/.test(r[4]!) && /^\d+,\d\d$/.test(r[11]!)))
  assert.ok(rows.some((r) => r[7] === 'Agence Lumière & Fils'))
  assert.equal(
    (await staff.refusal(contract.downloadSalesJournal, { query: { year: 2001 } as never })).code,
    'journal.empty',
  )
  assert.equal(
    fecLine({
      journal: 'VE',
      journalLabel: 'Ventes',
      number: 'VE000001',
      day: '2026-10-02',
      account: '411000',
      accountLabel: 'Clients\tbis',
      auxiliary: { number: 'C1', label: 'Œuvre – Łódź 灯 €' },
      piece: 'F-2026-000001',
      label: 'L’été',
      debit: 5,
      credit: 0,
    }).toString('latin1'),
    "VE\tVentes\tVE000001\t20261002\t411000\tClients bis\tC1\t\u00bcuvre - ?\u00f3dz ? \u00a4\tF-2026-000001\t20261002\tL'\u00e9t\u00e9\t0,05\t0,00\t\t\t20261002\t\t\r\n",
  )
})

test('VAT by where the buyer is established', () => {
  const cases: [string, string | null, string | null, string, number][] = [
    ['FR', '69002', null, 'domestic', 2000],
    ['MC', '98000', null, 'domestic', 2000],
    ['FR', '97400', null, 'domestic', 850],
    ['MQ', null, null, 'domestic', 850],
    ['FR', '97300', null, 'overseas', 0],
    ['YT', null, null, 'overseas', 0],
    ['DE', null, 'DE136695976', 'reverse_charge', 0],
    ['GR', null, 'EL123456789', 'reverse_charge', 0],
    ['DE', null, null, 'domestic', 2000],
    ['DE', null, 'IT12345678901', 'domestic', 2000],
    ['US', null, null, 'outside_eu', 0],
    ['GB', null, null, 'outside_eu', 0],
  ]
  for (const [country, postalCode, vatNumber, expected, rate] of cases) {
    const found = vatOf({ vatScheme: 'normal' }, { country, postalCode, vatNumber })
    assert.deepEqual([found.case, found.rateBasisPoints], [expected, rate], `${country} ${postalCode}`)
  }
  assert.deepEqual(
    vatOf({ vatScheme: 'franchise' }, { country: 'FR', postalCode: '69002', vatNumber: null }),
    {
      case: 'franchise',
      category: 'E',
      rateBasisPoints: 0,
    },
  )
})

test('what `verify` promises of documents holds, and it sees a missing number', async () => {
  const broken = async () =>
    (await verifyData(t.app.database.owner))
      .filter((f) => f.broken.length > 0)
      .map((f) => f.check.split(':')[0])
  assert.deepEqual(await broken(), [])
  await t.sql(`alter table issued_document disable trigger insert_only`)
  await t.sql(`delete from issued_document where series = 'F' and number = 2`)
  assert.deepEqual(await broken(), ['numbers'])
})
