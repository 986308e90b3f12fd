/** What differs between two editions, one line each: a dotted path in the content and both values. */
export type Change = { path: string; before: unknown; after: unknown }

/**
 * The leaves in which two contents differ, in their order; a leaf that one has not is null there. Lists of words
 * (features) are compared word by word, so that a line says what was added or taken away.
 */
export function changesOf(before: unknown, after: unknown, path = ''): Change[] {
  if (isWords(before) && isWords(after)) {
    const gone = before.filter((w) => !after.includes(w)).map((w) => ({ path, before: w, after: null }))
    const come = after.filter((w) => !before.includes(w)).map((w) => ({ path, before: null, after: w }))
    return [...gone, ...come]
  }
  if (isBranch(before) || isBranch(after)) {
    const keys = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])
    return [...keys].flatMap((key) =>
      changesOf(childOf(before, key), childOf(after, key), path === '' ? key : `${path}.${key}`),
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
