import { share } from './round.ts'

/**
 * VAT categories of EN 16931 (BT-151, code list UNCL5305): S standard or reduced rate, AE reverse charge,
 * E exempt, G export outside the EU, O out of scope, Z zero rate. All but S carry no rate.
 */
export type VatCategory = 'S' | 'AE' | 'E' | 'G' | 'O' | 'Z'

/** Lines of one category and rate, summed: the BG-23 of an invoice. Amounts in minor units. */
export type VatGroup = { category: VatCategory; rateBasisPoints: number; net: bigint; vat: bigint }

/**
 * The VAT of an invoice as EN 16931 counts it (BR-CO-17): lines are summed per category and rate, VAT is the
 * rate of that sum, rounded half-up once a group, never a line. Rates are in basis points: 2000 is 20 %.
 * Groups keep the order in which their first line came. Refuses (RangeError) a rate outside S.
 */
export function vatBreakdown(
  lines: readonly { net: bigint; rateBasisPoints: number; category: VatCategory }[],
): { groups: VatGroup[]; net: bigint; vat: bigint; gross: bigint } {
  const groups = new Map<string, VatGroup>()
  for (const { net, rateBasisPoints, category } of lines) {
    if (category !== 'S' && rateBasisPoints !== 0)
      throw new RangeError(`VAT category ${category} has no rate`)
    const key = `${category} ${rateBasisPoints}`
    const group = groups.get(key) ?? { category, rateBasisPoints, net: 0n, vat: 0n }
    group.net += net
    groups.set(key, group)
  }
  let net = 0n
  let vat = 0n
  for (const group of groups.values()) {
    group.vat = share(group.net, BigInt(group.rateBasisPoints), 10_000n)
    net += group.net
    vat += group.vat
  }
  return { groups: [...groups.values()], net, vat, gross: net + vat }
}
