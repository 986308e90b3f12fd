import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { createCreditNote } from './create-credit-note.ts'
import { downloadDocument } from './download-document.ts'
import { downloadInvoiceYear } from './download-invoice-year.ts'
import { downloadInvoicePdf, downloadInvoiceXml } from './download-invoice.ts'
import { downloadSalesJournal } from './download-sales-journal.ts'
import { getInvoice } from './get-invoice.ts'
import { listDocuments } from './list-documents.ts'
import { listInvoiceYears } from './list-invoice-years.ts'
import { listInvoices } from './list-invoices.ts'
import { changeMention, changeSeller, getSeller } from './seller-settings.ts'

/** Invoices and credit notes: the buyer's side, and the operator's. */
export const invoiceRoutes: Route[] = [
  route(contract.listInvoices, listInvoices, { readOnly: true }),
  route(contract.getInvoice, getInvoice, { readOnly: true }),
  route(contract.downloadInvoicePdf, downloadInvoicePdf, { detached: true }),
  route(contract.downloadInvoiceXml, downloadInvoiceXml, { detached: true }),
  route(contract.downloadInvoiceYear, downloadInvoiceYear, { detached: true }),
  route(contract.listInvoiceYears, listInvoiceYears, { readOnly: true }),
  route(contract.createCreditNote, createCreditNote),
  route(contract.listDocuments, listDocuments, { readOnly: true }),
  route(contract.downloadDocument, downloadDocument, { detached: true }),
  route(contract.downloadSalesJournal, downloadSalesJournal, { detached: true }),
  route(contract.getSeller, getSeller, { readOnly: true }),
  route(contract.changeSeller, changeSeller),
  route(contract.changeMention, changeMention),
]
