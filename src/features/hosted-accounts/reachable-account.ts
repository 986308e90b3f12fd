import type { Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import { visibleClients } from '../access/public.ts'
import { hostedAccountOf, type HostedAccountFacts } from './account-facts.ts'

/** A hosted account of a client that the caller sees; 404 outside that. */
export async function reachableAccount(ctx: Ctx, id: string): Promise<HostedAccountFacts> {
  const account = await hostedAccountOf(ctx, id)
  if (!account) throw notFound()
  const seen = await visibleClients(ctx)
    .select('client.id')
    .where('client.id', '=', account.clientId)
    .executeTakeFirst()
  if (!seen) throw notFound()
  return account
}
