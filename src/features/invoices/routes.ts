import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { createCreditNote } from './create-credit-note.ts'
import { getInvoice } from './get-invoice.ts'
import { listInvoices } from './list-invoices.ts'

/** Invoices and credit notes: the buyer's side, and the operator's. */
export const invoiceRoutes: Route[] = [
  route(contract.listInvoices, listInvoices, { readOnly: true }),
  route(contract.getInvoice, getInvoice, { readOnly: true }),
  route(contract.createCreditNote, createCreditNote),
]
