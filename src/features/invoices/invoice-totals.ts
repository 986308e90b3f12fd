import type { VatCategory } from './vat-case.ts'

/** Base and VAT of one category and rate, minor units. */
export type VatGroup = { category: VatCategory; rateBasisPoints: number; base: bigint; vat: bigint }
/** What a document sums to, minor units. */
export type Totals = { groups: VatGroup[]; net: bigint; vat: bigint; gross: bigint }

/**
 * Totals of lines: VAT is taken per category and rate on the summed base, half away from zero (art. 242 nonies
 * A CGI, EN 16931 BR-CO-17), so that a credit note of everything is the exact opposite of its invoice.
 */
export function totalsOf(
  lines: readonly { net: bigint; rateBasisPoints: number; category: VatCategory }[],
): Totals {
  const groups = new Map<string, VatGroup>()
  for (const { net, rateBasisPoints, category } of lines) {
    const key = `${category} ${rateBasisPoints}`
    const group = groups.get(key) ?? { category, rateBasisPoints, base: 0n, vat: 0n }
    group.base += net
    groups.set(key, group)
  }
  for (const g of groups.values()) g.vat = share(g.base, BigInt(g.rateBasisPoints), 10_000n)
  const all = [...groups.values()].toSorted((a, b) => b.rateBasisPoints - a.rateBasisPoints)
  const sum = (of: (g: VatGroup) => bigint) => all.reduce((total, g) => total + of(g), 0n)
  const net = sum((g) => g.base)
  const vat = sum((g) => g.vat)
  return { groups: all, net, vat, gross: net + vat }
}

/** `amount` × `part` / `whole`, rounded half away from zero. */
export function share(amount: bigint, part: bigint, whole: bigint): bigint {
  const product = amount * part
  const size = product < 0n ? -product : product
  const rounded = (2n * size + whole) / (2n * whole)
  return product < 0n ? -rounded : rounded
}
