import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { agencyOf, subjectOf, type Ctx } from '../../server/context.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import { accountsOnPlans } from '../subscriptions/public.ts'
import type { setAccountRetailPrice as contract } from './contract.ts'

/** Keeps what the agency asks for a hosted account; 409 `retail_price.currency` in another currency than its own. */
export async function setAccountRetailPrice(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const [account] = await accountsOnPlans(ctx, { id: params.id, limit: 1 })
  if (!account) throw notFound()
  const { currency } = agencyOf(ctx)
  if (body.price && body.price.currency !== currency)
    throw new Refusal(409, 'retail_price.currency', { values: { currency } })
  if (body.price)
    await ctx.tx.query(
      'set_retail_price',
      `insert into retail_price (agency_id, hosted_account_id, amount, currency, updated_at, updated_by_name)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (agency_id, hosted_account_id) do update set amount = excluded.amount, currency = excluded.currency,
         updated_at = excluded.updated_at, updated_by_name = excluded.updated_by_name`,
      [ctx.agencyId, account.id, body.price.amount, currency, ctx.nowIso, subjectOf(ctx).name],
    )
  else
    await ctx.tx.query(
      'forget_retail_price',
      `delete from retail_price where agency_id = $1 and hosted_account_id = $2`,
      [ctx.agencyId, account.id],
    )
  ctx.audit({
    action: 'retail_price.set',
    clientId: account.clientId,
    entity: { kind: 'hosted_account', id: account.id, name: account.name },
    data: { amount: body.price?.amount ?? null, currency },
  })
  return {}
}
