import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { accountRecordOf } from './account-answers.ts'
import type { AccountRecord, updateHostedAccount as contract } from './contract.ts'
import { changeAccount, lockAccount } from './lock-account.ts'

const columns = {
  name: 'name',
  contactName: 'contact_name',
  contactEmail: 'contact_email',
  notificationEmail: 'notification_email',
  locale: 'locale',
  timeZone: 'time_zone',
  customDomain: 'custom_domain',
} as const

/**
 * Changes what the agency keeps about an account. The zone that renewals are counted in stays the subscription's:
 * moving it would lengthen or shorten a paid period. A new domain is wished until it is verified; the old one
 * stops answering.
 */
export async function updateHostedAccount(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract>,
): Promise<AccountRecord> {
  const { account } = await lockAccount(ctx, params.id, body.version)
  const changes: Record<string, { before: unknown; after: unknown }> = {}
  const set: Record<string, unknown> = {}
  for (const [field, column] of Object.entries(columns) as [
    keyof typeof columns,
    (typeof columns)[keyof typeof columns],
  ][]) {
    const value = body[field]
    if (value === undefined || value === account[column]) continue
    set[column] = value
    changes[field] = { before: account[column], after: value }
  }
  if (Object.keys(set).length === 0) return accountRecordOf(ctx, params.id)
  if ('custom_domain' in set && account.custom_domain !== null)
    await ctx.db
      .deleteFrom('host_name')
      .where('agency_id', '=', ctx.agencyId)
      .where('realm_id', '=', account.id)
      .where('kind', '=', 'domain')
      .where('name', '=', account.custom_domain)
      .execute()
  await changeAccount(ctx, account, set, { action: 'hosted_account.updated', data: { changes } })
  return accountRecordOf(ctx, params.id)
}
