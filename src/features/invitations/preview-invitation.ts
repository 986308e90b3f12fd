import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { checkPlace, unassignedSeen } from '../sub-accounts/public.ts'
import type { previewInvitation as contract } from './contract.ts'

/** Names the unassigned clients that the person invited would read, so that nobody shows them unawares (A22). */
export async function previewInvitation(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  await checkPlace(ctx, body.role, body.parentId)
  return unassignedSeen(ctx, body.parentId)
}
