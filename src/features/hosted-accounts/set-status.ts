import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal } from '../../server/refusal.ts'
import { accountActs, archiveSubscription, restoreSubscription } from '../subscriptions/public.ts'
import { accountRecordOf, lastDayToRestore } from './account-answers.ts'
import type { AccountRecord, disableHostedAccount as contract } from './contract.ts'
import { changeAccount, lockAccount } from './lock-account.ts'

type Input = InputOf<typeof contract>

/** Closes an account to its users; it stays billed (B37), and its trial or period runs on. */
export async function disableHostedAccount(ctx: Ctx, { params, body }: Input): Promise<AccountRecord> {
  const row = await lockAccount(ctx, params.id, body.version)
  refuseUnless(accountActs(ctx, row).disable)
  await changeAccount(
    ctx,
    row.account,
    { status: 'disabled', status_before: row.account.status },
    { action: 'hosted_account.disabled' },
  )
  return accountRecordOf(ctx, params.id)
}

/** Opens it again, in the status it would have by now. */
export async function enableHostedAccount(ctx: Ctx, { params, body }: Input): Promise<AccountRecord> {
  const row = await lockAccount(ctx, params.id, body.version)
  refuseUnless(accountActs(ctx, row).enable)
  await changeAccount(
    ctx,
    row.account,
    { status: row.account.status_before ?? 'active', status_before: null },
    { action: 'hosted_account.enabled' },
  )
  return accountRecordOf(ctx, params.id)
}

/** Puts an expired account away; nothing of it is lost for a year (B36). */
export async function archiveHostedAccount(ctx: Ctx, { params, body }: Input): Promise<AccountRecord> {
  const row = await lockAccount(ctx, params.id, body.version)
  refuseUnless(accountActs(ctx, row).archive)
  await archiveSubscription(ctx, row.subscription)
  await changeAccount(
    ctx,
    row.account,
    { status: 'archived', archived_at: ctx.nowIso },
    { action: 'hosted_account.archived' },
  )
  return accountRecordOf(ctx, params.id)
}

/** Takes it back, expired; 409 `hosted_account.too_late` after a year. */
export async function restoreHostedAccount(ctx: Ctx, { params, body }: Input): Promise<AccountRecord> {
  const row = await lockAccount(ctx, params.id, body.version)
  const { account } = row
  if (account.status !== 'archived' || account.archived_at === null) refuseUnless(false)
  const today = ctx.now.toZonedDateTimeISO(account.time_zone).toPlainDate().toString()
  if (today > lastDayToRestore(account.archived_at!, account.time_zone))
    throw new Refusal(409, 'hosted_account.too_late')
  await restoreSubscription(ctx, row.subscription)
  await changeAccount(
    ctx,
    account,
    { status: 'expired', archived_at: null },
    { action: 'hosted_account.restored' },
  )
  return accountRecordOf(ctx, params.id)
}

function refuseUnless(possible: boolean): void {
  if (!possible) throw new Refusal(409, 'hosted_account.status')
}
