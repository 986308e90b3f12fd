import type { Locale } from '../../contract/common.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import type { Payer } from '../agency-billing/public.ts'
import { vatBreakdown, type VatCategory } from '../rating/public.ts'
import { buyerOf, type Buyer } from './buyer.ts'
import { deduct } from './deposits.ts'
import { keepDocument, type KeptLine } from './keep-document.ts'
import { sellingNow } from './seller.ts'
import { caseOf, vatOf } from './vat-case.ts'

/**
 * A line to invoice, amounts in minor units without VAT: `net` = quantity × unitPrice − discount. What takes
 * back has a negative unit price. `period` is half-open: `to` is the first day no longer covered.
 */
export type InvoiceLineInput = {
  /** In the payer's language. */
  label: string
  quantity: number
  unitPrice: bigint
  discount: bigint
  /** Why the discount, in the payer's language. */
  discountLabel?: string
  net: bigint
  vatRateBasisPoints: number
  period?: { from: string; to: string }
  hostedAccountId?: string
  kind: string
}

/** What is invoiced. Amounts in minor units. */
export type InvoiceInput = {
  seller: 'operator'
  payer: Payer
  /** The identity kept since the offer; read now when absent. */
  buyer?: Buyer
  /** `deposit` for prepaid credit that later invoices deduct. */
  kind?: 'invoice' | 'deposit'
  lines: readonly InvoiceLineInput[]
  currency: string
  /** Prepaid credit used, VAT included: deducted from what is due. */
  prepaidUsed: bigint
  /** The hosted account whose own prepaid credit it was (B69), or that a deposit is for. */
  prepaidOf?: string
  /** What each prepaid balance gave of `prepaidUsed`, the agency's being null, when there are several. */
  prepaidParts?: readonly { hostedAccountId: string | null; amount: bigint }[]
  /** VAT as it was agreed; by the buyer's details when absent. Lines of a category but S have no rate. */
  vatCategory?: VatCategory
  /** Paid by card, VAT included. */
  cardPaid: bigint
  paidAt?: Temporal.Instant
  /** When the rest is due; the day of issue when absent. */
  dueOn?: Temporal.PlainDate
  /** What it is for, e.g. a purchase: invoiced once, the second call gives the first invoice. */
  reference?: { kind: string; id: string }
  /** Language; the agency's when absent. */
  locale?: Locale
}

/**
 * Issues an invoice in the caller's transaction: numbered in the legal seller's series without gaps, final at
 * once. Call it last in the transaction, after moving money (see `registerDocument`). 409 `invoice.no_seller`
 * on a live installation whose operator has not said who sells. Sums that do not add up, or a VAT rate that is
 * not the buyer's, are the caller's bug.
 */
export async function issueInvoice(
  ctx: Ctx,
  input: InvoiceInput,
): Promise<{ invoiceId: string; number: string }> {
  const known = input.reference && (await findByReference(ctx, input.reference))
  if (known) return known
  const selling = await sellingNow(ctx)
  const buyer = input.buyer ?? (await buyerOf(ctx, input.payer))
  const vat = vatOf(selling.seller, buyer)
  // Rated lines stay rated, even if the seller's scheme changed since they were agreed.
  const rated = input.lines.some((line) => line.vatRateBasisPoints > 0)
  const category = input.vatCategory ?? (rated ? 'S' : vat.category)
  const lines = input.lines.map((line) => keptLine(line, category))
  const strange = lines.find((l) => l.rateBasisPoints > 0 !== (category === 'S'))
  if (strange)
    throw new Error(`line “${strange.label}” has VAT ${strange.rateBasisPoints} in category ${category}`)
  const totals = vatBreakdown(lines)
  const rest = totals.gross - input.prepaidUsed - input.cardPaid
  if (lines.length === 0 || totals.gross < 0n || rest < 0n)
    throw new Error(
      `an invoice of ${totals.gross} cannot be paid with ${input.prepaidUsed} + ${input.cardPaid}`,
    )
  const ownAccount = input.prepaidParts?.find((p) => p.hostedAccountId !== null)?.hostedAccountId
  const deducted = await deduct(ctx, {
    payer: input.payer,
    hostedAccountId: ownAccount ?? input.prepaidOf ?? null,
    currency: input.currency,
    amount: input.prepaidUsed,
  })
  return keepDocument(ctx, {
    kind: input.kind ?? 'invoice',
    selling,
    payer: input.payer,
    buyer,
    vatCase: category === vat.category ? vat.case : caseOf(category, selling.seller),
    lines,
    totals,
    currency: input.currency,
    hostedAccountId: input.prepaidOf ?? null,
    prepaidUsed: input.prepaidUsed,
    deducted,
    cardPaid: input.cardPaid,
    paidAt: rest === 0n ? (input.paidAt ?? ctx.now) : null,
    dueOn: rest === 0n ? null : (input.dueOn ?? null),
    locale: input.locale ?? agencyOf(ctx).locale,
    originalId: null,
    reason: null,
    reference: input.reference ?? null,
  })
}

function keptLine(line: InvoiceLineInput, category: VatCategory): KeptLine {
  if (line.net !== BigInt(line.quantity) * line.unitPrice - line.discount)
    throw new Error(`line “${line.label}” does not add up to ${line.net}`)
  return {
    kind: line.kind,
    label: line.label,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    discount: line.discount,
    discountLabel: line.discountLabel ?? null,
    net: line.net,
    rateBasisPoints: line.vatRateBasisPoints,
    category,
    periodFrom: line.period?.from ?? null,
    periodTo: line.period?.to ?? null,
    hostedAccountId: line.hostedAccountId ?? null,
  }
}

async function findByReference(
  ctx: Ctx,
  reference: { kind: string; id: string },
): Promise<{ invoiceId: string; number: string } | undefined> {
  const [row] = await ctx.tx.query<{ id: string; number: string }>(
    'invoice_by_reference',
    `select id, number from invoice where agency_id = $1 and reference_kind = $2 and reference_id = $3 and kind <> 'credit_note'`,
    [ctx.agencyId, reference.kind, reference.id],
  )
  return row && { invoiceId: row.id, number: row.number }
}
