import type { Ctx } from '../../server/context.ts'
import { factsOf, type SubscriptionFacts } from './terms.ts'

/** What a hosted account is subscribed to; undefined outside the agency. */
export async function subscriptionOf(
  ctx: Ctx,
  hostedAccountId: string,
): Promise<SubscriptionFacts | undefined> {
  const account = await ctx.db
    .selectFrom('hosted_account')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', hostedAccountId)
    .executeTakeFirst()
  const subscription = await ctx.db
    .selectFrom('subscription')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('hosted_account_id', '=', hostedAccountId)
    .executeTakeFirst()
  return account && subscription ? factsOf({ account, subscription }) : undefined
}

/**
 * Accounts that count for the volume discount: billed ones, disabled and unpaid ones included, trials and those
 * that the operator bills itself left out (B16; domain.md, "Discount").
 */
export async function paidAccounts(ctx: Ctx): Promise<number> {
  const [row] = await ctx.tx.query<{ n: number }>(
    'paid_accounts',
    `select count(*)::int as n from hosted_account
     where agency_id = $1 and status in ('active', 'disabled', 'suspended', 'cancelled') and billed`,
    [ctx.agencyId],
  )
  return row?.n ?? 0
}
