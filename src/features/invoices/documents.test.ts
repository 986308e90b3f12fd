import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { XMLParser } from 'fast-xml-parser'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { toPublicId } from '../../contract/ids.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { startTestApp, type Browser, type TestApp } from '../../server/testing.ts'
import { makeAgency, makeClient, makeMember, type TestAgency } from '../../server/testing-people.ts'
import * as contract from './contract.ts'
import { issueCreditNote, issueInvoice, type Buyer, type InvoiceInput } from './public.ts'

let t: TestApp
let agency: TestAgency
before(async () => {
  t = await startTestApp()
  agency = await makeAgency(t)
})
after(() => t.close())

const french: Buyer = {
  name: 'Agence Lumière & Fils <Lyon>',
  siren: '552100554',
  siret: '55210055400013',
  vatNumber: 'FR96552100554',
  email: 'compta@lumiere.example',
  addressLine1: '3 place Bellecour',
  addressLine2: 'Bâtiment B',
  postalCode: '69002',
  city: 'Lyon',
  country: 'FR',
  purchaseReference: 'BC-8842',
}
const german: Buyer = {
  ...french,
  name: 'Nordlicht Werbeagentur GmbH',
  siren: null,
  siret: null,
  vatNumber: 'DE136695976',
  postalCode: '20457',
  city: 'Hamburg',
  country: 'DE',
  purchaseReference: null,
}
const american: Buyer = { ...german, name: 'Bluewater Ltd', vatNumber: null, country: 'US' }

const line = (net: bigint, more: object = {}) => ({
  label: 'Compte hébergé « Atelier Nova » & Cie',
  quantity: 1,
  unitPrice: net,
  discount: 0n,
  net,
  vatRateBasisPoints: 2000,
  kind: 'plan',
  ...more,
})

async function issue(given: Partial<InvoiceInput>): Promise<{ id: string; number: string }> {
  const { invoiceId, number } = await runInTenant(t.app, { agencyId: agency.id }, (ctx) =>
    issueInvoice(ctx, {
      seller: 'operator',
      payer: { kind: 'agency' },
      buyer: french,
      lines: [line(10_000n)],
      currency: 'EUR',
      prepaidUsed: 0n,
      cardPaid: 0n,
      ...given,
    }),
  )
  return { id: toPublicId('invoice', invoiceId), number }
}

type Node = { [name: string]: Node } & { '#text'?: string } & Node[]
const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false, removeNSPrefix: true })

async function xmlOf(id: string): Promise<{ raw: string; invoice: Node }> {
  const response = await agency.owner.browser.send(contract.downloadInvoiceXml, { params: { id } })
  assert.equal(response.statusCode, 200)
  return { raw: response.body, invoice: (parser.parse(response.body) as Node)['CrossIndustryInvoice']! }
}

async function pdfOf(id: string): Promise<{ text: string; files: Record<string, string>; metadata: string }> {
  const response = await agency.owner.browser.send(contract.downloadInvoicePdf, { params: { id } })
  assert.equal(response.statusCode, 200)
  const document = await getDocument({
    data: new Uint8Array(response.rawPayload),
    useSystemFonts: true,
    verbosity: 0,
  }).promise
  let text = ''
  for (let n = 1; n <= document.numPages; n++) {
    const { items } = await (await document.getPage(n)).getTextContent()
    text += items.map((i) => ('str' in i ? i.str + (i.hasEOL ? '\n' : '') : '')).join('')
  }
  const files: Record<string, string> = {}
  for (const name of ((await document.getAttachments()) ?? new Map<string, unknown>()).keys())
    files[name] = Buffer.from((await document.getAttachmentContent(name)) as Uint8Array).toString()
  const { metadata } = await document.getMetadata()
  return { text: text.replaceAll(/[\u00a0\u202f]/g, ' '), files, metadata: metadata!.getRaw() as string }
}

const list = (node: Node | undefined): Node[] =>
  node === undefined ? [] : Array.isArray(node) ? node : [node]
const text = (node: Node | undefined): string => (typeof node === 'string' ? node : (node?.['#text'] ?? ''))
const cents = (node: Node | undefined): number => Math.round(Number(text(node)) * 100)

/** Recomputes every sum of the XML from its lines (EN 16931 BR-CO-10 to BR-CO-17). */
function sumsHold(invoice: Node): void {
  const trade = invoice['SupplyChainTradeTransaction']!
  const settlement = trade['ApplicableHeaderTradeSettlement']!
  const sums = settlement['SpecifiedTradeSettlementHeaderMonetarySummation']!
  const bases = new Map<string, number>()
  for (const item of list(trade['IncludedSupplyChainTradeLineItem'])) {
    const of = item['SpecifiedLineTradeSettlement']!
    const price = cents(item['SpecifiedLineTradeAgreement']!['NetPriceProductTradePrice']!['ChargeAmount'])
    const quantity = Number(text(item['SpecifiedLineTradeDelivery']!['BilledQuantity']))
    const allowance = of['SpecifiedTradeAllowanceCharge']
    const total = cents(of['SpecifiedTradeSettlementLineMonetarySummation']!['LineTotalAmount'])
    assert.equal(total, price * quantity - (allowance ? cents(allowance['ActualAmount']) : 0))
    if (allowance?.['CalculationPercent'])
      assert.equal(
        cents(allowance['ActualAmount']),
        Math.round((cents(allowance['BasisAmount']) * Number(text(allowance['CalculationPercent']))) / 100),
      )
    const tax = of['ApplicableTradeTax']!
    const key = `${text(tax['CategoryCode'])} ${text(tax['RateApplicablePercent'])}`
    bases.set(key, (bases.get(key) ?? 0) + total)
  }
  let net = 0
  let vat = 0
  for (const group of list(settlement['ApplicableTradeTax'])) {
    const key = `${text(group['CategoryCode'])} ${text(group['RateApplicablePercent'])}`
    assert.equal(cents(group['BasisAmount']), bases.get(key))
    assert.equal(
      cents(group['CalculatedAmount']),
      Math.round((bases.get(key)! * Number(text(group['RateApplicablePercent']) || 0)) / 100),
    )
    net += cents(group['BasisAmount'])
    vat += cents(group['CalculatedAmount'])
    bases.delete(key)
  }
  assert.equal(bases.size, 0)
  const gross = net + vat
  const paid = sums['TotalPrepaidAmount'] ? cents(sums['TotalPrepaidAmount']) : 0
  assert.deepEqual(
    ['LineTotalAmount', 'TaxBasisTotalAmount', 'TaxTotalAmount', 'GrandTotalAmount', 'DuePayableAmount'].map(
      (k) => cents(sums[k]),
    ),
    [net, net, vat, gross, gross - paid],
  )
}

test('a French invoice says all the French rules want, and its sums hold', async () => {
  const { id, number } = await issue({
    lines: [
      line(14_900n, { period: { from: '2026-11-01', to: '2026-12-01' } }),
      line(11_227n, {
        quantity: 3,
        unitPrice: 4990n,
        discount: 3743n,
        discountLabel: 'Remise de volume 25 %',
        net: 11_227n,
      }),
      line(-3493n),
    ],
  })
  const { raw, invoice } = await xmlOf(id)
  sumsHold(invoice)
  const context = invoice['ExchangedDocumentContext']!
  assert.equal(text(context['BusinessProcessSpecifiedDocumentContextParameter']!['ID']), 'S1')
  assert.equal(text(context['GuidelineSpecifiedDocumentContextParameter']!['ID']), 'urn:cen.eu:en16931:2017')
  const document = invoice['ExchangedDocument']!
  assert.deepEqual([text(document['ID']), text(document['TypeCode'])], [number, '380'])
  const subjects = list(document['IncludedNote']).map((n) => text(n['SubjectCode']))
  assert.deepEqual(subjects, ['PMT', 'PMD', 'AAB', 'BAR'])
  const trade = invoice['SupplyChainTradeTransaction']!
  const { SellerTradeParty: seller, BuyerTradeParty: buyer } = trade['ApplicableHeaderTradeAgreement']!
  for (const [party, siren] of [
    [seller!, '732829320'],
    [buyer!, '552100554'],
  ] as const) {
    const organisation = party['SpecifiedLegalOrganization']!['ID']!
    assert.deepEqual([text(organisation), organisation['@_schemeID'] as unknown], [siren, '0002'])
    const address = party['URIUniversalCommunication']!['URIID']!
    assert.deepEqual([text(address), address['@_schemeID'] as unknown], [siren, '0225'])
  }
  assert.equal(text(buyer!['Name']), french.name)
  assert.match(raw, /Agence Lumière &amp; Fils &lt;Lyon&gt;/)
  const items = list(trade['IncludedSupplyChainTradeLineItem'])
  assert.equal(text(items[2]!['SpecifiedLineTradeDelivery']!['BilledQuantity']), '-1')
  assert.equal(
    text(items[1]!['SpecifiedLineTradeSettlement']!['SpecifiedTradeAllowanceCharge']!['CalculationPercent']),
    '25.00',
  )
  const days = items[0]!['SpecifiedLineTradeSettlement']!['BillingSpecifiedPeriod']!
  assert.equal(text(days['EndDateTime']!['DateTimeString']), '20261130')
})

test('the PDF reads as it should and carries the very XML, as Factur-X and PDF/A-3b', async () => {
  const { id, number } = await issue({ cardPaid: 12_000n, lines: [line(10_000n)] })
  const { text: words, files, metadata } = await pdfOf(id)
  for (const said of [
    `Facture`,
    number,
    'Canopée SAS',
    'SIRET 732 829 320 00074',
    'SAS au capital de 10 000 €',
    french.name,
    'Compte hébergé « Atelier Nova » & Cie',
    'TVA 20 % sur 100,00 €',
    '−120,00 €',
    'Facture payée par carte. Merci.',
    'Pénalités de retard : trois fois le taux d’intérêt légal.',
    'Page 1 sur 1',
  ])
    assert.ok(words.includes(said), `${said} is not in ${words}`)
  assert.deepEqual(Object.keys(files), ['factur-x.xml'])
  assert.equal(files['factur-x.xml'], (await xmlOf(id)).raw)
  const meta = parser.parse(metadata) as Node
  assert.ok(meta['xmpmeta'] !== undefined, 'well formed in spite of the & in the buyer’s name')
  assert.match(metadata, /<pdfaid:part>3<\/pdfaid:part>\s*<pdfaid:conformance>B</)
  assert.match(metadata, /<fx:DocumentFileName>factur-x.xml<\/fx:DocumentFileName>/)
  assert.match(metadata, /<fx:ConformanceLevel>EN 16931<\/fx:ConformanceLevel>/)
  assert.match(metadata, /Agence Lumière &amp; Fils/)
})

test('the same bytes for good, kept by the browser only while it may read them', async () => {
  const { id } = await issue({})
  const first = await agency.owner.browser.send(contract.downloadInvoicePdf, { params: { id } })
  const [, again] = await Promise.all(
    [1, 2].map(() => agency.owner.browser.send(contract.downloadInvoicePdf, { params: { id } })),
  )
  assert.deepEqual(first.rawPayload, again!.rawPayload)
  assert.equal(first.headers['cache-control'], 'private, no-cache')
  const etag = first.headers['etag'] as string
  const known = await agency.owner.browser.send(
    contract.downloadInvoicePdf,
    { params: { id } },
    { 'if-none-match': etag },
  )
  assert.deepEqual([known.statusCode, known.body], [304, ''])
  assert.equal(
    (
      await t
        .browser(agency.slug)
        .send(contract.downloadInvoicePdf, { params: { id } }, { 'if-none-match': etag })
    ).statusCode,
    401,
  )
})

test('reverse charge, out of scope, deposits and credit notes each say their reason', async () => {
  const zero = { vatRateBasisPoints: 0 }
  const reverse = await issue({ buyer: german, lines: [line(70_000n, zero)], locale: 'en' })
  const inverted = (await xmlOf(reverse.id)).invoice
  sumsHold(inverted)
  const tax =
    inverted['SupplyChainTradeTransaction']!['ApplicableHeaderTradeSettlement']!['ApplicableTradeTax']!
  assert.deepEqual(
    ['CategoryCode', 'ExemptionReasonCode', 'RateApplicablePercent'].map((k) => text(tax[k])),
    ['AE', 'VATEX-EU-AE', '0.00'],
  )
  const reversed = (await pdfOf(reverse.id)).text
  assert.ok(reversed.includes('Autoliquidation') && reversed.includes('Reverse charge'), reversed)

  const outside = await xmlOf((await issue({ buyer: american, lines: [line(70_000n, zero)] })).id)
  sumsHold(outside.invoice)
  // Out of scope: no VAT number, no rate (BR-O-02, BR-O-05).
  assert.ok(!outside.raw.includes('schemeID="VA"') && !outside.raw.includes('RateApplicablePercent'))

  const deposit = await issue({ kind: 'deposit', cardPaid: 12_000n })
  assert.equal(text((await xmlOf(deposit.id)).invoice['ExchangedDocument']!['TypeCode']), '386')
  const final = await issue({ lines: [line(20_000n)], prepaidUsed: 12_000n, cardPaid: 12_000n })
  const deducted = (await xmlOf(final.id)).invoice
  sumsHold(deducted)
  assert.equal(
    text(deducted['ExchangedDocumentContext']!['BusinessProcessSpecifiedDocumentContextParameter']!['ID']),
    'S4',
  )
  const cited = (i: Node) =>
    list(
      i['SupplyChainTradeTransaction']!['ApplicableHeaderTradeSettlement']!['InvoiceReferencedDocument'],
    ).map((r) => text(r['IssuerAssignedID']))
  assert.deepEqual(cited(deducted), [deposit.number])
  const { text: words } = await pdfOf(final.id)
  assert.ok(words.includes(`Acompte ${deposit.number}`) && words.includes('Reste à payer'))

  const { invoiceId } = await runInTenant(t.app, { agencyId: agency.id }, async (ctx) =>
    issueCreditNote(ctx, {
      invoiceId: (
        await t.sql<{ id: string }>(`select id from invoice where number = $1`, [reverse.number])
      )[0]!.id,
      lines: 'rest',
      reason: 'Compte résilié',
    }),
  )
  const note = (await xmlOf(toPublicId('invoice', invoiceId))).invoice
  sumsHold(note)
  assert.equal(text(note['ExchangedDocument']!['TypeCode']), '381')
  assert.deepEqual(cited(note), [reverse.number])
})

test('Chinese names are drawn, on several pages when the lines are many', async () => {
  const { id } = await issue({
    buyer: { ...american, name: '灯塔传媒（上海）有限公司', country: 'CN', city: '上海' },
    lines: Array.from({ length: 40 }, (_, i) =>
      line(100n, { vatRateBasisPoints: 0, label: `托管账户 ${i + 1}` }),
    ),
    locale: 'zh',
  })
  const { text: words } = await pdfOf(id)
  assert.ok(words.includes('灯塔传媒（上海）有限公司') && words.includes('托管账户 40'))
  assert.match(words, /第 1 页，共 [2-9] 页/)
})

test('a year comes as one archive, of what is in sight', async () => {
  const own = await makeAgency(t)
  const holder = await makeMember(t, own, { role: 'client', seesUnassigned: false })
  const seen = await makeClient(t, own, { name: 'Vue', assignees: [holder] })
  const of = (payer: InvoiceInput['payer']) =>
    runInTenant(t.app, { agencyId: own.id }, (ctx) =>
      issueInvoice(ctx, {
        seller: 'operator',
        payer,
        lines: [line(100n)],
        currency: 'EUR',
        prepaidUsed: 0n,
        cardPaid: 0n,
      }),
    )
  const first = await of({ kind: 'agency' })
  const second = await of({ kind: 'client', id: seen.id })
  const year = Number(first.number.slice(2, 6))
  const names = async (browser: Browser) => {
    const response = await browser.send(contract.downloadInvoiceYear, { params: { year } as never })
    assert.equal(response.headers['content-type'], 'application/zip')
    return [...new Set(response.rawPayload.toString('latin1').match(/F-\d{4}-\d{6}\.pdf/g))]
  }
  assert.deepEqual(await names(own.owner.browser), [`${first.number}.pdf`, `${second.number}.pdf`])
  assert.deepEqual(await names(holder.browser), [`${second.number}.pdf`])
  assert.equal(
    (await own.owner.browser.refusal(contract.downloadInvoiceYear, { params: { year: 2001 } as never })).code,
    'invoice.none_that_year',
  )
  const { data } = await own.owner.browser.call(contract.listInvoiceYears, {})
  assert.deepEqual(data, [{ year, count: 2, gross: [{ amount: 240, currency: 'EUR' }] }])
})
