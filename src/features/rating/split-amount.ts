/**
 * A total in parts by weight that sum to it exactly, minor units: each gets its whole share, and the units left
 * go one each to the largest remainders (Hamilton's method), the earlier of equals first. A negative total is
 * split as the positive one, so that a refund mirrors its payment. Refuses (RangeError) negative weights, and a
 * total with nothing to weigh it.
 */
export function splitAmount(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n)
  if (weights.some((w) => w < 0n)) throw new RangeError('a weight is never negative')
  if (sum === 0n) {
    if (total !== 0n) throw new RangeError('nothing to weigh the parts by')
    return weights.map(() => 0n)
  }
  if (total < 0n) return splitAmount(-total, weights).map((part) => -part)
  const parts = weights.map((w) => (total * w) / sum)
  const left = Number(total - parts.reduce((a, b) => a + b, 0n))
  const byRemainder = weights
    .map((w, i) => ({ i, rest: (total * w) % sum }))
    .toSorted((a, b) => (a.rest === b.rest ? a.i - b.i : a.rest > b.rest ? -1 : 1))
  for (const { i } of byRemainder.slice(0, left)) parts[i]! += 1n
  return parts
}
