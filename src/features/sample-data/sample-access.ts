import type { Ctx } from '../../server/context.ts'
import { happenedToMember } from './sample-history.ts'
import { memberOf, workday, type World } from './world.ts'

/** Who acted in whose place, how many days ago, why; always downward (C2). */
const visits = [
  {
    by: 'camille',
    as: 'karim',
    days: 64,
    minutes: 12,
    mode: 'acting',
    reason: 'Préparer son portefeuille pendant ses congés',
  },
  {
    by: 'elise',
    as: 'jade',
    days: 31,
    minutes: 7,
    mode: 'acting',
    reason: 'Corriger les coordonnées d’une cliente à sa demande',
  },
  {
    by: 'camille',
    as: 'helene',
    days: 18,
    minutes: 4,
    mode: 'viewing',
    reason: 'Vérifier ce que voit une cliente',
  },
  { by: 'karim', as: 'awa', days: 9, minutes: 16, mode: 'acting', reason: null },
] as const

/** Sessions "en tant que" of the past: those concerned read who acted for them, and why. */
export async function sampleAccess(ctx: Ctx, world: World): Promise<void> {
  const rows = visits.map((visit) => {
    const [by, subject] = [memberOf(world, visit.by), memberOf(world, visit.as)]
    const startedAt = workday(world, visit.days)
    const endedAt = startedAt.add({ minutes: visit.minutes })
    const action = visit.mode === 'viewing' ? 'access_session.viewed' : 'access_session.started'
    happenedToMember(world, subject, { by, at: startedAt, action, data: { reason: visit.reason } })
    happenedToMember(world, subject, { by, at: endedAt, action: 'access_session.ended' })
    return {
      agency_id: ctx.agencyId,
      id: world.random.id(startedAt),
      // The browser session it lived in is long gone.
      session_id: world.random.id(startedAt),
      actor_user_id: by.userId,
      actor_member_id: by.memberId,
      subject_member_id: subject.memberId,
      mode: visit.mode,
      read_only: visit.mode === 'viewing',
      reason: visit.reason,
      started_at: startedAt.toString(),
      expires_at: startedAt.add({ minutes: 30 }).toString(),
      ended_at: endedAt.toString(),
    }
  })
  await ctx.db.insertInto('access_session').values(rows).execute()
}
