export { buyerOf, type Buyer } from './buyer.ts'
export {
  creditableOf,
  issueCreditNote,
  linesOfGross,
  type CreditLine,
  type CreditNoteInput,
} from './issue-credit-note.ts'
export { issueInvoice, type InvoiceInput, type InvoiceLineInput } from './issue-invoice.ts'
export { registeredBuyer } from './registered-buyer.ts'
export { sellingNow, type Seller, type Selling } from './seller.ts'
export { vatOf, type Vat, type VatCase } from './vat-case.ts'
