import type { Ctx } from './context.ts'

/** SQL text under way and the values its placeholders stand for. `$1` is always the agency. */
export type Statement = { values: unknown[]; add(value: unknown, type: string): string }

/** A statement with the agency as its first value; `add` gives the placeholder of one more, with its type. */
export function newStatement(ctx: Ctx): Statement {
  const values: unknown[] = [ctx.agencyId]
  return {
    values,
    add(value, type) {
      values.push(value)
      return `$${values.length}::${type}`
    },
  }
}
