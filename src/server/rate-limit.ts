/**
 * A token bucket a key, kept per process: with n processes the limit is n times as wide, which is fine for
 * what it guards (one caller starving the others). What must be exact, sign-in attempts, is counted in the
 * database (sign_in_guard).
 */
export class RateLimit {
  readonly #perMinute: number
  readonly #buckets = new Map<string, { tokens: number; at: number }>()
  constructor(perMinute: number) {
    this.#perMinute = perMinute
  }

  /** Takes one token: how many are left, and in how many seconds the bucket is full again. */
  take(key: string): { allowed: boolean; limit: number; remaining: number; reset: number } {
    const now = performance.now()
    if (this.#buckets.size > 50_000) this.#buckets.clear()
    const bucket = this.#buckets.get(key) ?? { tokens: this.#perMinute, at: now }
    const tokens = Math.min(this.#perMinute, bucket.tokens + ((now - bucket.at) / 60_000) * this.#perMinute)
    const allowed = tokens >= 1
    const left = allowed ? tokens - 1 : tokens
    this.#buckets.set(key, { tokens: left, at: now })
    return {
      allowed,
      limit: this.#perMinute,
      remaining: Math.floor(left),
      reset: Math.ceil(((this.#perMinute - left) / this.#perMinute) * 60),
    }
  }
}
