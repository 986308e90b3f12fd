import type { Ctx } from '../../server/context.ts'
import { captureHold, moveMany, releaseHold, type Move, type WalletRef } from '../wallets/public.ts'
import type { Outcome } from './ask-provider.ts'
import { invoiceOfPurchase } from './invoice-of-purchase.ts'
import { watchPayment } from './jobs.ts'
import {
  fulfilmentOf,
  linesOf,
  lockPurchases,
  paidPurchase,
  type Fulfilment,
  type LineRow,
  type PaidPurchase,
  type PurchaseRow,
} from './purchase.ts'

type AttemptRow = {
  id: string
  purchase_id: string
  prepaid_holds: { holdId: string; amount: string; of: string | null }[]
  prepaid_amount: bigint
  card_amount: bigint
  state: string
}
type Known = { outcome: Outcome; purchase: PurchaseRow; attempt: AttemptRow; lines: LineRow[] }

/**
 * Records what the provider answered, each try once whatever is told again or late: with the ledger, the invoice and
 * the fulfilment in the caller's transaction, all or none.
 */
export async function recordOutcomes(ctx: Ctx, outcomes: readonly Outcome[]): Promise<void> {
  const ids = outcomes.map((o) => o.purchaseId)
  const purchases = new Map((await lockPurchases(ctx, ids)).map((p) => [p.id, p]))
  const [attempts, lines] = await Promise.all([
    readAttempts(
      ctx,
      outcomes.map((o) => o.attemptId),
    ),
    linesOf(ctx, ids),
  ])
  const known: Known[] = []
  for (const outcome of outcomes) {
    const purchase = purchases.get(outcome.purchaseId)
    const attempt = attempts.get(outcome.attemptId)
    // Recorded before: by the job, by an event of the provider, or by both.
    if (!purchase || !attempt || (attempt.state !== 'started' && attempt.state !== 'requires_action'))
      continue
    known.push({ outcome, purchase, attempt, lines: lines.get(purchase.id) ?? [] })
  }
  await recordPaid(
    ctx,
    known.filter((k) => k.outcome.payment.state === 'paid'),
  )
  for (const k of known) {
    const { payment } = k.outcome
    if (payment.state === 'failed') await recordFailure(ctx, k, payment)
    else if (payment.state === 'requires_action') await recordAction(ctx, k, payment.ref, payment.actionUrl)
    else if (payment.state === 'pending') await watchLater(ctx, k, payment.ref, { minutes: 1 })
  }
  for (const k of known) ctx.publish({ agencyId: ctx.agencyId, kind: 'purchase', id: k.purchase.id })
}

async function readAttempts(ctx: Ctx, ids: readonly string[]): Promise<Map<string, AttemptRow>> {
  const rows = await ctx.tx.query<AttemptRow>(
    'attempts_by_id',
    `select id, purchase_id, prepaid_holds, prepaid_amount, card_amount, state from payment_attempt
     where agency_id = $1 and id = any($2)`,
    [ctx.agencyId, ids],
  )
  return new Map(rows.map((r) => [r.id, r]))
}

async function recordPaid(ctx: Ctx, known: readonly Known[]): Promise<void> {
  if (known.length === 0) return
  const sold = known.map((k) => ({
    ...k,
    fulfilment: fulfilmentOf(ctx, k.purchase.kind),
    paid: {
      ...paidPurchase(k.purchase, k.lines),
      prepaidPaid: k.attempt.prepaid_amount,
      cardPaid: k.attempt.card_amount,
    },
  }))
  for (const s of sold) await capture(ctx, s)
  const moves = sold.map((s) => settlement(s.attempt, s.paid, s.fulfilment)).filter((m) => m !== undefined)
  if (moves.length > 0) await moveMany(ctx, moves)
  for (const s of sold) await s.fulfilment.run(ctx, s.paid)
  await endAttempts(ctx, known)
  const invoices: { invoiceId: string; number: string }[] = []
  for (const s of sold)
    invoices.push(await invoiceOfPurchase(ctx, s.paid, s.fulfilment, s.attempt.prepaid_holds))
  await markPaid(
    ctx,
    sold.map((s, i) => ({ ...s.paid, ...invoices[i]! })),
  )
  for (const [i, { fulfilment, paid, purchase }] of sold.entries()) {
    await fulfilment.invoiced?.(ctx, paid, invoices[i]!)
    ctx.audit({
      action: 'purchase.paid',
      clientId: purchase.client_id,
      entity: { kind: 'purchase', id: paid.id, name: paid.lines[0]?.label ?? paid.kind },
      data: {
        amount: Number(paid.gross),
        currency: paid.currency,
        prepaid: Number(paid.prepaidPaid),
        card: Number(paid.cardPaid),
        invoice: invoices[i]!.number,
      },
    })
  }
}

/** What was held of prepaid credit becomes revenue first; `settlement` then says whose it is. */
async function capture(ctx: Ctx, k: Known): Promise<void> {
  for (const [i, hold] of k.attempt.prepaid_holds.entries())
    await captureHold(ctx, {
      operationKey: `purchase:${k.attempt.id}:capture:${i}`,
      holdId: hold.holdId,
      amount: BigInt(hold.amount),
      to: { counterpart: 'revenue', unit: k.purchase.currency },
      reason: 'purchase.paid',
    })
}

/**
 * The card's part comes in; VAT is owed; the rest is revenue, or whoever's the fulfilment says. Of a deposit no VAT is
 * set apart: what it buys later says how much.
 */
function settlement(attempt: AttemptRow, paid: PaidPurchase, fulfilment: Fulfilment): Move | undefined {
  const unit = paid.currency
  const receivers = fulfilment.receivers?.(paid) ?? []
  const received = receivers.reduce((sum, r) => sum + r.amount, 0n)
  const vat = fulfilment.deposit ? 0n : paid.vat
  const sold = paid.gross - vat
  if (receivers.length > 0 && received !== sold)
    throw new Error(`${paid.kind}: receivers get ${received} of ${sold}`)
  const lines: { wallet: WalletRef; amount: bigint }[] = [
    { wallet: { counterpart: 'card', unit } as const, amount: -paid.cardPaid },
    { wallet: { counterpart: 'vat', unit } as const, amount: vat },
    { wallet: { counterpart: 'revenue', unit } as const, amount: sold - received - paid.prepaidPaid },
    ...receivers,
  ].filter((l) => l.amount !== 0n)
  if (lines.length === 0) return undefined
  return {
    operationKey: `purchase:${attempt.id}:paid`,
    reason: fulfilment.reason ?? 'purchase.paid',
    lines,
    reference: { kind: 'purchase', id: paid.id },
  }
}

async function endAttempts(ctx: Ctx, known: readonly Known[]): Promise<void> {
  const refs = known.map(({ outcome: o }) => ('ref' in o.payment ? o.payment.ref : null))
  await ctx.tx.query(
    'end_attempts',
    `update payment_attempt a set state = 'paid', provider_ref = coalesce(o.ref, a.provider_ref),
       check_ref = coalesce(o.check_ref, a.check_ref), check_state = coalesce(o.check_state, a.check_state), finished_at = $2
     from unnest($3::uuid[], $4::text[], $5::text[], $6::text[]) o(id, ref, check_ref, check_state)
     where a.agency_id = $1 and a.id = o.id`,
    [
      ctx.agencyId,
      ctx.nowIso,
      known.map((k) => k.attempt.id),
      refs,
      known.map((k) => k.outcome.check?.ref ?? null),
      known.map((k) => k.outcome.check?.state ?? null),
    ],
  )
}

async function markPaid(
  ctx: Ctx,
  paid: readonly (PaidPurchase & { invoiceId: string; number: string })[],
): Promise<void> {
  await ctx.tx.query(
    'mark_paid',
    `update purchase p set state = 'paid', paid_at = $2, prepaid_paid = o.prepaid, card_paid = o.card, failure_code = null,
       action_url = null, invoice_id = o.invoice_id, invoice_number = o.invoice_number
     from unnest($3::uuid[], $4::bigint[], $5::bigint[], $6::uuid[], $7::text[]) o(id, prepaid, card, invoice_id, invoice_number)
     where p.agency_id = $1 and p.id = o.id`,
    [
      ctx.agencyId,
      ctx.nowIso,
      paid.map((p) => p.id),
      paid.map((p) => p.prepaidPaid),
      paid.map((p) => p.cardPaid),
      paid.map((p) => p.invoiceId),
      paid.map((p) => p.number),
    ],
  )
}

async function recordFailure(
  ctx: Ctx,
  k: Known,
  failure: Extract<Outcome['payment'], { state: 'failed' }>,
): Promise<void> {
  for (const [i, hold] of k.attempt.prepaid_holds.entries())
    await releaseHold(ctx, { operationKey: `purchase:${k.attempt.id}:release:${i}`, holdId: hold.holdId })
  const { check } = k.outcome
  await ctx.tx.query(
    'fail_attempt',
    `update payment_attempt set state = 'failed', failure_code = $3, hard = $4, provider_ref = coalesce($5, provider_ref),
       check_ref = coalesce($6, check_ref), check_state = coalesce($7, check_state), finished_at = $8 where agency_id = $1 and id = $2`,
    [
      ctx.agencyId,
      k.attempt.id,
      failure.code,
      failure.hard,
      'ref' in failure ? failure.ref : null,
      check?.ref ?? null,
      check?.state ?? null,
      ctx.nowIso,
    ],
  )
  await ctx.tx.query(
    'fail_purchase',
    `update purchase set state = 'failed', failure_code = $3, action_url = null where agency_id = $1 and id = $2`,
    [ctx.agencyId, k.purchase.id, failure.code],
  )
  ctx.audit({
    action: 'purchase.failed',
    clientId: k.purchase.client_id,
    entity: { kind: 'purchase', id: k.purchase.id, name: k.lines[0]?.label ?? k.purchase.kind },
    data: { amount: Number(k.purchase.gross), currency: k.purchase.currency, failure: failure.code },
  })
  await fulfilmentOf(ctx, k.purchase.kind).failed?.(ctx, paidPurchase(k.purchase, k.lines), failure)
}

async function recordAction(ctx: Ctx, k: Known, ref: string, actionUrl: string): Promise<void> {
  await ctx.tx.query(
    'attempt_action',
    `update payment_attempt set state = 'requires_action', provider_ref = $3, check_ref = coalesce(check_ref, $4),
       check_state = coalesce(check_state, $5) where agency_id = $1 and id = $2`,
    [ctx.agencyId, k.attempt.id, ref, k.outcome.check?.ref ?? null, k.outcome.check?.state ?? null],
  )
  await ctx.tx.query(
    'purchase_action',
    `update purchase set state = 'requires_action', action_url = $3 where agency_id = $1 and id = $2`,
    [ctx.agencyId, k.purchase.id, actionUrl],
  )
  // The holder has a day; what is held of prepaid credit waits as long.
  if (k.attempt.state === 'started') await watchLater(ctx, k, ref, { hours: 24 })
}

async function watchLater(ctx: Ctx, k: Known, ref: string, after: Temporal.DurationLike): Promise<void> {
  await ctx.tx.query(
    'attempt_ref',
    `update payment_attempt set provider_ref = $3 where agency_id = $1 and id = $2`,
    [ctx.agencyId, k.attempt.id, ref],
  )
  await ctx.enqueue(
    watchPayment,
    { attemptId: k.attempt.id, giveUp: k.outcome.payment.state === 'requires_action' },
    { key: `watch:${k.attempt.id}`, runAt: ctx.now.add(Temporal.Duration.from(after)) },
  )
}
