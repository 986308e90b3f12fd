import type { SessionFacts } from './context.ts'
import type { Tx } from './db.ts'

/** Seconds between two writes of "last seen". */
export const seenEverySeconds = 60

/** Writes "last seen" of a session and its user: in a transaction of its own, since a request that only reads writes nothing. */
export async function markSeen(
  tx: Tx,
  agencyId: string,
  session: SessionFacts,
  nowIso: string,
): Promise<void> {
  await tx.query('seen_session', `update session set last_seen_at = $3 where agency_id = $1 and id = $2`, [
    agencyId,
    session.id,
    nowIso,
  ])
  await tx.query('seen_user', `update realm_user set last_seen_at = $3 where agency_id = $1 and id = $2`, [
    agencyId,
    session.userId,
    nowIso,
  ])
}
