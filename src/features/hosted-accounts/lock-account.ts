import type { Selectable } from 'kysely'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import type { HostedAccount } from '../../server/schema.gen.ts'
import { lockSubscribed, type SubscribedAccount } from '../subscriptions/public.ts'
import { accountRecordOf } from './account-answers.ts'

/** An account and its subscription, locked, as the caller read them; 409 `version.stale` with the current record otherwise. */
export async function lockAccount(ctx: Ctx, id: string, version: number): Promise<SubscribedAccount> {
  const row = await lockSubscribed(ctx, { hostedAccountId: id })
  if (row.account.version !== version)
    throw new Refusal(409, 'version.stale', { data: { current: await accountRecordOf(ctx, id) } })
  return row
}

/** Sets columns of an account, counts the change, records it and tells open pages. */
export async function changeAccount(
  ctx: Ctx,
  account: Selectable<HostedAccount>,
  set: Partial<Selectable<HostedAccount>>,
  event: { action: `hosted_account.${string}` | `subscription.${string}`; data?: Record<string, unknown> },
): Promise<void> {
  await ctx.db
    .updateTable('hosted_account')
    .set({ ...set, updated_at: ctx.nowIso, version: account.version + 1 })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', account.id)
    .execute()
  ctx.audit({
    ...event,
    clientId: account.client_id,
    entity: { kind: 'hosted_account', id: account.id, name: set.name ?? account.name },
  })
  ctx.publish({ agencyId: ctx.agencyId, kind: 'hosted_accounts', id: account.id })
}
