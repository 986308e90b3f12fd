import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import type { listSubscriptionPeriods as contract } from './contract.ts'
import { money, readTerms, subscribedAccount } from '../subscriptions/public.ts'

type Answer = AnswerOf<typeof contract>

/** The last two hundred periods and changes of an account, newest first. */
export async function listSubscriptionPeriods(
  ctx: Ctx,
  { params }: InputOf<typeof contract>,
): Promise<Answer> {
  const row = await subscribedAccount(ctx, params.id)
  if (!row) throw notFound()
  const of = row.subscription.id
  const periods = await ctx.db
    .selectFrom('subscription_period')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('subscription_id', '=', of)
    .orderBy('period_index', 'desc')
    .limit(200)
    .execute()
  const changes = await ctx.db
    .selectFrom('subscription_change')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('subscription_id', '=', of)
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
  const purchase = (id: string | null) => (id === null ? null : toPublicId('purchase', id))
  return {
    periods: periods.map((p) => ({
      index: p.period_index,
      from: p.starts_on,
      to: p.ends_on,
      planCode: p.plan_code as Answer['periods'][number]['planCode'],
      interval: p.interval as Answer['periods'][number]['interval'],
      contactLimit: p.contact_limit,
      listPrice: money(p.list_price, p.currency),
      discountPercent: p.discount_percent,
      paidAccounts: p.paid_accounts,
      net: money(p.net, p.currency),
      purchaseId: purchase(p.purchase_id),
    })),
    changes: changes.map((c) => {
      const terms = readTerms(c.terms)!
      return {
        kind: c.kind as Answer['changes'][number]['kind'],
        state: c.state as Answer['changes'][number]['state'],
        planCode: terms.planCode,
        interval: terms.interval,
        contactLimit: terms.contactLimit,
        credit: money(c.credit, c.currency),
        charge: money(c.charge, c.currency),
        askedAt: c.asked_at,
        askedBy: c.asked_by_name,
        purchaseId: purchase(c.purchase_id),
      }
    }),
  }
}
