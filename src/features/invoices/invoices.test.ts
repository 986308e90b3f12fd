import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { toPublicId } from '../../contract/ids.ts'
import { operatorId } from '../../server/ids.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { makeAgency, makeClient, makeMember, type TestAgency } from '../../server/testing-people.ts'
import { entriesOf, type AccountingEntry } from './accounting-entries.ts'
import { getInvoice, listInvoices } from './contract.ts'
import { vatBreakdown } from '../rating/public.ts'
import { issueCreditNote, issueInvoice, type CreditNoteInput, type InvoiceInput } from './public.ts'

let t: TestApp
let agency: TestAgency
before(async () => {
  t = await startTestApp()
  agency = await makeAgency(t)
})
after(() => t.close())

const at20 = (net: bigint, more: object = {}) => ({
  label: 'Compte hébergé « Atelier Nova » – formule Plus',
  quantity: 1,
  unitPrice: net,
  discount: 0n,
  net,
  vatRateBasisPoints: 2000,
  kind: 'subscription',
  ...more,
})

function issue(given: Partial<InvoiceInput> = {}, of: TestAgency = agency) {
  return runInTenant(t.app, { agencyId: of.id }, (ctx) =>
    issueInvoice(ctx, {
      seller: 'operator',
      payer: { kind: 'agency' },
      lines: [at20(10_000n)],
      currency: 'EUR',
      prepaidUsed: 0n,
      cardPaid: 0n,
      ...given,
    }),
  )
}

function credit(input: CreditNoteInput) {
  return runInTenant(t.app, { agencyId: agency.id }, (ctx) => issueCreditNote(ctx, input))
}

const read = (id: string) =>
  agency.owner.browser.call(getInvoice, { params: { id: toPublicId('invoice', id) } })

function balanced(entries: AccountingEntry[]): void {
  for (const journal of ['VE', 'CB'] as const) {
    const of = entries.filter((e) => e.journal === journal)
    assert.equal(
      of.reduce((sum, e) => sum + e.debit - e.credit, 0),
      0,
      JSON.stringify(of),
    )
  }
}

test('an invoice is numbered, adds up and says who sold what to whom', async () => {
  const { invoiceId, number } = await issue({
    lines: [at20(14_900n), at20(13_473n, { quantity: 3, unitPrice: 4990n, discount: 1497n })],
    cardPaid: 34_048n,
  })
  assert.match(number, /^F-\d{4}-\d{6}$/)
  const record = await read(invoiceId)
  assert.deepEqual(
    [record.net.amount, record.vat.amount, record.gross.amount, record.amountDue.amount],
    [28_373, 5675, 34_048, 0],
  )
  assert.deepEqual([record.seller.siren, record.buyer.name], ['732829320', record.payer.name])
  assert.equal(record.paidAt !== null, true)
  assert.deepEqual(record.mentions.length, 3)
  const { data } = await agency.owner.browser.call(listInvoices, { query: { q: 'nova' } })
  assert.ok(data.some((d) => d.number === number))
})

test('what does not add up, or has a VAT rate that is not the buyer’s, is never issued', async () => {
  const [before] = await t.sql<{ n: number }>(`select count(*)::int as n from invoice`)
  await assert.rejects(issue({ lines: [at20(100n, { unitPrice: 99n })] }), /add up/)
  await assert.rejects(issue({ lines: [at20(100n, { vatRateBasisPoints: 0 })] }), /in category S/)
  await assert.rejects(issue({ lines: [at20(100n)], cardPaid: 121n }), /cannot be paid/)
  await assert.rejects(issue({ lines: [] }), /cannot be paid/)
  assert.deepEqual(await t.sql<{ n: number }>(`select count(*)::int as n from invoice`), [before])
})

test('the same purchase is invoiced once', async () => {
  const reference = { kind: 'purchase', id: crypto.randomUUID() }
  const first = await issue({ reference })
  assert.deepEqual(await issue({ reference }), first)
})

test('the database refuses every change of what was issued', async () => {
  const { invoiceId } = await issue()
  for (const text of [
    `update invoice set gross = 1, net = 1, vat = 0 where id = '${invoiceId}'`,
    `delete from invoice where id = '${invoiceId}'`,
    `update invoice_line set label = 'x' where invoice_id = '${invoiceId}'`,
    `delete from invoice_line where invoice_id = '${invoiceId}'`,
    `truncate invoice cascade`,
    `update issued_document set gross = 1`,
    `delete from issued_document`,
    `update legal_seller set name = 'x'`,
    `update legal_mention set texts = '{}'`,
  ])
    await assert.rejects(t.sql(text), /insert-only/, text)
  for (const text of [
    `update number_sequence set last_number = last_number + 2`,
    `update number_sequence set last_number = last_number - 1`,
    `delete from number_sequence`,
  ])
    await assert.rejects(t.sql(text), /sequence/, text)
})

test('8 workers with one rollback in ten leave no gap, and days never go back', async () => {
  const agencies = [agency, await makeAgency(t), await makeAgency(t)]
  let turn = 0
  const worker = async (seed: number) => {
    for (let i = 0; i < 25; i++) {
      const of = agencies[(seed + i) % agencies.length]!
      const fails = turn++ % 10 === 3
      await runInTenant(t.app, { agencyId: of.id }, async (ctx) => {
        await issueInvoice(ctx, {
          seller: 'operator',
          payer: { kind: 'agency' },
          lines: [at20(100n)],
          currency: 'EUR',
          prepaidUsed: 0n,
          cardPaid: 0n,
        })
        if (fails) throw new Error('on purpose')
      }).catch((error: Error) => assert.equal(error.message, 'on purpose'))
    }
  }
  await Promise.all(Array.from({ length: 8 }, (_, seed) => worker(seed)))
  const rows = await t.sql<{ number: number; entry_number: number; issued_on: string }>(
    `select number, entry_number, issued_on from issued_document where agency_id = $1 and series = 'F' order by number`,
    [operatorId],
  )
  assert.ok(rows.length >= 180)
  assert.deepEqual(
    rows.map((r) => r.number),
    rows.map((_, i) => i + 1),
  )
  assert.deepEqual(
    rows.map((r) => r.issued_on),
    rows.map((r) => r.issued_on).toSorted(),
  )
  const [kept] = await t.sql<{ n: number }>(`select count(*)::int as n from invoice where series = 'F'`)
  assert.equal(kept!.n, rows.length)
})

test('credit notes cite their invoice, never exceed it, and sum to it to the cent', async () => {
  const { invoiceId, number } = await issue({ lines: [at20(333n), at20(334n)], cardPaid: 800n })
  const part = { label: 'Prorata', vatRateBasisPoints: 2000, kind: 'correction' }
  const one = await credit({ invoiceId, lines: [{ ...part, net: 222n }], reason: 'Résilié', toCard: 266n })
  const two = await credit({ invoiceId, lines: [{ ...part, net: 222n }], reason: 'Résilié' })
  await assert.rejects(
    credit({ invoiceId, lines: [{ ...part, net: 224n }], reason: 'x' }),
    (e: { code?: string }) => e.code === 'credit_note.too_much',
  )
  const three = await credit({ invoiceId, lines: 'rest', reason: 'Solde' })
  const notes = await Promise.all([one, two, three].map((n) => read(n.invoiceId)))
  assert.equal(
    notes.reduce((sum, n) => sum + n.gross.amount, 0),
    800,
  )
  assert.deepEqual(
    notes.map((n) => n.original?.number),
    [number, number, number],
  )
  assert.match(one.number, /^A-\d{4}-\d{6}$/)
  assert.deepEqual([notes[0]!.gross.amount, notes[0]!.amountDue.amount], [266, 0])
  await assert.rejects(
    credit({ invoiceId, lines: 'rest', reason: 'encore' }),
    (e: { code?: string }) => e.code === 'credit_note.too_much',
  )
  assert.equal((await read(invoiceId)).creditNotes.length, 3)
})

test('credit notes at once never give back more than the invoice', async () => {
  const { invoiceId } = await issue({ lines: [at20(1000n)] })
  const notes = await Promise.allSettled(
    Array.from({ length: 6 }, () =>
      credit({
        invoiceId,
        lines: [{ label: 'x', net: 300n, vatRateBasisPoints: 2000, kind: 'correction' }],
        reason: 'x',
      }),
    ),
  )
  assert.equal(notes.filter((n) => n.status === 'fulfilled').length, 3)
})

test('prepaid credit is deducted from its deposits, oldest first, and comes back with a credit note', async () => {
  const own = await makeAgency(t)
  const deposit = (net: bigint) =>
    issue({ kind: 'deposit', lines: [at20(net)], cardPaid: (net * 12n) / 10n }, own)
  const first = await deposit(10_000n)
  const second = await deposit(5000n)
  const used = await issue({ lines: [at20(12_000n)], prepaidUsed: 14_400n }, own)
  const record = await own.owner.browser.call(getInvoice, {
    params: { id: toPublicId('invoice', used.invoiceId) },
  })
  assert.deepEqual(
    record.deposits.map((d) => [d.number, d.amount.amount]),
    [
      [first.number, 12_000],
      [second.number, 2400],
    ],
  )
  assert.deepEqual([record.prepaidUsed.amount, record.amountDue.amount], [14_400, 0])
  await runInTenant(t.app, { agencyId: own.id }, (ctx) =>
    issueCreditNote(ctx, { invoiceId: used.invoiceId, lines: 'rest', reason: 'Annulé', toPrepaid: 14_400n }),
  )
  const again = await issue({ lines: [at20(15_000n)], prepaidUsed: 18_000n }, own)
  const uses = await t.sql<{ amount: bigint }>(`select amount from deposit_use where invoice_id = $1`, [
    again.invoiceId,
  ])
  assert.equal(
    uses.reduce((sum, u) => sum + u.amount, 0n),
    18_000n,
  )
  const entries = await t.sql<{ entries: AccountingEntry[] }>(
    `select entries from issued_document where buyer_agency_id = $1`,
    [own.id],
  )
  for (const { entries: e } of entries) balanced(e)
  // Every advance received was deducted, given back and deducted again: nothing is left on its account.
  assert.equal(
    entries
      .flatMap((e) => e.entries)
      .filter((e) => e.account === '419100')
      .reduce((sum, e) => sum + e.credit - e.debit, 0),
    0,
  )
})

test('a client member reads what is made out to the clients it sees; staff read nothing', async () => {
  const holder = await makeMember(t, agency, { role: 'client', seesUnassigned: false })
  const seen = await makeClient(t, agency, { name: 'Vue', assignees: [holder] })
  const hidden = await makeClient(t, agency, { name: 'Cachée', assignees: [agency.owner] })
  const mine = await issue({ payer: { kind: 'client', id: seen.id } })
  const other = await issue({ payer: { kind: 'client', id: hidden.id } })
  const { data } = await holder.browser.call(listInvoices, {})
  assert.deepEqual(
    data.map((d) => [d.number, d.payer.name]),
    [[mine.number, 'Vue']],
  )
  assert.equal(
    (await holder.browser.refusal(getInvoice, { params: { id: toPublicId('invoice', other.invoiceId) } }))
      .status,
    404,
  )
  const manager = await makeMember(t, agency, { role: 'manager' })
  assert.equal((await manager.browser.refusal(listInvoices, {})).status, 403)
})

test('a live installation sells nothing under the made-up identity it ships with', async () => {
  await t.sql(`update installation set sandbox = false`)
  try {
    await assert.rejects(issue(), (e: { code?: string }) => e.code === 'invoice.no_seller')
    await t.sql(
      `insert into legal_seller (agency_id, id, valid_from, name, siren, address_line1, postal_code, city, email, created_at, created_by_name)
       values ($1, gen_random_uuid(), '2026-01-01', 'Vraie SAS', '552100554', '1 rue', '75001', 'Paris', 'a@b.example', now(), 'x')`,
      [operatorId],
    )
    const { number, invoiceId } = await issue()
    assert.match(number, /-000001$/, 'another legal person, another series')
    assert.equal((await read(invoiceId)).seller.name, 'Vraie SAS')
  } finally {
    await t.sql(`update installation set sandbox = true`)
  }
})

test('entries balance for every document', () => {
  const amount = fc.bigInt({ min: 1n, max: 1_000_000n })
  fc.assert(
    fc.property(
      fc.constantFrom('invoice' as const, 'deposit' as const, 'credit_note' as const),
      fc.array(
        fc.record({ net: amount, category: fc.constantFrom('S' as const, 'AE' as const, 'O' as const) }),
        {
          minLength: 1,
        },
      ),
      amount,
      amount,
      (kind, lines, card, prepaid) => {
        const totals = vatBreakdown(
          lines.map((l) => ({ ...l, rateBasisPoints: l.category === 'S' ? 2000 : 0 })),
        )
        balanced(
          entriesOf({
            kind,
            lines,
            groups: totals.groups,
            gross: totals.gross,
            cardPaid: card,
            prepaid: { net: prepaid, vat: [{ rateBasisPoints: 2000, amount: prepaid / 6n }] },
          }),
        )
      },
    ),
  )
})
