import { createHash } from 'node:crypto'
import { subjectOf, type Ctx } from '../../server/context.ts'

/** The ledger's key for what somebody asked under an Idempotency-Key, which may be longer than a key of ours. */
export function operationKeyOf(ctx: Ctx, what: string, idempotencyKey: unknown): string {
  const said = `${subjectOf(ctx).userId} ${String(idempotencyKey)}`
  return `${what} ${createHash('sha256').update(said).digest('base64url')}`
}
