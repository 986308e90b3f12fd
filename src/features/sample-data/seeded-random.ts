/** Chance that gives the same sequence for the same seed, so that sample data is the same everywhere. */
export type SeededRandom = {
  /** From 0 (included) to 1 (excluded). */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number
  /** One of the items. */
  pick<T>(items: readonly T[]): T
  /** True that often (a share from 0 to 1). */
  chance(share: number): boolean
  /** `n` different items, or all when there are fewer. */
  some<T>(items: readonly T[], n: number): T[]
  /** A UUIDv7 born at that instant. */
  id(at: Temporal.Instant): string
}

/** Mulberry32: 32 bits of state, ample for a few thousand draws. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  const pick = <T>(items: readonly T[]): T => items[whole(0, items.length - 1)] as T
  const hex = (digits: number) => Array.from({ length: digits }, () => whole(0, 15).toString(16)).join('')
  return {
    next,
    whole,
    pick,
    chance: (share) => next() < share,
    some: (items, n) => {
      const rest = [...items]
      return Array.from(
        { length: Math.min(n, rest.length) },
        () => rest.splice(whole(0, rest.length - 1), 1)[0] as (typeof items)[number],
      )
    },
    id: (at) => {
      const time = at.epochMilliseconds.toString(16).padStart(12, '0')
      return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(12)}`
    },
  }
}
