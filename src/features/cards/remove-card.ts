import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { endCard } from './card-setup.ts'
import type * as contract from './contract.ts'
import { forgetCard } from './jobs.ts'
import { clientPayer } from './read-card.ts'

/** Takes the agency's card away; twice is once. */
export async function removeAgencyCard(ctx: Ctx): Promise<Record<string, never>> {
  return remove(ctx, ctx.agencyId, null)
}

/** Takes the own card of a client in sight away. */
export async function removeClientCard(
  ctx: Ctx,
  { params }: InputOf<typeof contract.removeClientCard>,
): Promise<Record<string, never>> {
  const { payerId } = await clientPayer(ctx, params.id)
  return remove(ctx, payerId, params.id)
}

async function remove(ctx: Ctx, payerId: string, clientId: string | null): Promise<Record<string, never>> {
  const card = await endCard(ctx, payerId, 'removed')
  if (!card) return {}
  await ctx.enqueue(forgetCard, { id: card.id })
  ctx.audit({
    action: 'card.removed',
    clientId,
    entity: { kind: 'card', id: card.id, name: `${card.brand} •••• ${card.last4}` },
  })
  ctx.publish({ agencyId: ctx.agencyId, kind: 'card' })
  return {}
}
