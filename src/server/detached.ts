import type { Ctx } from './context.ts'

/**
 * The context of a use case that runs without a transaction: it knows who calls and opens its own with
 * `ctx.apart`. Anything that would need the closed transaction throws instead of being lost.
 */
export function detachedFrom(ctx: Ctx): Ctx {
  return {
    ...ctx,
    get tx() {
      return closed()
    },
    get db() {
      return closed()
    },
    audit: closed,
    enqueue: closed,
    publish: closed,
    afterCommit: closed,
  }
}

function closed(): never {
  throw new Error('no transaction is open here: use ctx.apart')
}
