import type { Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { balancesOf, holdMoney } from '../wallets/public.ts'
import { activeCard, hasExpired, type Card } from './active-card.ts'
import { prepaidWallets } from './prepaid-wallets.ts'
import { linesOf, lockPurchases, payerOf, type PurchaseRow } from './purchase.ts'

/** A try that the provider is to be asked about, with all it needs outside a transaction. */
export type Attempt = {
  id: string
  purchaseId: string
  prepaid: bigint
  charge: bigint
  currency: string
  card: Card | null
  cardExpired: boolean
  /** Begun before, by a process that died or got no answer. */
  begunBefore: boolean
  attended: boolean
  description: string
}

type Open = {
  id: string
  purchase_id: string
  prepaid_amount: bigint
  card_amount: bigint
  payment_method_id: string | null
}

/**
 * Begins one try at each purchase that is due, in the caller's transaction: what prepaid credit covers is held, the
 * rest will be asked of the card. A try that was begun and has no outcome is taken up again, never begun twice.
 */
export async function beginAttempts(ctx: Ctx, ids: readonly string[]): Promise<Attempt[]> {
  const due = (await lockPurchases(ctx, ids)).filter((p) => p.state === 'pending')
  if (due.length === 0) return []
  const dueIds = due.map((p) => p.id)
  const [lines, open] = await Promise.all([linesOf(ctx, dueIds), readOpen(ctx, dueIds)])
  const cards = new Map<string, Card | undefined>()
  for (const payerId of new Set(due.map((p) => p.payer_id)))
    cards.set(payerId, await activeCard(ctx, payerId))
  const today = ctx.now.toZonedDateTimeISO('UTC').toPlainDate()
  const attempts: Attempt[] = []
  for (const p of due) {
    const card = cards.get(p.payer_id)
    const begun = open.get(p.id)
    // A card replaced since: what was asked of the old one is still asked of it.
    const used =
      begun?.payment_method_id && begun.payment_method_id !== card?.id
        ? await cardById(ctx, begun.payment_method_id)
        : card
    const { id, prepaid, charge } = begun
      ? { id: begun.id, prepaid: begun.prepaid_amount, charge: begun.card_amount }
      : await begin(ctx, p, card)
    attempts.push({
      id,
      purchaseId: p.id,
      prepaid,
      charge,
      currency: p.currency,
      card: used ?? null,
      cardExpired: used !== undefined && hasExpired(used, today),
      begunBefore: begun !== undefined,
      attended: p.attended,
      description: lines.get(p.id)?.[0]?.label ?? p.kind,
    })
  }
  return attempts
}

async function readOpen(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Open>> {
  const rows = await ctx.tx.query<Open>(
    'open_attempts',
    `select id, purchase_id, prepaid_amount, card_amount, payment_method_id from payment_attempt
     where agency_id = $1 and purchase_id = any($2) and state in ('started', 'requires_action')`,
    [ctx.agencyId, ids],
  )
  return new Map(rows.map((r) => [r.purchase_id, r]))
}

async function cardById(ctx: Ctx, id: string): Promise<Card | undefined> {
  const [card] = await ctx.tx.query<Card>(
    'card_by_id',
    `select id, provider, customer_ref, token, brand, last4, exp_month, exp_year from payment_method where agency_id = $1 and id = $2`,
    [ctx.agencyId, id],
  )
  return card
}

async function begin(ctx: Ctx, p: PurchaseRow, card: Card | undefined) {
  const id = newId()
  const holds = await holdPrepaid(ctx, p, id)
  const prepaid = holds.reduce((sum, h) => sum + h.amount, 0n)
  const charge = p.gross - prepaid
  await ctx.tx.query(
    'begin_attempt',
    `with counted as (update purchase set attempts = attempts + 1, failure_code = null
       where agency_id = $1 and id = $3 returning attempts)
     insert into payment_attempt (agency_id, id, purchase_id, number, payment_method_id, provider, prepaid_holds,
       prepaid_amount, card_amount, currency, state, started_at)
     select $1, $2, $3, attempts, $4, $5, $6::jsonb, $7, $8, $9, 'started', $10 from counted`,
    [
      ctx.agencyId,
      id,
      p.id,
      card?.id ?? null,
      card?.provider ?? 'none',
      JSON.stringify(holds.map((h) => ({ ...h, amount: String(h.amount) }))),
      prepaid,
      charge,
      p.currency,
      ctx.nowIso,
    ],
  )
  return { id, prepaid, charge }
}

async function holdPrepaid(ctx: Ctx, p: PurchaseRow, attemptId: string) {
  const holds: { holdId: string; amount: bigint; of: string | null }[] = []
  if (p.use_of !== 'prepaid_then_card' || p.gross === 0n) return holds
  const refs = prepaidWallets({ payer: payerOf(p), currency: p.currency, prepaidOf: p.prepaid_of })
  if (refs.length === 0) return holds
  // One spender a payer at a time: what is read as available is still there when it is held.
  await ctx.tx.query('lock_payer', `select pg_advisory_xact_lock(hashtextextended($1, 11))`, [p.payer_id])
  const balances = await balancesOf(ctx, refs)
  let rest = p.gross
  for (const [i, wallet] of refs.entries()) {
    const available = balances[i]!.available
    const amount = available < rest ? available : rest
    if (amount <= 0n) continue
    const { holdId } = await holdMoney(ctx, {
      operationKey: `purchase:${attemptId}:hold:${i}`,
      wallet,
      amount,
      reason: 'purchase.held',
      reference: { kind: 'purchase', id: p.id },
    })
    holds.push({ holdId, amount, of: 'id' in wallet ? wallet.id : null })
    rest -= amount
  }
  return holds
}
