import { z } from 'zod'
import {
  calendarDate,
  email,
  instant,
  line,
  money,
  nothing,
  optionalLine,
  page,
} from '../../contract/common.ts'
import { country } from '../../contract/countries.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'
import { listOf } from '../../contract/list-of.ts'
import { timeZone } from '../../contract/time-zone.ts'

const common = { realms: ['agency' as const], may: 'invoices.read' as const }
const operator = { realms: ['operator' as const], may: 'operator' as const }

/** Kinds of document. */
export const documentKinds = ['invoice', 'deposit', 'credit_note'] as const

/** A document as a list shows it. */
export const invoiceRow = z.strictObject({
  id: idAnswer('invoice'),
  kind: z.enum(documentKinds),
  number: z.string(),
  issuedOn: calendarDate,
  dueOn: calendarDate,
  paidAt: instant.nullable(),
  /** Whom it is made out to; `clientId` when to a client of the agency. */
  payer: z.strictObject({
    kind: z.enum(['agency', 'client']),
    clientId: idAnswer('client').nullable(),
    name: z.string(),
  }),
  net: money,
  vat: money,
  gross: money,
  /** Left to pay; on a credit note, left to give back. */
  amountDue: money,
  /** First line's text. */
  about: z.string(),
})

const party = z.strictObject({
  name: z.string(),
  siren: z.string().nullable(),
  siret: z.string().nullable(),
  vatNumber: z.string().nullable(),
  addressLine1: z.string().nullable(),
  addressLine2: z.string().nullable(),
  postalCode: z.string().nullable(),
  city: z.string().nullable(),
  country: z.string(),
})

/** A document whole. */
export const invoiceRecord = invoiceRow.extend({
  seller: party,
  buyer: party.extend({ email: z.string().nullable(), purchaseReference: z.string().nullable() }),
  lines: z.array(
    z.strictObject({
      label: z.string(),
      kind: z.string(),
      quantity: z.int(),
      unitPrice: money,
      discount: money,
      discountLabel: z.string().nullable(),
      net: money,
      vatRateBasisPoints: z.int(),
      /** Half-open: `to` is the first day no longer covered. */
      period: z.strictObject({ from: calendarDate, to: calendarDate }).nullable(),
    }),
  ),
  vatGroups: z.array(z.strictObject({ rateBasisPoints: z.int(), net: money, vat: money })),
  prepaidUsed: money,
  cardPaid: money,
  mentions: z.array(z.string()),
  /** The invoice that a credit note corrects. */
  original: z.strictObject({ id: idAnswer('invoice'), number: z.string() }).nullable(),
  reason: z.string().nullable(),
  creditNotes: z.array(
    z.strictObject({ id: idAnswer('invoice'), number: z.string(), issuedOn: calendarDate, gross: money }),
  ),
  /** Deposit invoices it deducts. */
  deposits: z.array(z.strictObject({ id: idAnswer('invoice'), number: z.string(), amount: money })),
})

/** Documents of the agency, newest first; a client member's are those made out to clients it sees. */
export const listInvoices = endpoint({
  ...common,
  name: 'listInvoices',
  method: 'GET',
  path: '/invoices',
  summary: 'Invoices, deposit invoices and credit notes, newest first.',
  query: z.strictObject({
    q: z.string().max(200).optional(),
    kind: listOf(z.enum(documentKinds)).optional(),
    year: z.coerce.number().int().min(2000).max(2999).optional(),
    /** `due`: something is left to pay. */
    status: z.enum(['paid', 'due']).optional(),
    clientId: idInput('client').optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(200).optional(),
    total: z.stringbool().optional(),
  }),
  answer: page(invoiceRow),
})

/** One document with its lines. */
export const getInvoice = endpoint({
  ...common,
  name: 'getInvoice',
  method: 'GET',
  path: '/invoices/:id',
  summary: 'One invoice or credit note with its lines, VAT and what it refers to.',
  params: z.strictObject({ id: idInput('invoice') }),
  answer: invoiceRecord,
})

/** Gives back all or part of an invoice, from the operator's console; no money is moved. */
export const createCreditNote = endpoint({
  ...operator,
  name: 'createCreditNote',
  method: 'POST',
  path: '/operator/invoices/:id/credit-notes',
  summary: 'Issue a credit note on an invoice: the rest of it, or an amount without VAT at one of its rates.',
  params: z.strictObject({ id: idInput('invoice') }),
  body: z.strictObject({
    reason: line(200),
    /** Without VAT; everything that is left when absent. */
    amount: z
      .strictObject({ label: line(200), net: money, vatRateBasisPoints: z.int().min(0).max(10_000) })
      .optional(),
  }),
  answer: z.strictObject({ id: idAnswer('invoice'), number: z.string() }),
  status: 201,
  refusals: ['credit_note.too_much', 'credit_note.refund_pending', 'invoice.no_seller'],
})

/** The PDF of a document: PDF/A-3b with its XML inside (Factur-X). */
export const downloadInvoicePdf = endpoint({
  ...common,
  name: 'downloadInvoicePdf',
  method: 'GET',
  path: '/invoices/:id/pdf',
  summary: 'The PDF of an invoice or credit note, with its Factur-X XML attached.',
  params: z.strictObject({ id: idInput('invoice') }),
  answer: nothing,
  streams: 'application/pdf',
})

/** The XML of a document alone. */
export const downloadInvoiceXml = endpoint({
  ...common,
  name: 'downloadInvoiceXml',
  method: 'GET',
  path: '/invoices/:id/xml',
  summary: 'The Cross Industry Invoice XML of an invoice or credit note (EN 16931 profile of Factur-X).',
  params: z.strictObject({ id: idInput('invoice') }),
  answer: nothing,
  streams: 'application/xml',
})

/** A whole year in one archive. */
export const downloadInvoiceYear = endpoint({
  ...common,
  name: 'downloadInvoiceYear',
  method: 'GET',
  path: '/invoice-years/:year/file',
  summary: 'Every invoice and credit note of a year as one ZIP archive of PDFs.',
  params: z.strictObject({ year: z.coerce.number().int().min(2000).max(2999) }),
  query: z.strictObject({ clientId: idInput('client').optional() }),
  answer: nothing,
  streams: 'application/zip',
  dear: true,
  refusals: ['invoice.none_that_year'],
})

/** Years that have documents, newest first, with how many. */
export const listInvoiceYears = endpoint({
  ...common,
  name: 'listInvoiceYears',
  method: 'GET',
  path: '/invoice-years',
  summary: 'Years that have invoices, newest first, with how many and their total.',
  answer: z.strictObject({
    data: z.array(z.strictObject({ year: z.int(), count: z.int(), gross: z.array(money) })),
  }),
})

/** The seller's register. */
export const listDocuments = endpoint({
  ...operator,
  name: 'listDocuments',
  method: 'GET',
  path: '/operator/invoices',
  summary: 'Invoices and credit notes that the operator issued, newest first.',
  query: z.strictObject({
    q: z.string().max(200).optional(),
    year: z.coerce.number().int().min(2000).max(2999).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(200).optional(),
  }),
  answer: page(
    z.strictObject({
      id: idAnswer('invoice'),
      agencyId: idAnswer('agency'),
      kind: z.enum(documentKinds),
      number: z.string(),
      issuedOn: calendarDate,
      buyer: z.string(),
      net: money,
      vat: money,
      gross: money,
    }),
  ),
})

/** The PDF of a document that the operator issued. */
export const downloadDocument = endpoint({
  ...operator,
  name: 'downloadDocument',
  method: 'GET',
  path: '/operator/invoices/:id/pdf',
  summary: 'The PDF of an invoice or credit note that the operator issued.',
  params: z.strictObject({ id: idInput('invoice') }),
  answer: nothing,
  streams: 'application/pdf',
})

/** The operator's journal of a year in the French tax format. */
export const downloadSalesJournal = endpoint({
  ...operator,
  name: 'downloadSalesJournal',
  method: 'GET',
  path: '/operator/sales-journal',
  summary: 'Sales and card receipts of a year as a FEC, the French accounting file.',
  query: z.strictObject({
    year: z.coerce.number().int().min(2000).max(2999),
    /** When the legal person changed during the year: whose file. */
    siren: z
      .string()
      .regex(/^\d{9}$/)
      .optional(),
  }),
  answer: nothing,
  streams: 'text/plain',
  dear: true,
  refusals: ['journal.empty'],
})

/** What a document may have to say. */
export const mentionCodes = [
  'recovery',
  'penalty',
  'discount',
  'debits',
  'vat.reverse_charge',
  'vat.outside_eu',
  'vat.franchise',
  'vat.overseas',
] as const

const identity = {
  name: z.string(),
  legalForm: z.string().nullable(),
  shareCapital: money.nullable(),
  registerCity: z.string().nullable(),
  siren: z.string(),
  siret: z.string().nullable(),
  vatNumber: z.string().nullable(),
  vatScheme: z.enum(['normal', 'franchise']),
  vatOnDebits: z.boolean(),
  addressLine1: z.string(),
  addressLine2: z.string().nullable(),
  postalCode: z.string(),
  city: z.string(),
  country: z.string(),
  contactName: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string(),
  website: z.string().nullable(),
  bankName: z.string().nullable(),
  iban: z.string().nullable(),
  bic: z.string().nullable(),
  timeZone: z.string(),
  validFrom: calendarDate,
}
const mentionTexts = z.strictObject({
  fr: line(400),
  en: line(400).optional(),
  es: line(400).optional(),
  zh: line(400).optional(),
})

/** Who sells, as dated versions, and what the law wants printed. */
export const sellerSettings = z.strictObject({
  current: z.strictObject(identity).nullable(),
  /** The seller's day: no version can begin before. */
  today: calendarDate,
  /** The made-up identity that an installation ships with still applies. */
  example: z.boolean(),
  /** Something can be sold: a live installation needs an identity of its own. */
  sells: z.boolean(),
  versions: z.array(z.strictObject({ ...identity, createdAt: instant, createdBy: z.string() })),
  mentions: z.array(
    z.strictObject({
      code: z.enum(mentionCodes),
      validFrom: calendarDate,
      texts: mentionTexts,
      source: z.string(),
      state: z.enum(['current', 'coming', 'past']),
      createdBy: z.string(),
    }),
  ),
})

/** The operator's legal identity. */
export const getSeller = endpoint({
  ...operator,
  name: 'getSeller',
  method: 'GET',
  path: '/operator/seller',
  summary: 'Legal identity that documents are issued under, and legal mentions, as dated versions.',
  answer: sellerSettings,
})

/** What a new version of the identity is made of; the page's form checks with the same rules. */
export const newSeller = z.strictObject({
  validFrom: calendarDate,
  name: line(160),
  legalForm: optionalLine(60),
  shareCapital: money.refine((m) => m.amount >= 0 && m.currency === 'EUR', 'field.invalid').nullable(),
  registerCity: optionalLine(80),
  siren: line(30),
  siret: optionalLine(40),
  vatNumber: optionalLine(40),
  vatScheme: z.enum(['normal', 'franchise']),
  vatOnDebits: z.boolean(),
  addressLine1: line(160),
  addressLine2: optionalLine(160),
  postalCode: line(12),
  city: line(80),
  country,
  contactName: optionalLine(80),
  phone: optionalLine(40),
  email,
  website: optionalLine(200),
  bankName: optionalLine(80),
  iban: optionalLine(50),
  bic: optionalLine(11),
  timeZone,
})

/** A new version of the legal identity. */
export const changeSeller = endpoint({
  ...operator,
  name: 'changeSeller',
  method: 'POST',
  path: '/operator/seller',
  summary: 'Write a new version of the legal identity, from a day on that has not passed.',
  body: newSeller,
  answer: sellerSettings,
  refusals: ['seller.past'],
})

/** A new version of a mention. */
export const changeMention = endpoint({
  ...operator,
  name: 'changeMention',
  method: 'POST',
  path: '/operator/mentions/:code',
  summary: 'Write a new version of a legal mention, from a day on that has not passed.',
  params: z.strictObject({ code: z.enum(mentionCodes) }),
  body: z.strictObject({ validFrom: calendarDate, texts: mentionTexts, source: line(200) }),
  answer: sellerSettings,
  refusals: ['seller.past'],
})
