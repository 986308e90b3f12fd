import type { CatalogueContent } from './contract.ts'

/** What differs between two editions, one line each: where (`plans.1.prices.month.1000`) and both values. */
export type Change = { path: string; before: unknown; after: unknown }

/**
 * What differs between two contents, in their order; what one has not is null there. Prices are compared by their
 * contact limit and discounts by the count they begin at, not by their place: a new limit is one line a price.
 */
export function changesOf(before: CatalogueContent, after: CatalogueContent): Change[] {
  return differences(byMeaning(before), byMeaning(after))
}

function byMeaning({ contactLimits, ladder, plans, ...rest }: CatalogueContent) {
  const byLimit = (prices: readonly number[]) =>
    Object.fromEntries(contactLimits.map((limit, i) => [limit, prices[i]]))
  return {
    plans: plans.map((p) => ({
      ...p,
      prices: { month: byLimit(p.prices.month), year: byLimit(p.prices.year) },
    })),
    ladder: Object.fromEntries(ladder.map((rung) => [rung.from, rung.percent])),
    ...rest,
  }
}

/** The leaves that differ. Lists of words (features) word by word, so that a line says what came or went. */
function differences(before: unknown, after: unknown, path = ''): Change[] {
  if (isWords(before) && isWords(after)) {
    const gone = before.filter((w) => !after.includes(w)).map((w) => ({ path, before: w, after: null }))
    const come = after.filter((w) => !before.includes(w)).map((w) => ({ path, before: null, after: w }))
    return [...gone, ...come]
  }
  if (isBranch(before) || isBranch(after)) {
    const keys = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])
    return [...keys].flatMap((key) =>
      differences(childOf(before, key), childOf(after, key), path === '' ? key : `${path}.${key}`),
    )
  }
  return before === after ? [] : [{ path, before: before ?? null, after: after ?? null }]
}

function isWords(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((w) => typeof w === 'string')
}

function isBranch(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function childOf(value: unknown, key: string): unknown {
  return isBranch(value) ? (value as Record<string, unknown>)[key] : undefined
}
