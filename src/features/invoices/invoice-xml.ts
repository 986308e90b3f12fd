import { decimalsOf } from '../../contract/amounts.ts'
import type { DocumentFacts, LineFacts } from './document-facts.ts'
import { electronicAddress } from './electronic-address.ts'
import { sellerDescription } from './seller-words.ts'
import type { GroupJson } from './deposits.ts'
import { el, type Xml } from './xml-element.ts'

/** Profile EN 16931 of Factur-X. */
export const guideline = 'urn:cen.eu:en16931:2017'

const namespaces = {
  'xmlns:rsm': 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100',
  'xmlns:ram': 'urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100',
  'xmlns:udt': 'urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100',
  'xmlns:qdt': 'urn:un:unece:uncefact:data:standard:QualifiedDataType:100',
}
const typeCodes = { invoice: '380', deposit: '386', credit_note: '381' }
// UNTDID 4451 subjects of notes, one note each (French rules): payment, penalty, discount.
const noteSubjects: Readonly<Record<string, string>> = {
  recovery: 'PMT',
  penalty: 'PMD',
  discount: 'AAB',
  debits: 'AAI',
}
const exemptionCodes = {
  reverse_charge: 'VATEX-EU-AE',
  outside_eu: 'VATEX-EU-O',
  franchise: 'VATEX-FR-FRANCHISE',
}

/**
 * A document as UN/CEFACT Cross Industry Invoice in the EN 16931 profile of Factur-X 1.0, with what the French
 * rules add: both SIRENs (BT-30, BT-47), electronic addresses (BT-34, BT-49), the process code (BT-23), the
 * notes of payment one per subject, deposits deducted (BT-113) and cited (BG-3). Element order is the schema's.
 */
export function invoiceXml(d: DocumentFacts): string {
  const body = el(
    'rsm:CrossIndustryInvoice',
    [
      el('rsm:ExchangedDocumentContext', [
        el('ram:BusinessProcessSpecifiedDocumentContextParameter', [el('ram:ID', processCode(d))]),
        el('ram:GuidelineSpecifiedDocumentContextParameter', [el('ram:ID', guideline)]),
      ]),
      el('rsm:ExchangedDocument', [
        el('ram:ID', d.number),
        el('ram:TypeCode', typeCodes[d.kind]),
        el('ram:IssueDateTime', [date(d.issuedOn)]),
        ...notes(d),
      ]),
      el('rsm:SupplyChainTradeTransaction', [
        ...d.lines.map((line, i) => lineItem(d, line, i + 1)),
        agreement(d),
        el('ram:ApplicableHeaderTradeDelivery', [
          el('ram:ActualDeliverySupplyChainEvent', [el('ram:OccurrenceDateTime', [date(d.issuedOn)])]),
        ]),
        settlement(d),
      ]),
    ],
    namespaces,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n${body!.xml}`
}

/** S1 services to be paid, S2 paid already, S4 final after deposits (BT-23, French list). */
function processCode(d: DocumentFacts): string {
  if (d.kind === 'credit_note') return 'S1'
  if (d.deposits.length > 0) return 'S4'
  return d.amountDue === 0n ? 'S2' : 'S1'
}

function notes(d: DocumentFacts): (Xml | null)[] {
  const note = (content: string, subject: string) =>
    el('ram:IncludedNote', [el('ram:Content', content), el('ram:SubjectCode', subject)])
  return [
    ...d.mentions.flatMap((m) => {
      const subject = noteSubjects[m.code]
      return subject ? [note(m.texts.fr, subject)] : []
    }),
    note(d.buyer.country === 'FR' ? 'B2B' : 'B2BINT', 'BAR'),
    d.reason ? note(d.reason, 'ACD') : null,
  ]
}

function lineItem(d: DocumentFacts, line: LineFacts, id: number): Xml | null {
  // A negative price is not allowed (BR-27): what takes back is a negative quantity.
  const takesBack = line.unitPrice < 0n
  return el('ram:IncludedSupplyChainTradeLineItem', [
    el('ram:AssociatedDocumentLineDocument', [el('ram:LineID', String(id))]),
    el('ram:SpecifiedTradeProduct', [el('ram:Name', line.label)]),
    el('ram:SpecifiedLineTradeAgreement', [
      el('ram:NetPriceProductTradePrice', [
        el('ram:ChargeAmount', amount(d, takesBack ? -line.unitPrice : line.unitPrice)),
      ]),
    ]),
    el('ram:SpecifiedLineTradeDelivery', [
      el('ram:BilledQuantity', String(takesBack ? -line.quantity : line.quantity), { unitCode: 'C62' }),
    ]),
    el('ram:SpecifiedLineTradeSettlement', [
      el('ram:ApplicableTradeTax', [
        el('ram:TypeCode', 'VAT'),
        el('ram:CategoryCode', line.category),
        line.category !== 'O' && el('ram:RateApplicablePercent', percent(line.rateBasisPoints)),
      ]),
      line.periodFrom !== null && period(line.periodFrom, line.periodTo!),
      line.discount !== 0n && allowance(d, line),
      el('ram:SpecifiedTradeSettlementLineMonetarySummation', [
        el('ram:LineTotalAmount', amount(d, line.net)),
      ]),
    ]),
  ])
}

function allowance(d: DocumentFacts, line: LineFacts): Xml | null {
  const before = line.net + line.discount
  const rate = percentOf(line.discount, before)
  return el('ram:SpecifiedTradeAllowanceCharge', [
    el('ram:ChargeIndicator', [el('udt:Indicator', 'false')]),
    rate !== null && el('ram:CalculationPercent', percent(rate)),
    el('ram:BasisAmount', amount(d, before)),
    el('ram:ActualAmount', amount(d, line.discount)),
    el('ram:Reason', line.discountLabel ?? 'Remise'),
  ])
}

/** The rate, in basis points, that gives exactly this discount of a positive amount; null when none of two decimals does. */
export function percentOf(discount: bigint, before: bigint): number | null {
  if (before <= 0n || discount <= 0n) return null
  // Whole percents first: a rung of 25 % is said as that, not as 24.99 %.
  for (const step of [100n, 1n]) {
    const rate = ((discount * 10_000n + before / 2n) / before / step) * step
    for (const near of [rate, rate + step])
      if ((before * near + 5000n) / 10_000n === discount) return Number(near)
  }
  return null
}

function agreement(d: DocumentFacts): Xml | null {
  const s = d.seller
  // A document with lines out of scope names no VAT number (BR-O-02).
  const outOfScope = d.groups.some((g) => g.category === 'O')
  const sellerAddress = electronicAddress(s)
  const buyerAddress = electronicAddress(d.buyer)
  return el('ram:ApplicableHeaderTradeAgreement', [
    el('ram:SellerTradeParty', [
      el('ram:GlobalID', s.siret, { schemeID: '0009' }),
      el('ram:Name', s.name),
      el('ram:Description', sellerDescription(s)),
      el('ram:SpecifiedLegalOrganization', [el('ram:ID', s.siren, { schemeID: '0002' })]),
      el('ram:DefinedTradeContact', [
        el('ram:PersonName', s.contactName),
        el('ram:TelephoneUniversalCommunication', [el('ram:CompleteNumber', s.phone)]),
        el('ram:EmailURIUniversalCommunication', [el('ram:URIID', s.email)]),
      ]),
      address(s),
      el('ram:URIUniversalCommunication', [
        el('ram:URIID', sellerAddress?.address, { schemeID: sellerAddress?.scheme ?? '' }),
      ]),
      !outOfScope && el('ram:SpecifiedTaxRegistration', [el('ram:ID', s.vatNumber, { schemeID: 'VA' })]),
      s.vatNumber === null && el('ram:SpecifiedTaxRegistration', [el('ram:ID', s.siren, { schemeID: 'FC' })]),
    ]),
    el('ram:BuyerTradeParty', [
      el('ram:GlobalID', d.buyer.siret, { schemeID: '0009' }),
      el('ram:Name', d.buyer.name),
      el('ram:SpecifiedLegalOrganization', [el('ram:ID', d.buyer.siren, { schemeID: '0002' })]),
      address(d.buyer),
      el('ram:URIUniversalCommunication', [
        el('ram:URIID', buyerAddress?.address, { schemeID: buyerAddress?.scheme ?? '' }),
      ]),
      !outOfScope &&
        el('ram:SpecifiedTaxRegistration', [el('ram:ID', d.buyer.vatNumber, { schemeID: 'VA' })]),
    ]),
    el('ram:BuyerOrderReferencedDocument', [el('ram:IssuerAssignedID', d.buyer.purchaseReference)]),
  ])
}

function address(p: {
  addressLine1: string | null
  addressLine2: string | null
  postalCode: string | null
  city: string | null
  country: string
}): Xml | null {
  return el('ram:PostalTradeAddress', [
    el('ram:PostcodeCode', p.postalCode),
    el('ram:LineOne', p.addressLine1),
    el('ram:LineTwo', p.addressLine2),
    el('ram:CityName', p.city),
    el('ram:CountryID', p.country),
  ])
}

function settlement(d: DocumentFacts): Xml | null {
  const days = d.lines.filter((l) => l.periodFrom !== null)
  const first = days.map((l) => l.periodFrom!).toSorted()[0]
  const last = days
    .map((l) => l.periodTo!)
    .toSorted()
    .at(-1)
  return el('ram:ApplicableHeaderTradeSettlement', [
    el('ram:PaymentReference', d.number),
    el('ram:InvoiceCurrencyCode', d.currency),
    paymentMeans(d),
    ...d.groups.map((g) => tax(d, g)),
    first !== undefined && period(first, last!),
    el('ram:SpecifiedTradePaymentTerms', [el('ram:DueDateDateTime', [date(d.dueOn)])]),
    el('ram:SpecifiedTradeSettlementHeaderMonetarySummation', [
      el('ram:LineTotalAmount', amount(d, d.net)),
      el('ram:TaxBasisTotalAmount', amount(d, d.net)),
      el('ram:TaxTotalAmount', amount(d, d.vat), { currencyID: d.currency }),
      el('ram:GrandTotalAmount', amount(d, d.gross)),
      d.prepaidUsed + d.cardPaid > 0n && el('ram:TotalPrepaidAmount', amount(d, d.prepaidUsed + d.cardPaid)),
      el('ram:DuePayableAmount', amount(d, d.amountDue)),
    ]),
    ...[...(d.original ? [d.original] : []), ...(d.kind === 'credit_note' ? [] : d.deposits)].map((r) =>
      el('ram:InvoiceReferencedDocument', [
        el('ram:IssuerAssignedID', r.number),
        el('ram:FormattedIssueDateTime', [el('qdt:DateTimeString', compact(r.issuedOn), { format: '102' })]),
      ]),
    ),
  ])
}

/** 48 card, 97 set off (prepaid credit), 30 transfer to the seller's account, 1 when it has none (UNTDID 4461). */
function paymentMeans(d: DocumentFacts): Xml | null {
  const { iban, bic } = d.seller
  if (d.amountDue === 0n)
    return el('ram:SpecifiedTradeSettlementPaymentMeans', [el('ram:TypeCode', d.cardPaid > 0n ? '48' : '97')])
  if (iban === null) return el('ram:SpecifiedTradeSettlementPaymentMeans', [el('ram:TypeCode', '1')])
  return el('ram:SpecifiedTradeSettlementPaymentMeans', [
    el('ram:TypeCode', '30'),
    el('ram:PayeePartyCreditorFinancialAccount', [el('ram:IBANID', iban.replaceAll(/\s/g, ''))]),
    el('ram:PayeeSpecifiedCreditorFinancialInstitution', [el('ram:BICID', bic)]),
  ])
}

function tax(d: DocumentFacts, g: GroupJson): Xml | null {
  const reason = d.mentions.find((m) => m.code === `vat.${d.vatCase}`)?.texts.fr
  return el('ram:ApplicableTradeTax', [
    el('ram:CalculatedAmount', amount(d, BigInt(g.vat))),
    el('ram:TypeCode', 'VAT'),
    g.category !== 'S' && el('ram:ExemptionReason', reason),
    el('ram:BasisAmount', amount(d, BigInt(g.net))),
    el('ram:CategoryCode', g.category),
    g.category !== 'S' &&
      el('ram:ExemptionReasonCode', exemptionCodes[d.vatCase as keyof typeof exemptionCodes]),
    // VAT on debits falls due with the invoice (BT-8 in UNTDID 2475: 5).
    g.category === 'S' && d.seller.vatOnDebits && el('ram:DueDateTypeCode', '5'),
    g.category !== 'O' && el('ram:RateApplicablePercent', percent(g.rateBasisPoints)),
  ])
}

function period(from: string, to: string): Xml | null {
  const last = Temporal.PlainDate.from(to).subtract({ days: 1 }).toString()
  return el('ram:BillingSpecifiedPeriod', [
    el('ram:StartDateTime', [date(from)]),
    el('ram:EndDateTime', [date(last)]),
  ])
}

function date(day: string): Xml | null {
  return el('udt:DateTimeString', compact(day), { format: '102' })
}

function compact(day: string): string {
  return day.replaceAll('-', '')
}

function percent(basisPoints: number): string {
  return (basisPoints / 100).toFixed(2)
}

/** Minor units as a decimal number with the currency's digits. */
function amount(d: DocumentFacts, minor: bigint): string {
  const decimals = decimalsOf(d.currency)
  const size = minor < 0n ? -minor : minor
  const digits = size.toString().padStart(decimals + 1, '0')
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
  return minor < 0n ? `-${text}` : text
}
