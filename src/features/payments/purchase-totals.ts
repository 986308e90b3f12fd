import type { PurchaseLine } from './purchase.ts'

/** Net, VAT per rate on the summed base, rounded half-up (EN 16931 BR-CO-17), and their sum; minor units. */
export function totalsOf(lines: readonly PurchaseLine[]): { net: bigint; vat: bigint; gross: bigint } {
  const bases = new Map<number, bigint>()
  for (const l of lines) bases.set(l.vatRateBasisPoints, (bases.get(l.vatRateBasisPoints) ?? 0n) + l.net)
  let net = 0n
  let vat = 0n
  for (const [rate, base] of bases) {
    net += base
    const doubled = base * BigInt(rate) * 2n
    const rounded = (doubled + 10_000n) / 20_000n
    vat += base < 0n ? -((-doubled + 10_000n) / 20_000n) : rounded
  }
  return { net, vat, gross: net + vat }
}
