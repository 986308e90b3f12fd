import type { Locale } from '../../contract/common.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import type { AccountDefaults } from './contract.ts'

/** The agency's default settings; before it set any, its own language and zone. */
export async function accountDefaults(ctx: Ctx): Promise<AccountDefaults> {
  const agency = agencyOf(ctx)
  const row = await ctx.db
    .selectFrom('account_defaults')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .executeTakeFirst()
  const [running] = await ctx.tx.query<{ n: number }>(
    'running_accounts',
    `select count(*)::int as n from hosted_account where agency_id = $1 and status in ('trial', 'active', 'cancelled', 'suspended', 'disabled')`,
    [ctx.agencyId],
  )
  return {
    locale: (row?.locale ?? agency.locale) as Locale,
    timeZone: row?.time_zone ?? agency.timeZone,
    notificationEmail: row?.notification_email ?? null,
    planCode: (row?.plan_code ?? 'plus') as AccountDefaults['planCode'],
    interval: (row?.interval ?? 'month') as AccountDefaults['interval'],
    accounts: running?.n ?? 0,
    version: row?.version ?? 0,
  }
}

/** What a new hosted account starts with. */
export function getAccountDefaults(ctx: Ctx): Promise<AccountDefaults> {
  return accountDefaults(ctx)
}
