import type { Ctx } from '../../server/context.ts'

/** A card that is charged from now on. */
export type Card = {
  id: string
  provider: string
  customer_ref: string
  token: string
  brand: string
  last4: string
  exp_month: number
  exp_year: number
}

/** The card of a payer (the agency's id or a client's), if it has one. */
export async function activeCard(ctx: Ctx, payerId: string): Promise<Card | undefined> {
  const [card] = await ctx.tx.query<Card>(
    'active_card',
    `select id, provider, customer_ref, token, brand, last4, exp_month, exp_year from payment_method
     where agency_id = $1 and payer_id = $2 and state = 'active'`,
    [ctx.agencyId, payerId],
  )
  return card
}

/** Whether a card can no longer be charged: it is good to the end of its last month. */
export function hasExpired(
  card: { exp_month: number; exp_year: number },
  today: Temporal.PlainDate,
): boolean {
  const end = Temporal.PlainYearMonth.from({ year: card.exp_year, month: card.exp_month })
  return Temporal.PlainYearMonth.compare(today.toPlainYearMonth(), end) > 0
}
