import type { AnswerOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Money } from '../../contract/common.ts'
import type { Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import { entrustedClients } from '../access/public.ts'
import type * as contract from './contract.ts'
import { fulfilmentOf, linesOf, type LineRow, type PurchaseRow } from './purchase.ts'

/** A purchase as the API answers it. */
export type PurchaseAnswer = AnswerOf<typeof contract.getPurchase>

/**
 * Purchases the caller sees: an owner all of them, a client's member those that its clients pay themselves. What the
 * agency pays is nobody else's business.
 */
export function visiblePurchases(ctx: Ctx) {
  const all = ctx.db.selectFrom('purchase').where('purchase.agency_id', '=', ctx.agencyId)
  return ctx.may('billing.manage')
    ? all
    : all.where('purchase.client_id', 'in', entrustedClients(ctx).select('client.id'))
}

/** One purchase in sight, or 404; locked when it is about to change. */
export async function purchaseInSight(ctx: Ctx, id: string, lock = false): Promise<PurchaseRow> {
  const row = await visiblePurchases(ctx)
    .selectAll('purchase')
    .where('purchase.id', '=', id)
    .$if(lock, (q) => q.forUpdate('purchase'))
    .executeTakeFirst()
  if (!row) throw notFound()
  return row
}

/** Rows as answered, with their lines, payers and cards. */
export async function purchaseAnswers(ctx: Ctx, rows: readonly PurchaseRow[]): Promise<PurchaseAnswer[]> {
  if (rows.length === 0) return []
  const ids = rows.map((r) => r.id)
  const [lines, cards, names] = await Promise.all([
    linesOf(ctx, ids),
    cardsOf(ctx, ids),
    clientNames(ctx, rows),
  ])
  return rows.map((row) => answerOf(ctx, row, lines.get(row.id) ?? [], cards.get(row.id), names))
}

/** The same for one. */
export async function purchaseAnswer(ctx: Ctx, row: PurchaseRow): Promise<PurchaseAnswer> {
  return (await purchaseAnswers(ctx, [row]))[0]!
}

type CardOf = { purchase_id: string; brand: string; last4: string }

async function cardsOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, CardOf>> {
  const rows = await ctx.tx.query<CardOf>(
    'cards_of_purchases',
    `select distinct on (a.purchase_id) a.purchase_id, m.brand, m.last4 from payment_attempt a
     join payment_method m on m.agency_id = a.agency_id and m.id = a.payment_method_id
     where a.agency_id = $1 and a.purchase_id = any($2) and a.card_amount > 0 order by a.purchase_id, a.number desc`,
    [ctx.agencyId, ids],
  )
  return new Map(rows.map((r) => [r.purchase_id, r]))
}

async function clientNames(ctx: Ctx, rows: readonly PurchaseRow[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.map((r) => r.client_id).filter((id) => id !== null))]
  if (ids.length === 0) return new Map()
  const clients = await ctx.db
    .selectFrom('client')
    .select(['id', 'name'])
    .where('agency_id', '=', ctx.agencyId)
    .where('id', 'in', ids)
    .execute()
  return new Map(clients.map((c) => [c.id, c.name]))
}

function answerOf(
  ctx: Ctx,
  row: PurchaseRow,
  lines: readonly LineRow[],
  card: CardOf | undefined,
  names: Map<string, string>,
): PurchaseAnswer {
  const money = (amount: bigint): Money => ({ amount: Number(amount), currency: row.currency })
  const failed = row.state === 'failed' && ctx.may('purchases.pay')
  return {
    id: toPublicId('purchase', row.id),
    kind: row.kind,
    state: row.state as PurchaseAnswer['state'],
    payer:
      row.client_id === null
        ? { kind: 'agency', clientId: null, name: ctx.agency?.name ?? '' }
        : {
            kind: 'client',
            clientId: toPublicId('client', row.client_id),
            name: names.get(row.client_id) ?? '',
          },
    lines: lines.map((l) => ({
      label: l.label,
      quantity: l.quantity,
      unitPrice: money(l.unit_price),
      discount: money(l.discount),
      net: money(l.net),
      period: l.period_from && l.period_to ? { from: l.period_from, to: l.period_to } : null,
    })),
    net: money(row.net),
    vat: money(row.vat),
    total: money(row.gross),
    prepaidPaid: money(row.prepaid_paid),
    cardPaid: money(row.card_paid),
    card: card ? { brand: card.brand, last4: card.last4 } : null,
    failure: row.failure_code,
    actionUrl: row.action_url,
    invoice:
      row.invoice_id && row.invoice_number
        ? { id: toPublicId('invoice', row.invoice_id), number: row.invoice_number }
        : null,
    attempts: row.attempts,
    createdAt: row.created_at,
    paidAt: row.paid_at,
    can: { retry: failed, cancel: failed && fulfilmentOf(ctx, row.kind).cancelled !== undefined },
  }
}
