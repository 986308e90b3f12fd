import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { assignClients, type AssignmentPair } from './assign-clients.ts'
import type { setAssignments as contract } from './contract.ts'

/** Ticks and unticks pairs of client and sub-account at once; says what changed, so that it can be undone. */
export async function setAssignments(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const { added, removed } = await assignClients(ctx, body)
  return { added: added.map(publicPair), removed: removed.map(publicPair) }
}

function publicPair(p: AssignmentPair): AssignmentPair {
  return { clientId: toPublicId('client', p.clientId), memberId: toPublicId('member', p.memberId) }
}
