/**
 * Uses credits against what is due, in the order given (domain.md, "Order of application": the caller sorts),
 * each whole before the next. `used` names only credits that were touched, `rest` is still to pay. Minor units.
 */
export function applyCredits(
  due: bigint,
  credits: readonly { id: string; available: bigint }[],
): { used: { id: string; amount: bigint }[]; rest: bigint } {
  const used: { id: string; amount: bigint }[] = []
  let rest = due
  for (const { id, available } of credits) {
    if (rest <= 0n) break
    const amount = available < rest ? available : rest
    if (amount <= 0n) continue
    used.push({ id, amount })
    rest -= amount
  }
  return { used, rest }
}
