import type { Ctx } from '../../server/context.ts'
import { carryOut, type CarriedOut, type Line, type Reference } from './carry-out.ts'

/** Money that moves between wallets. */
export type Move = {
  /** Names it for ever, in its agency. */
  operationKey: string
  /** Suffix of the text key `wallet.reason.<reason>`. */
  reason: string
  /** They sum to zero per unit. */
  lines: Line[]
  reference?: Reference
  note?: string
}

/**
 * Moves money in the caller's transaction. Same key and input: the first answer (`replayed`); another input:
 * 409 `wallet.key_reused`. Too little available: 409 `wallet.insufficient`, data `{ missing: {amount, currency} }`,
 * and nothing changes.
 */
export async function moveMoney(ctx: Ctx, move: Move): Promise<CarriedOut> {
  return (await moveMany(ctx, [move]))[0]!
}

/** The same for many at once, all or none: one lock and one effect per wallet, however many moves touch it. */
export async function moveMany(ctx: Ctx, moves: readonly Move[]): Promise<CarriedOut[]> {
  for (const m of moves) if (m.lines.length < 2) throw new Error(`${m.operationKey} moves nothing`)
  if (new Set(moves.map((m) => m.operationKey)).size < moves.length)
    throw new Error('the same operation key twice in one call')
  return carryOut(ctx, moves)
}
