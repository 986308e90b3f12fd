import type { Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import { carryOut, type Line, type Reference } from './carry-out.ts'
import { refOf, type WalletRef } from './wallet-ref.ts'

/**
 * Keeps part of a wallet back: it counts as spent until it is captured or let go. Refusals as `moveMoney`.
 * Amounts in minor units, above zero.
 */
export async function holdMoney(
  ctx: Ctx,
  h: { operationKey: string; wallet: WalletRef; amount: bigint; reason: string; reference?: Reference },
): Promise<{ holdId: string; replayed: boolean }> {
  if (h.amount <= 0n) throw new Error(`${h.operationKey} holds nothing`)
  const holdId = newId()
  const [done] = await carryOut(ctx, [
    {
      operationKey: h.operationKey,
      reason: h.reason,
      lines: [],
      hold: { id: holdId, wallet: h.wallet, change: h.amount },
      reference: h.reference,
    },
  ])
  if (!done!.replayed) return { holdId, replayed: false }
  const first = await ctx.db
    .selectFrom('money_transfer')
    .select('hold_id')
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', done!.moneyTransferId)
    .executeTakeFirstOrThrow()
  return { holdId: first.hold_id!, replayed: true }
}

/**
 * Pays `amount` of a hold to a wallet, or `share` of it to another one; the rest is let go unless `release` is
 * false. One entry for who pays, however it is shared out. 409 `wallet.hold_exceeded` when less is held; 404 when
 * there is no such hold.
 */
export async function captureHold(
  ctx: Ctx,
  c: {
    operationKey: string
    holdId: string
    amount: bigint
    to: WalletRef
    /** Part of `amount` that goes elsewhere. */
    share?: Line
    reason: string
    release?: boolean
  },
): Promise<{ moneyTransferId: string }> {
  if (c.amount <= 0n) throw new Error(`${c.operationKey} captures nothing`)
  const shared = c.share?.amount ?? 0n
  if (shared < 0n || shared > c.amount) throw new Error(`${c.operationKey} shares more than it captures`)
  const hold = await lockHold(ctx, c.holdId, c.operationKey)
  if (c.amount > hold.remaining) throw exceeded()
  const [done] = await carryOut(ctx, [
    {
      operationKey: c.operationKey,
      reason: c.reason,
      lines: [
        { wallet: hold.wallet, amount: -c.amount },
        ...(shared < c.amount ? [{ wallet: c.to, amount: c.amount - shared }] : []),
        ...(c.share && shared > 0n ? [c.share] : []),
      ],
      hold: {
        id: c.holdId,
        wallet: hold.wallet,
        change: (c.release ?? true) ? -hold.remaining : -c.amount,
      },
      reference: hold.reference,
    },
  ])
  return { moneyTransferId: done!.moneyTransferId }
}

/** Lets all of a hold go, or `amount` of it; nothing when all is gone already. 409 `wallet.hold_exceeded`. */
export async function releaseHold(
  ctx: Ctx,
  r: { operationKey: string; holdId: string; amount?: bigint },
): Promise<void> {
  const hold = await lockHold(ctx, r.holdId, r.operationKey)
  const amount = r.amount ?? hold.remaining
  if (amount > hold.remaining) throw exceeded()
  if (amount === 0n) return
  await carryOut(ctx, [
    {
      operationKey: r.operationKey,
      reason: 'hold.released',
      lines: [],
      hold: { id: r.holdId, wallet: hold.wallet, change: -amount },
      reference: hold.reference,
    },
  ])
}

function exceeded(): Refusal {
  return new Refusal(409, 'wallet.hold_exceeded')
}

/**
 * Reads a hold that nobody else changes until this transaction ends; always locked before its wallet. What
 * `operationKey` already took from it counts as still held, so that a replay asks for the same again.
 */
async function lockHold(
  ctx: Ctx,
  id: string,
  operationKey: string,
): Promise<{ remaining: bigint; wallet: WalletRef; reference: Reference | undefined }> {
  const [, [row]] = await Promise.all([
    ctx.tx.query('lock_hold', 'select pg_advisory_xact_lock(hashtextextended($1, 9))', [
      `${ctx.agencyId}${id}`,
    ]),
    ctx.tx.query<HoldRow>(
      'locked_hold',
      `select h.remaining + coalesce((select -m.held_change from money_transfer m
          where m.agency_id = h.agency_id and m.operation_key = $3 and m.hold_id = h.id), 0) as remaining,
        h.reference_kind, h.reference_id, w.owner_kind, w.owner_id, w.purpose, w.code, w.unit
      from hold h join wallet w on w.agency_id = h.agency_id and w.id = h.wallet_id
      where h.agency_id = $1 and h.id = $2`,
      [ctx.agencyId, id, operationKey],
    ),
  ])
  if (!row) throw notFound()
  const reference =
    row.reference_kind !== null && row.reference_id !== null
      ? { kind: row.reference_kind, id: row.reference_id }
      : undefined
  return { remaining: row.remaining, wallet: refOf(row), reference }
}

type HoldRow = Parameters<typeof refOf>[0] & {
  remaining: bigint
  reference_kind: string | null
  reference_id: string | null
}
