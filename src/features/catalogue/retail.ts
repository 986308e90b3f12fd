import type { ItemKind } from '../../contract/catalogue-fields.ts'
import type { Statement } from '../../server/statement.ts'

/** An agency's rule as kept: every condition given must hold; amounts in minor units of the agency's currency. */
export type Rule = {
  id: string
  effect: 'hide' | 'margin'
  kind: ItemKind | null
  theme: string | null
  language: string | null
  country: string | null
  price_from: bigint | null
  price_to: bigint | null
  trust_below: number | null
  percent_basis_points: number
  fixed: bigint
  round_to: bigint
}

/** What a rule looks at in an item; `price` is the wholesale price, minor units. */
export type Priced = {
  kind: string
  theme: string
  language: string
  country: string
  trust: number | null
  price: bigint
}

/** Whether every condition of a rule holds for an item. An unknown trust (content has none) is below no score. */
export function fits(rule: Rule, item: Priced): boolean {
  return (
    (rule.kind === null || rule.kind === item.kind) &&
    (rule.theme === null || rule.theme === item.theme) &&
    (rule.language === null || rule.language === item.language) &&
    (rule.country === null || rule.country === item.country) &&
    (rule.price_from === null || item.price >= rule.price_from) &&
    (rule.price_to === null || item.price <= rule.price_to) &&
    (rule.trust_below === null || (item.trust !== null && item.trust < rule.trust_below))
  )
}

/**
 * The price with a margin: wholesale plus so many hundredths of a percent of it, plus a fixed amount, rounded
 * half up to a multiple of `round_to`. Minor units all through; exact, no fraction is lost before the rounding.
 */
export function withMargin(rule: Margin, price: bigint): bigint {
  const tenThousandths = price * (10_000n + BigInt(rule.percent_basis_points)) + rule.fixed * 10_000n
  const unit = rule.round_to * 10_000n
  return ((tenThousandths * 2n + unit) / (2n * unit)) * rule.round_to
}

/** An item's retail price: the agency's own if it set one, else the first margin rule that fits, else wholesale. */
export function retailOf(
  rules: readonly Rule[],
  item: Priced,
  own: bigint | null,
): { amount: bigint; source: 'item' | 'rule' | 'wholesale' } {
  if (own !== null) return { amount: own, source: 'item' }
  const rule = rules.find((r) => r.effect === 'margin' && fits(r, item))
  return rule
    ? { amount: withMargin(rule, item.price), source: 'rule' }
    : { amount: item.price, source: 'wholesale' }
}

/** The conditions of a rule over a row `item`, for SQL; the same as `fits`. */
export function ruleSql(rule: Omit<Rule, 'id' | 'effect'>, s: Statement, item = 'i'): string {
  const held: string[] = []
  for (const field of ['kind', 'theme', 'language', 'country'] as const)
    if (rule[field] !== null) held.push(`${item}.${field} = ${s.add(rule[field], 'text')}`)
  if (rule.price_from !== null) held.push(`${item}.price >= ${s.add(String(rule.price_from), 'bigint')}`)
  if (rule.price_to !== null) held.push(`${item}.price <= ${s.add(String(rule.price_to), 'bigint')}`)
  // Never unknown, so that `not` of it is the other items.
  if (rule.trust_below !== null)
    held.push(`coalesce(${item}.trust, 1000) < ${s.add(rule.trust_below, 'integer')}`)
  return held.length === 0 ? 'true' : `(${held.join(' and ')})`
}

/** The retail price of a row `item` for SQL; the same as `retailOf`. `own` is the column of prices set by hand. */
export function retailSql(rules: readonly Rule[], s: Statement, own: string | null, item = 'i'): string {
  const cases = rules
    .filter((r) => r.effect === 'margin')
    .map((r) => `when ${ruleSql(r, s, item)} then ${marginSql(r, s, item)}`)
  const ruled = cases.length === 0 ? `${item}.price` : `case ${cases.join(' ')} else ${item}.price end`
  return own === null ? ruled : `coalesce(${own}, ${ruled})`
}

/** What a margin needs to be worked out; `wholesaleOnly` is none. */
export type Margin = Pick<Rule, 'percent_basis_points' | 'fixed' | 'round_to'>
export const wholesaleOnly: Margin = { percent_basis_points: 0, fixed: 0n, round_to: 1n }

/** The price with a margin of a row `item` for SQL; the same as `withMargin`. */
export function marginSql(margin: Margin, s: Statement, item = 'i'): string {
  const { percent, fixed, unit } = parts(margin, s)
  return `((${item}.price * ${percent} + ${fixed}) * 2 + ${unit}) / (2 * ${unit}) * ${s.add(String(margin.round_to), 'bigint')}`
}

/**
 * The highest wholesale price whose price with the margin is at most `retail`, minor units; -1 when even nothing
 * costs more. Prices with a margin never fall as wholesale prices rise, so an order by one has ranges in the other.
 */
export function highestWholesale(margin: Margin, retail: bigint): bigint {
  if (retail < 0n) return -1n
  const unit = margin.round_to * 10_000n
  const top = (2n * (retail / margin.round_to) + 1n) * unit - 2n * margin.fixed * 10_000n - 1n
  return top < 0n ? -1n : top / (2n * (10_000n + BigInt(margin.percent_basis_points)))
}

/** The lowest wholesale price whose price with the margin is at least `retail`, minor units. */
export function lowestWholesale(margin: Margin, retail: bigint): bigint {
  return highestWholesale(margin, retail - 1n) + 1n
}

/**
 * For SQL: the ends of the range of wholesale prices that are sold, rounded, at the same price as the wholesale price
 * `price`; null for null. As `lowestWholesale` and `highestWholesale` of its price with the margin.
 */
export function samePriceSql(margin: Margin, s: Statement, price: string): { low: string; high: string } {
  const { percent, fixed, unit } = parts(margin, s)
  const rounded = `((${price} * ${percent} + ${fixed}) * 2 + ${unit}) / (2 * ${unit})`
  const below = `((2 * (${rounded}) - 1) * ${unit} - 2 * ${fixed} - 1)`
  return {
    low: `case when ${below} < 0 then 0 else ${below} / (2 * ${percent}) + 1 end`,
    high: `((2 * (${rounded}) + 1) * ${unit} - 2 * ${fixed} - 1) / (2 * ${percent})`,
  }
}

function parts(margin: Margin, s: Statement): { percent: string; fixed: string; unit: string } {
  return {
    percent: s.add(10_000 + margin.percent_basis_points, 'bigint'),
    fixed: s.add(String(margin.fixed * 10_000n), 'bigint'),
    unit: s.add(String(margin.round_to * 10_000n), 'bigint'),
  }
}
