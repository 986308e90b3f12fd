import { share } from './round.ts'

/** A rung: so many paid accounts and more give so much off, in percent. */
export type Rung = { from: number; percent: number }

/**
 * The shipped ladder (checklist.md, "Facts from the same field"): 1 paid account 0 %, 2 to 24 25 %, 25 to 49
 * 35 %, 50 to 99 45 %, 100 and more 55 %. The catalogue in force carries its own, which the operator edits.
 */
export const ladder: readonly Rung[] = [
  { from: 1, percent: 0 },
  { from: 2, percent: 25 },
  { from: 25, percent: 35 },
  { from: 50, percent: 45 },
  { from: 100, percent: 55 },
]

/** Where so many paid accounts stand on a ladder, and the rung above; null on the highest. */
export function volumeDiscount(
  paidAccounts: number,
  rungs: readonly Rung[] = ladder,
): { percent: number; next: { at: number; percent: number; missing: number } | null } {
  const above = rungs.find((r) => r.from > paidAccounts && r.percent > percentAt(paidAccounts, rungs))
  return {
    percent: percentAt(paidAccounts, rungs),
    next: above
      ? { at: above.from, percent: above.percent, missing: above.from - Math.max(0, paidAccounts) }
      : null,
  }
}

/** What a percentage takes off a price, minor units, rounded half-up. */
export function discountOf(price: bigint, percent: number): bigint {
  return share(price, BigInt(percent), 100n)
}

function percentAt(paidAccounts: number, rungs: readonly Rung[]): number {
  return rungs.findLast((r) => r.from <= paidAccounts)?.percent ?? 0
}
