/** A repeatable source of chance (mulberry32): the same seed makes the same data on every machine. */
export class SeededRandom {
  #state: number
  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** From 0 to 1, 1 not included. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let t = this.#state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }

  /** A whole number from 0 to `end`, `end` not included. */
  below(end: number): number {
    return Math.floor(this.next() * end)
  }

  /** One of the items. */
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!
  }

  /** A UUID of version 7 in form: `milliseconds` first, so that keys append to their index as real ones do. */
  id(milliseconds: number): string {
    const time = milliseconds.toString(16).padStart(12, '0')
    const a = this.below(0x1000).toString(16).padStart(3, '0')
    const b = (0x8000 + this.below(0x4000)).toString(16)
    const c =
      this.below(0x100_0000).toString(16).padStart(6, '0') +
      this.below(0x100_0000).toString(16).padStart(6, '0')
    return `${time.slice(0, 8)}-${time.slice(8)}-7${a}-${b}-${c}`
  }
}
