import type { Locale } from '../../contract/common.ts'
import type { Ctx } from '../../server/context.ts'
import type { VatCategory } from '../rating/public.ts'
import type { Buyer } from './buyer.ts'
import type { GroupJson } from './deposits.ts'
import type { MentionTexts, Seller } from './seller.ts'
import type { VatCase } from './vat-case.ts'

/** A line as a document shows it; minor units; `periodTo` is the first day it no longer covers. */
export type LineFacts = {
  label: string
  kind: string
  quantity: number
  unitPrice: bigint
  discount: bigint
  discountLabel: string | null
  net: bigint
  rateBasisPoints: number
  category: VatCategory
  periodFrom: string | null
  periodTo: string | null
}
/** Another document it refers to. */
export type Referred = { id: string; number: string; issuedOn: string }
/** All a document says, as it was when issued: what its PDF and its XML are made of. */
export type DocumentFacts = {
  id: string
  kind: 'invoice' | 'deposit' | 'credit_note'
  number: string
  issuedOn: string
  dueOn: string
  paidAt: string | null
  createdAt: string
  locale: Locale
  seller: Seller
  buyer: Buyer
  currency: string
  lines: LineFacts[]
  groups: GroupJson[]
  net: bigint
  vat: bigint
  gross: bigint
  prepaidUsed: bigint
  cardPaid: bigint
  amountDue: bigint
  vatCase: VatCase
  mentions: { code: string; texts: MentionTexts }[]
  reason: string | null
  original: Referred | null
  /** Deposit invoices it deducts, with how much, VAT included. */
  deposits: (Referred & { amount: bigint })[]
}

type Row = Omit<DocumentFacts, 'lines' | 'original' | 'deposits'> & { originalId: string | null }

const documentSql = `
  select id, kind, number, issued_on as "issuedOn", due_on as "dueOn", paid_at as "paidAt", created_at as "createdAt", locale,
    seller, buyer, currency, net, vat, gross, vat_groups as groups, prepaid_used as "prepaidUsed", card_paid as "cardPaid",
    amount_due as "amountDue", vat_case as "vatCase", mentions, reason, original_id as "originalId"
  from invoice where agency_id = $1 and id = $2`

const linesSql = `
  select label, kind, quantity, unit_price as "unitPrice", discount, discount_label as "discountLabel", net,
    vat_rate_basis_points as "rateBasisPoints", vat_category as category, period_from as "periodFrom", period_to as "periodTo"
  from invoice_line where agency_id = $1 and invoice_id = $2 order by position`

const depositsSql = `
  select d.id, d.number, d.issued_on as "issuedOn", u.amount from deposit_use u
  join invoice d on d.agency_id = $1 and d.id = u.deposit_id
  where u.agency_id = $1 and u.invoice_id = $2 order by d.issued_on, d.number`

const originalSql = `
  select o.id, o.number, o.issued_on as "issuedOn" from invoice i join invoice o on o.agency_id = $1 and o.id = i.original_id
  where i.agency_id = $1 and i.id = $2`

/** A document of this agency, whole; undefined when there is none. Asks nobody's sight. */
export async function documentFacts(ctx: Ctx, id: string): Promise<DocumentFacts | undefined> {
  const at = [ctx.agencyId, id]
  const [[row], lines, deposits, [original]] = await Promise.all([
    ctx.tx.query<Row>('document_facts', documentSql, at),
    ctx.tx.query<LineFacts>('document_lines', linesSql, at),
    ctx.tx.query<Referred & { amount: bigint }>('document_deposits', depositsSql, at),
    ctx.tx.query<Referred>('document_original', originalSql, at),
  ])
  return row && { ...row, lines, deposits, original: original ?? null }
}
