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
  const [opened] = await openPurchases(ctx, [p])
  const { purchaseId, state, replayed } = opened!
  if (p.collect !== false && !replayed)
    await ctx.enqueue(collectPurchases, { ids: [purchaseId] }, { key: `collect:${purchaseId}` })
  return { purchaseId, state }
}

/** What `openPurchases` gives for each. */
export type Opened = { purchaseId: string; state: 'pending' | 'paid'; replayed: boolean }

/** The same for many at once, in the order given; the caller has them collected by `collectPurchases`. */
export async function openPurchases(ctx: Ctx, purchases: readonly NewPurchase[]): Promise<Opened[]> {
  const known = await readByKeys(ctx, purchases)
  const rows: Record<string, unknown>[] = []
  const lines: Record<string, unknown>[] = []
  for (const p of purchases) {
    if (known.has(p.operationKey)) continue
    const row = await purchaseRow(ctx, p)
    rows.push(row)
    lines.push(...p.lines.map((l, i) => ({ purchase_id: row.id, ...lineRow(l, i) })))
  }
  const opened = new Map<string, string>()
  if (rows.length > 0)
    for (const o of await ctx.tx.query<{ id: string; operation_key: string }>('open_purchases', openSql, [
      ctx.agencyId,
      JSON.stringify(rows),
      JSON.stringify(lines),
      ctx.subject?.userId ?? null,
      ctx.subject?.name ?? null,
      ctx.nowIso,
    ]))
      opened.set(o.operation_key, o.id)
  // Somebody else was first with a key.
  const late = opened.size < rows.length ? await readByKeys(ctx, purchases) : known
  return purchases.map((p) => {
    const id = opened.get(p.operationKey)
    return id === undefined
      ? replay(late.get(p.operationKey)!, p)
      : { purchaseId: id, state: 'pending', replayed: false }
  })
}

async function purchaseRow(ctx: Ctx, p: NewPurchase): Promise<Record<string, unknown>> {
  const payerId = p.payer.kind === 'agency' ? ctx.agencyId : p.payer.id
  const attended = p.attended ?? ctx.actor !== null
  const { buyer, vat } = await taxedPayer(ctx, p.payer)
  const totals = vatBreakdown(
    p.lines.map((l) => ({ net: l.net, rateBasisPoints: l.vatRateBasisPoints, category: vat.category })),
  )
  if (totals.gross < 0n || totals.net < 0n) throw new Error(`${p.operationKey}: credits above what is bought`)
  if (attended) {
    await refuseIncomplete(ctx, p.payer)
    await refuseUnpayable(ctx, { ...p, payerId }, totals.gross)
  }
  return {
    id: newId(),
    operation_key: p.operationKey,
    input_hash: hashOf(p).toString('hex'),
    kind: p.kind,
    payer_id: payerId,
    client_id: p.payer.kind === 'client' ? p.payer.id : null,
    currency: p.currency,
    net: String(totals.net),
    vat: String(totals.vat),
    gross: String(totals.gross),
    vat_category: vat.category,
    use_of: p.use,
    prepaid_of: p.prepaidOf ?? null,
    attended,
    subject: p.subject ?? {},
    buyer,
  }
}

const openSql = `with opened as (
    insert into purchase (agency_id, id, operation_key, input_hash, kind, payer_id, client_id, currency, net, vat, gross,
      vat_category, use_of, prepaid_of, attended, subject, buyer, state, created_by_user_id, created_by_name, created_at)
    select $1, p.id, p.operation_key, decode(p.input_hash, 'hex'), p.kind, p.payer_id, p.client_id, p.currency, p.net, p.vat, p.gross,
      p.vat_category, p.use_of, p.prepaid_of, p.attended, p.subject, p.buyer, 'pending', $4, $5, $6
    from jsonb_to_recordset($2::jsonb) as p(id uuid, operation_key text, input_hash text, kind text, payer_id uuid, client_id uuid,
      currency text, net bigint, vat bigint, gross bigint, vat_category text, use_of text, prepaid_of uuid, attended boolean,
      subject jsonb, buyer jsonb)
    on conflict (agency_id, operation_key) do nothing returning agency_id, id, operation_key),
  lines as (
    insert into purchase_line (agency_id, purchase_id, number, kind, label, quantity, unit_price, discount, net, vat_rate,
      period_from, period_to, hosted_account_id, discount_label)
    select o.agency_id, o.id, l.number, l.kind, l.label, l.quantity, l.unit_price, l.discount, l.net, l.vat_rate,
      l.period_from, l.period_to, l.hosted_account_id, l.discount_label
    from opened o join jsonb_to_recordset($3::jsonb) as l(purchase_id uuid, number integer, kind text, label text, quantity integer,
      unit_price bigint, discount bigint, net bigint, vat_rate integer, period_from date, period_to date, hosted_account_id uuid,
      discount_label text) on l.purchase_id = o.id)
  select id, operation_key from opened`

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

type Known = { id: string; operation_key: string; state: string; input_hash: Buffer }

async function readByKeys(ctx: Ctx, purchases: readonly NewPurchase[]): Promise<Map<string, Known>> {
  const rows = await ctx.tx.query<Known>(
    'purchases_by_key',
    `select id, operation_key, state, input_hash from purchase where agency_id = $1 and operation_key = any($2)`,
    [ctx.agencyId, purchases.map((p) => p.operationKey)],
  )
  return new Map(rows.map((r) => [r.operation_key, r]))
}

function replay(known: Known, p: NewPurchase): Opened {
  if (!known.input_hash.equals(hashOf(p))) throw new Refusal(409, 'purchase.key_reused')
  return { purchaseId: known.id, state: known.state === 'paid' ? 'paid' : 'pending', replayed: true }
}

/** SHA-256 of what is bought; not of the labels, which differ with the language of who asks again. */
function hashOf(p: NewPurchase): Buffer {
  const lines = p.lines.map((l, i) => ({ ...lineRow(l, i), label: '', discount_label: '' }))
  const said = [p.kind, p.payer, p.currency, p.use, p.prepaidOf ?? null, p.subject ?? null, lines]
  return createHash('sha256').update(JSON.stringify(said)).digest()
}
