import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { assignClients } from '../assignments/public.ts'
import type * as contract from './contract.ts'
import { lockClient } from './lock-client.ts'
import { readClient } from './read-client.ts'

/** Ticks and unticks holders of a client (A17, A18); members outside the caller's sight are 404. */
export async function setClientAssignees(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.setClientAssignees>,
): Promise<AnswerOf<typeof contract.setClientAssignees>> {
  const { id: clientId } = await lockClient(ctx, params.id)
  const before = await readClient(ctx, clientId)
  const outcome = await assignClients(ctx, {
    add: body.add.map((memberId) => ({ clientId, memberId })),
    remove: body.remove.map((memberId) => ({ clientId, memberId })),
    ...(body.leadId !== undefined && { lead: [{ clientId, memberId: body.leadId }] }),
    notify: body.notify,
    ...(body.restoring && { restoring: true }),
  })
  return {
    client: (await readClient(ctx, clientId)) ?? null,
    added: outcome.added.map((p) => toPublicId('member', p.memberId)),
    removed: outcome.removed.map((p) => toPublicId('member', p.memberId)),
    leadBefore: before?.assignees.find((a) => a.isLead)?.id ?? null,
  }
}
