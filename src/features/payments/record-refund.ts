import type { Ctx } from '../../server/context.ts'
import { creditableOf, issueCreditNote, linesOfGross } from '../invoices/public.ts'
import type { PaymentProvider } from '../payment-providers/public.ts'
import { moveMoney, type WalletRef } from '../wallets/public.ts'
import { linesOf, lockPurchases, type PurchaseRow } from './purchase.ts'

type Answer = Awaited<ReturnType<PaymentProvider['refund']>>
type Refund = {
  id: string
  purchase_id: string
  net: bigint
  vat: bigint
  card_amount: bigint
  prepaid_amount: bigint
  reason: string
}
type Line = { wallet: WalletRef; amount: bigint }

/**
 * Records what the provider answered about a refund, once: ledger, credit note and state in the caller's transaction,
 * all or none. One that failed changes nothing else and may be asked for again. `answer` null: no card was concerned.
 */
export async function recordRefund(ctx: Ctx, refundId: string, answer: Answer | null): Promise<void> {
  const [refund] = await ctx.tx.query<Refund>(
    'refund_lock',
    `select id, purchase_id, net, vat, card_amount, prepaid_amount, reason from purchase_refund
     where agency_id = $1 and id = $2 and state = 'pending' for update`,
    [ctx.agencyId, refundId],
  )
  if (!refund) return
  const [purchase] = await lockPurchases(ctx, [refund.purchase_id])
  if (!purchase?.invoice_id) throw new Error(`refund ${refund.id} is of a purchase without an invoice`)
  const label = (await linesOf(ctx, [purchase.id])).get(purchase.id)?.[0]?.label ?? purchase.kind
  const audit = (action: 'purchase.refunded' | 'purchase.refund_failed', data: Record<string, unknown>) =>
    ctx.audit({
      action,
      clientId: purchase.client_id,
      entity: { kind: 'purchase', id: purchase.id, name: label },
      data: { amount: Number(refund.net + refund.vat), currency: purchase.currency, ...data },
    })
  if (answer?.state === 'failed') {
    await end(ctx, refund, 'failed', { ref: answer.ref, failure: answer.code })
    audit('purchase.refund_failed', { failure: answer.code })
  } else {
    const note = await giveBack(ctx, refund, { ...purchase, invoice_id: purchase.invoice_id })
    await end(ctx, refund, 'done', { ref: answer?.ref ?? null, ...note })
    audit('purchase.refunded', {
      prepaid: Number(refund.prepaid_amount),
      card: Number(refund.card_amount),
      creditNote: note.number,
    })
  }
  ctx.publish({ agencyId: ctx.agencyId, kind: 'purchase', id: purchase.id })
}

/** The reverse of what the payment moved, then the credit note, whose number holds everybody else up. */
async function giveBack(ctx: Ctx, refund: Refund, purchase: PurchaseRow & { invoice_id: string }) {
  const unit = purchase.currency
  const lines: Line[] = [
    { wallet: { counterpart: 'revenue', unit }, amount: -refund.net },
    { wallet: { counterpart: 'vat', unit }, amount: -refund.vat },
    { wallet: { counterpart: 'card', unit }, amount: refund.card_amount },
    ...(await toPrepaid(ctx, refund, unit)),
  ]
  await moveMoney(ctx, {
    operationKey: `refund:${refund.id}`,
    reason: 'purchase.refunded',
    lines: lines.filter((l) => l.amount !== 0n),
    reference: { kind: 'purchase', id: purchase.id },
  })
  const creditable = await creditableOf(ctx, purchase.invoice_id)
  const gross = refund.net + refund.vat
  const whole = creditable.groups.reduce((sum, g) => sum + g.net + g.vat, 0n) === gross
  return issueCreditNote(ctx, {
    invoiceId: purchase.invoice_id,
    lines: whole ? 'rest' : linesOfGross(creditable, gross, refund.reason).lines,
    reason: refund.reason,
    toPrepaid: refund.prepaid_amount,
    toCard: refund.card_amount,
    reference: { kind: 'refund', id: refund.id },
  })
}

/** Prepaid credit goes back to the wallets it came from, the last used first, after what earlier refunds gave back. */
async function toPrepaid(ctx: Ctx, refund: Refund, unit: string): Promise<Line[]> {
  const [row] = await ctx.tx.query<{ holds: { amount: string; of: string | null }[]; given: bigint }>(
    'refund_holds',
    `select a.prepaid_holds as holds, (select coalesce(sum(r.prepaid_amount), 0)::bigint from purchase_refund r
       where r.agency_id = $1 and r.purchase_id = $2 and r.state = 'done') as given
     from payment_attempt a where a.agency_id = $1 and a.purchase_id = $2 and a.state = 'paid'`,
    [ctx.agencyId, refund.purchase_id],
  )
  const lines: Line[] = []
  let given = row?.given ?? 0n
  let rest = refund.prepaid_amount
  for (const { amount, of } of (row?.holds ?? []).toReversed()) {
    const used = BigInt(amount)
    const before = given < used ? given : used
    const part = used - before < rest ? used - before : rest
    given -= before
    rest -= part
    const wallet: WalletRef =
      of === null
        ? { owner: 'agency', purpose: 'prepaid', unit }
        : { owner: 'hosted_account', id: of, purpose: 'prepaid', unit }
    lines.push({ wallet, amount: part })
  }
  if (rest !== 0n) throw new Error(`refund ${refund.id}: ${rest} of prepaid credit came from nowhere`)
  return lines
}

async function end(
  ctx: Ctx,
  refund: Refund,
  state: 'done' | 'failed',
  o: { ref: string | null; failure?: string; invoiceId?: string; number?: string },
): Promise<void> {
  await ctx.tx.query(
    'refund_end',
    `update purchase_refund set state = $3, provider_ref = $4, failure_code = $5, credit_note_id = $6,
       credit_note_number = $7, finished_at = $8 where agency_id = $1 and id = $2`,
    [
      ctx.agencyId,
      refund.id,
      state,
      o.ref,
      o.failure ?? null,
      o.invoiceId ?? null,
      o.number ?? null,
      ctx.nowIso,
    ],
  )
}
