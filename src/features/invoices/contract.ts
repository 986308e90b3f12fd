import { z } from 'zod'
import { calendarDate, instant, line, money, page } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer, idInput } from '../../contract/ids.ts'
import { listOf } from '../../contract/list-of.ts'

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
  refusals: ['credit_note.too_much', 'invoice.no_seller'],
})
