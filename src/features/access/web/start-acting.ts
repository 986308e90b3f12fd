import { call } from '../../../web/call.ts'
import { paths } from '../../../web/paths.ts'
import { startAccessSession } from '../contract.ts'
import { rememberWayBack } from './acting.ts'

/** Whom to act for, as pages know them. */
export type Subordinate = { id: string; name: string; role: string; state: string }

/** Opens the subject's space, at its home; refusals are thrown (a field `reason`: the agency demands one). */
export async function startActing(
  member: Pick<Subordinate, 'id'>,
  mode: 'acting' | 'viewing',
  reason?: string,
): Promise<void> {
  await call(startAccessSession, {
    body: { memberId: member.id, mode, ...(reason !== undefined && { reason }) },
  })
  rememberWayBack()
  // A whole new page: nothing read in one's own sight stays in memory.
  location.assign(paths.home)
}
