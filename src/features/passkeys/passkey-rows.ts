import { toPublicId } from '../../contract/ids.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'

type Row = { id: string; name: string; created_at: string; last_used_at: string | null }

/** A passkey as the API shows it. */
export function passkeyAnswer(row: Row) {
  return {
    id: toPublicId('passkey', row.id),
    name: row.name,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  }
}

/** The caller's own passkeys. */
export function ownPasskeys(ctx: Ctx) {
  return ctx.db
    .selectFrom('passkey')
    .where('agency_id', '=', ctx.agencyId)
    .where('user_id', '=', subjectOf(ctx).userId)
}
