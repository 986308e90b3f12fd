import { createHash } from 'node:crypto'
import type { Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { Refusal } from '../../server/refusal.ts'
import { refuseIncomplete, type Payer } from '../agency-billing/public.ts'
import { vatBreakdown } from '../rating/public.ts'
import { collectPurchases } from './jobs.ts'
import type { PurchaseLine } from './purchase.ts'
import { refuseUnpayable } from './unpayable.ts'
import { taxedPayer } from './vat-of-payer.ts'

/** What is to be paid, by whom and how. */
export type NewPurchase = {
  /** Names the purchase for good in its agency: the same key never buys twice. */
  operationKey: string
  kind: string
  payer: Payer
  lines: PurchaseLine[]
  currency: string
  /** What the fulfilment needs; JSON. */
  subject: unknown
  use: 'prepaid_then_card' | 'card'
  /** Hosted account whose own prepaid credit goes first (B69). */
  prepaidOf?: string
  /** Somebody waits at the screen and can answer the bank; by default when somebody is signed in. */
  attended?: boolean
  /** False: the caller collects it with others by `collectPurchases`. */
  collect?: boolean
}

/**
 * Opens a purchase in the caller's transaction and has it collected once that commits. The same key and input gives
 * the first purchase; another input 409 `purchase.key_reused`. When somebody is at the screen, what would certainly
 * fail is refused now: 409 `billing_profile.incomplete`, 409 `payment_method.missing` with data { missing }.
 */
export async function openPurchase(
  ctx: Ctx,
  p: NewPurchase,
): Promise<{ purchaseId: string; state: 'pending' | 'paid' }> {
  const payerId = p.payer.kind === 'agency' ? ctx.agencyId : p.payer.id
  const attended = p.attended ?? ctx.actor !== null
  const { buyer, vat } = await taxedPayer(ctx, p.payer)
  const totals = vatBreakdown(
    p.lines.map((l) => ({ net: l.net, rateBasisPoints: l.vatRateBasisPoints, category: vat.category })),
  )
  if (totals.gross < 0n || totals.net < 0n) throw new Error(`${p.operationKey}: credits above what is bought`)
  const known = await readByKey(ctx, p.operationKey)
  if (known) return replay(known, hashOf(p))
  if (attended) {
    await refuseIncomplete(ctx, p.payer)
    await refuseUnpayable(ctx, { ...p, payerId }, totals.gross)
  }
  const id = newId()
  const [row] = await ctx.tx.query<{ id: string }>('open_purchase', openSql, [
    ctx.agencyId,
    id,
    p.operationKey,
    hashOf(p),
    p.kind,
    payerId,
    p.payer.kind === 'client' ? p.payer.id : null,
    p.currency,
    totals.net,
    totals.vat,
    vat.category,
    p.use,
    p.prepaidOf ?? null,
    attended,
    JSON.stringify(p.subject ?? null),
    ctx.subject?.userId ?? null,
    ctx.subject?.name ?? null,
    ctx.nowIso,
    JSON.stringify(p.lines.map(lineRow)),
    JSON.stringify(buyer),
  ])
  // Somebody else was first with this key.
  if (!row) return replay((await readByKey(ctx, p.operationKey))!, hashOf(p))
  if (p.collect !== false) await ctx.enqueue(collectPurchases, { ids: [id] }, { key: `collect:${id}` })
  return { purchaseId: id, state: 'pending' }
}

const openSql = `with opened as (
    insert into purchase (agency_id, id, operation_key, input_hash, kind, payer_id, client_id, currency, net, vat, gross,
      vat_category, use_of, prepaid_of, attended, subject, state, created_by_user_id, created_by_name, created_at, buyer)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9::bigint, $10::bigint, $9::bigint + $10::bigint,
      $11, $12, $13, $14, $15::jsonb, 'pending', $16, $17, $18, $20::jsonb)
    on conflict (agency_id, operation_key) do nothing returning agency_id, id),
  lines as (
    insert into purchase_line (agency_id, purchase_id, number, kind, label, quantity, unit_price, discount, net, vat_rate,
      period_from, period_to, hosted_account_id, discount_label)
    select o.agency_id, o.id, l.number, l.kind, l.label, l.quantity, l.unit_price, l.discount, l.net, l.vat_rate,
      l.period_from, l.period_to, l.hosted_account_id, l.discount_label
    from opened o, jsonb_to_recordset($19::jsonb) as l(number integer, kind text, label text, quantity integer,
      unit_price bigint, discount bigint, net bigint, vat_rate integer, period_from date, period_to date, hosted_account_id uuid, discount_label text))
  select id from opened`

function lineRow(l: PurchaseLine, i: number): Record<string, unknown> {
  return {
    number: i + 1,
    kind: l.kind,
    label: l.label,
    quantity: l.quantity,
    unit_price: String(l.unitPrice),
    discount: String(l.discount),
    net: String(l.net),
    vat_rate: l.vatRateBasisPoints,
    period_from: l.period?.from ?? null,
    period_to: l.period?.to ?? null,
    hosted_account_id: l.hostedAccountId ?? null,
    discount_label: l.discountLabel ?? null,
  }
}

type Known = { id: string; state: string; input_hash: Buffer }

async function readByKey(ctx: Ctx, operationKey: string): Promise<Known | undefined> {
  const [row] = await ctx.tx.query<Known>(
    'purchase_by_key',
    `select id, state, input_hash from purchase where agency_id = $1 and operation_key = $2`,
    [ctx.agencyId, operationKey],
  )
  return row
}

function replay(known: Known, hash: Buffer): { purchaseId: string; state: 'pending' | 'paid' } {
  if (!known.input_hash.equals(hash)) throw new Refusal(409, 'purchase.key_reused')
  return { purchaseId: known.id, state: known.state === 'paid' ? 'paid' : 'pending' }
}

/** SHA-256 of what is bought; not of the labels, which differ with the language of who asks again. */
function hashOf(p: NewPurchase): Buffer {
  const lines = p.lines.map((l, i) => ({ ...lineRow(l, i), label: '', discount_label: '' }))
  const said = [p.kind, p.payer, p.currency, p.use, p.prepaidOf ?? null, p.subject ?? null, lines]
  return createHash('sha256').update(JSON.stringify(said)).digest()
}
