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
export function withMargin(
  rule: Pick<Rule, 'percent_basis_points' | 'fixed' | 'round_to'>,
  price: bigint,
): bigint {
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
  const parts: string[] = []
  for (const field of ['kind', 'theme', 'language', 'country'] as const)
    if (rule[field] !== null) parts.push(`${item}.${field} = ${s.add(rule[field], 'text')}`)
  if (rule.price_from !== null) parts.push(`${item}.price >= ${s.add(String(rule.price_from), 'bigint')}`)
  if (rule.price_to !== null) parts.push(`${item}.price <= ${s.add(String(rule.price_to), 'bigint')}`)
  if (rule.trust_below !== null) parts.push(`${item}.trust < ${s.add(rule.trust_below, 'integer')}`)
  return parts.length === 0 ? 'true' : `(${parts.join(' and ')})`
}

/** The retail price of a row `item` for SQL; the same as `retailOf`. `own` is the column of prices set by hand. */
export function retailSql(rules: readonly Rule[], s: Statement, own: string | null, item = 'i'): string {
  const cases = rules
    .filter((r) => r.effect === 'margin')
    .map((r) => `when ${ruleSql(r, s, item)} then ${marginSql(r, s, item)}`)
  const ruled = cases.length === 0 ? `${item}.price` : `case ${cases.join(' ')} else ${item}.price end`
  return own === null ? ruled : `coalesce(${own}, ${ruled})`
}

function marginSql(rule: Rule, s: Statement, item: string): string {
  const percent = s.add(10_000 + rule.percent_basis_points, 'bigint')
  const fixed = s.add(String(rule.fixed * 10_000n), 'bigint')
  const unit = s.add(String(rule.round_to * 10_000n), 'bigint')
  return `((${item}.price * ${percent} + ${fixed}) * 2 + ${unit}) / (2 * ${unit}) * ${s.add(String(rule.round_to), 'bigint')}`
}
