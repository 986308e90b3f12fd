import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import { entrustedClients } from '../access/public.ts'
import { hasExpired } from '../payments/public.ts'
import { providerOf } from '../payment-providers/public.ts'
import type * as contract from './contract.ts'

/** A card as the API answers it. */
export type CardAnswer = AnswerOf<typeof contract.getAgencyCard>
/** Whose card: the agency's own id with no client, or a client's. */
export type CardPayer = { payerId: string; clientId: string | null }

/** Days before the end of its last month from which a card is said to expire. */
export const soonDays = 30

/** The agency's card. */
export function getAgencyCard(ctx: Ctx): Promise<CardAnswer> {
  return readCard(ctx, { payerId: ctx.agencyId, clientId: null })
}

/** The card of a client in sight. */
export async function getClientCard(
  ctx: Ctx,
  { params }: InputOf<typeof contract.getClientCard>,
): Promise<CardAnswer> {
  return readCard(ctx, await clientPayer(ctx, params.id))
}

/** A client in sight as a payer; 404 otherwise. */
export async function clientPayer(ctx: Ctx, clientId: string): Promise<CardPayer> {
  const found = await entrustedClients(ctx)
    .select('client.id')
    .where('client.id', '=', clientId)
    .executeTakeFirst()
  if (!found) throw notFound()
  return { payerId: clientId, clientId }
}

async function readCard(ctx: Ctx, { payerId }: CardPayer): Promise<CardAnswer> {
  const row = await ctx.db
    .selectFrom('payment_method')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('payer_id', '=', payerId)
    .where('state', '=', 'active')
    .executeTakeFirst()
  return {
    card: row
      ? {
          brand: row.brand,
          last4: row.last4,
          expMonth: row.exp_month,
          expYear: row.exp_year,
          expiry: expiryOf(row, ctx.now.toZonedDateTimeISO('UTC').toPlainDate()),
          addedBy: row.added_by,
          createdAt: row.created_at,
        }
      : null,
    provider: providerOf(ctx.app).name,
    can: { edit: ctx.may('purchases.pay') },
  }
}

/** Whether a card still serves, and for how long. */
export function expiryOf(
  card: { exp_month: number; exp_year: number },
  today: Temporal.PlainDate,
): 'fine' | 'soon' | 'expired' {
  if (hasExpired(card, today)) return 'expired'
  const end = Temporal.PlainDate.from({ year: card.exp_year, month: card.exp_month, day: 1 }).add({
    months: 1,
  })
  return today.until(end).days + today.until(end).months * 31 <= soonDays ? 'soon' : 'fine'
}
