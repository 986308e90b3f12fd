import { createHash } from 'node:crypto'
import type { Ctx } from '../../server/context.ts'
import { sqlState } from '../../server/db.ts'
import { Refusal } from '../../server/refusal.ts'
import { insufficient } from './insufficient.ts'
import { walletKey, type WalletKey, type WalletRef } from './wallet-ref.ts'

/** What an operation is about, e.g. the order it pays; its id is a bare UUID. */
export type Reference = { kind: string; id: string }

/** Amounts in minor units (or credits); a positive one is received. */
export type Line = { wallet: WalletRef; amount: bigint }

/** One operation of the ledger: money that moves, money that is held or let go, or both at once. */
export type Operation = {
  /** Names it for ever, in its agency: at most 200 characters. */
  operationKey: string
  /** Suffix of the text key `wallet.reason.<reason>`, e.g. `budget.allocated`. */
  reason: string
  lines: Line[]
  /** A new hold (positive), or an existing one that shrinks (negative). */
  hold?: { id: string; wallet: WalletRef; change: bigint }
  reference?: Reference | undefined
  note?: string | undefined
}

/** The transfer that carried an operation out; `replayed` when that was an earlier call's. */
export type CarriedOut = { moneyTransferId: string; replayed: boolean }

/**
 * Carries operations out in one statement: all or none, each after the ones before it, wallets locked in id
 * order. 409 `wallet.insufficient` or `wallet.key_reused` and nothing has changed; the transaction can go on.
 */
export async function carryOut(ctx: Ctx, operations: readonly Operation[]): Promise<CarriedOut[]> {
  if (operations.length === 0) return []
  const wallets: WalletKey[] = []
  const places = new Map<string, number>()
  const placeOf = (ref: WalletRef) => {
    const key = walletKey(ctx, ref)
    const name = key.join(' ')
    let place = places.get(name)
    if (place === undefined) places.set(name, (place = wallets.push(key)))
    return place
  }
  const lineTransfers: number[] = []
  const lineWallets: number[] = []
  const amounts: bigint[] = []
  operations.forEach((o, i) => {
    const seen = new Set<number>()
    for (const line of o.lines) {
      const place = placeOf(line.wallet)
      if (seen.has(place)) throw new Error(`${o.operationKey} names a wallet twice`)
      seen.add(place)
      lineTransfers.push(i + 1)
      lineWallets.push(place)
      amounts.push(line.amount)
    }
  })
  const holdWallets = operations.map((o) => (o.hold ? placeOf(o.hold.wallet) : null))
  const holds = operations.some((o) => o.hold)
  const column = (i: number) => wallets.map((w) => w[i])
  const { actor, subject } = ctx
  const acting = ctx.acting !== null && subject?.userId !== actor?.userId
  const [row] = await ctx.tx
    .query<Answer>('move_money', moveSql, [
      ctx.nowIso,
      actor?.userId ?? null,
      actor?.name ?? 'Canopée',
      acting ? subject?.userId : null,
      acting ? subject?.name : null,
      column(0),
      column(1),
      column(2),
      column(3),
      column(4),
      operations.map((o) => o.operationKey),
      operations.map((o) => hashOf(ctx, o)),
      operations.map((o) => o.reason),
      operations.map((o) => o.reference?.kind ?? null),
      operations.map((o) => o.reference?.id ?? null),
      operations.map((o) => o.note ?? null),
      holds ? operations.map((o) => o.hold?.id ?? null) : null,
      holds ? holdWallets : null,
      holds ? operations.map((o) => o.hold?.change ?? null) : null,
      lineTransfers,
      lineWallets,
      amounts,
    ])
    .catch((error: unknown) => {
      throw sqlState(error) === 'CN011' ? new Refusal(409, 'wallet.key_reused') : error
    })
  const { ids, replayed, refused, refused_unit: unit, missing } = row!
  if (refused === 'key_reused') throw new Refusal(409, 'wallet.key_reused')
  if (refused === 'insufficient') throw insufficient(ctx, missing!, unit!)
  return ids.map((id, i) => ({ moneyTransferId: id, replayed: replayed[i]! }))
}

type Answer = {
  ids: string[]
  replayed: boolean[]
  refused: 'insufficient' | 'key_reused' | null
  refused_unit: string | null
  missing: bigint | null
}

const moveSql = `select ids, replayed, refused, refused_unit, missing from move_money($1, $2, $3, $4, $5, $6::text[], $7::uuid[],
  $8::text[], $9::text[], $10::text[], $11::text[], $12::bytea[], $13::text[], $14::text[], $15::uuid[], $16::text[],
  $17::uuid[], $18::int[], $19::bigint[], $20::int[], $21::int[], $22::bigint[])`

/** SHA-256 of what is asked, so that the same key is never taken for something else. A hold's new id is no part of it. */
function hashOf(ctx: Ctx, o: Operation): Buffer {
  const parts = [
    o.reason,
    o.lines.map((l) => [...walletKey(ctx, l.wallet), String(l.amount)]),
    o.hold && [...walletKey(ctx, o.hold.wallet), o.hold.change < 0n ? o.hold.id : '', String(o.hold.change)],
    o.reference?.kind,
    o.reference?.id,
    o.note,
  ]
  return createHash('sha256').update(JSON.stringify(parts)).digest()
}
