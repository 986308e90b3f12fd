import type { Selectable } from 'kysely'
import type { Ctx } from '../../server/context.ts'
import type { Purchase, PurchaseLine as LineTable } from '../../server/schema.gen.ts'
import type { Payer } from '../agency-billing/public.ts'
import type { Buyer } from '../invoices/public.ts'
import type { FailureCode } from '../payment-providers/public.ts'
import type { WalletRef } from '../wallets/public.ts'

/** A row of `purchase`. */
export type PurchaseRow = Selectable<Purchase>
/** A row of `purchase_line`. */
export type LineRow = Selectable<LineTable>

/** What one line sells, in minor units; `net` = quantity × unitPrice − discount. A credit has a negative unit price. */
export type PurchaseLine = {
  /** In the payer's language, as the invoice says it. */
  label: string
  quantity: number
  unitPrice: bigint
  discount: bigint
  /** Why the discount, in the payer's language. */
  discountLabel?: string
  net: bigint
  /** Hundredths of a percent: 2000 is 20 %; take it from `vatOfPayer`. */
  vatRateBasisPoints: number
  /** Half-open. */
  period?: { from: string; to: string }
  hostedAccountId?: string
  /** e.g. `plan`, `proration`, `prepaid`, `sms`. */
  kind: string
}

/** A purchase whose payment was just taken, as its fulfilment gets it. */
export type PaidPurchase = {
  id: string
  operationKey: string
  kind: string
  payer: Payer
  currency: string
  net: bigint
  vat: bigint
  gross: bigint
  prepaidPaid: bigint
  cardPaid: bigint
  lines: PurchaseLine[]
  /** What `openPurchase` was given. */
  subject: unknown
  /** Whose own prepaid credit goes first. */
  prepaidOf: string | null
  /** Identity it was offered to. */
  buyer: Buyer
  /** Attempts it took. */
  attempts: number
}

/**
 * What paying a kind of purchase does. Every function runs in the transaction that records the outcome, ledger and
 * invoice included: it must not refuse, since the money is taken. Listed in src/app.ts.
 */
export type Fulfilment = {
  /** e.g. `subscription.renew`. */
  kind: string
  /** Before the invoice has its number, since whoever numbers holds everybody else up until the commit. */
  run(ctx: Ctx, purchase: PaidPurchase): Promise<void>
  /** Once the invoice is issued: notes its id; locks nothing. */
  invoiced?(ctx: Ctx, purchase: PaidPurchase, invoice: { invoiceId: string; number: string }): Promise<void>
  /**
   * Which wallets receive what was bought, instead of revenue: amounts that sum to `net`, or to `gross` for a deposit.
   */
  receivers?(purchase: PaidPurchase): Receiver[]
  /** What their statements say: suffix of the text key `wallet.reason.<reason>`; a payment when absent. */
  reason?: string
  /**
   * True for prepaid credit: its VAT is part of the credit and the invoice is a deposit, which later ones deduct; for
   * one account with the purchase's `prepaidOf`.
   */
  deposit?: boolean
  /** The attempt failed; the purchase can be tried again until `cancelPurchase`. */
  failed?(ctx: Ctx, purchase: PaidPurchase, failure: { code: FailureCode; hard: boolean }): Promise<void>
  /** Somebody gave a failed purchase up (`cancelPurchase`); a kind without this cannot be given up. */
  cancelled?(ctx: Ctx, purchase: PaidPurchase): Promise<void>
}

/** A wallet that receives part of what was paid. */
export type Receiver = { wallet: WalletRef; amount: bigint }

/** The fulfilment of a kind; a kind nobody fulfils is a bug. */
export function fulfilmentOf(ctx: Ctx, kind: string): Fulfilment {
  const found = (ctx.app.fulfilments as readonly Fulfilment[]).find((f) => f.kind === kind)
  if (!found) throw new Error(`nothing fulfils a purchase of kind ${kind}: list it in src/app.ts`)
  return found
}

/** Who pays a purchase. */
export function payerOf(row: Pick<PurchaseRow, 'client_id'>): Payer {
  return row.client_id === null ? { kind: 'agency' } : { kind: 'client', id: row.client_id }
}

/** Locks purchases in id order, so that two collectors never wait for each other in a circle. */
export function lockPurchases(ctx: Ctx, ids: readonly string[]): Promise<PurchaseRow[]> {
  return ctx.tx.query<PurchaseRow>(
    'lock_purchases',
    `select * from purchase where agency_id = $1 and id = any($2) order by id for update`,
    [ctx.agencyId, ids],
  )
}

/** Lines of purchases, in order, by purchase. */
export async function linesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, LineRow[]>> {
  const rows = await ctx.tx.query<LineRow>(
    'purchase_lines',
    `select * from purchase_line where agency_id = $1 and purchase_id = any($2) order by purchase_id, number`,
    [ctx.agencyId, ids],
  )
  return Map.groupBy(rows, (r) => r.purchase_id)
}

/** The purchase as its fulfilment and its invoice know it. */
export function paidPurchase(row: PurchaseRow, lines: readonly LineRow[]): PaidPurchase {
  return {
    id: row.id,
    operationKey: row.operation_key,
    kind: row.kind,
    payer: payerOf(row),
    currency: row.currency,
    net: row.net,
    vat: row.vat,
    gross: row.gross,
    prepaidPaid: row.prepaid_paid,
    cardPaid: row.card_paid,
    lines: lines.map(lineOf),
    subject: row.subject,
    prepaidOf: row.prepaid_of,
    buyer: row.buyer as Buyer,
    attempts: row.attempts,
  }
}

function lineOf(row: LineRow): PurchaseLine {
  return {
    label: row.label,
    quantity: row.quantity,
    unitPrice: row.unit_price,
    discount: row.discount,
    ...(row.discount_label !== null && { discountLabel: row.discount_label }),
    net: row.net,
    vatRateBasisPoints: row.vat_rate,
    ...(row.period_from !== null &&
      row.period_to !== null && { period: { from: row.period_from, to: row.period_to } }),
    ...(row.hosted_account_id !== null && { hostedAccountId: row.hosted_account_id }),
    kind: row.kind,
  }
}
