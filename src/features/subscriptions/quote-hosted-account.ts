import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { agencyOf, type Ctx } from '../../server/context.ts'
import type { quoteHostedAccount as contract } from './contract.ts'
import { dayIn, periodFrom } from './periods.ts'
import { breakdownAnswer, priceNewAccount } from './prices.ts'

/** What a new account costs now: the one quote that the form shows and that opening it is checked against. */
export async function quoteHostedAccount(
  ctx: Ctx,
  { query }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const price = await priceNewAccount(ctx, query)
  const { catalogue, terms } = price
  return {
    ...breakdownAnswer({ ...price, listPrice: terms.listPrice, currency: catalogue.currency }),
    paidAccounts: price.paidAccounts,
    next: price.next,
    renewsOn: periodFrom(dayIn(ctx.now, agencyOf(ctx).timeZone), terms.interval, 0).end.toString(),
  }
}
