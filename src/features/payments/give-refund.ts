import type { App, Ctx, Person } from '../../server/context.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { providerNamed, type PaymentProvider } from '../payment-providers/public.ts'
import { recordRefund } from './record-refund.ts'

type Asked = {
  provider: string
  provider_ref: string | null
  card_amount: bigint
  currency: string
}
type Answer = Awaited<ReturnType<PaymentProvider['refund']>>

/**
 * Gives one refund: asks the provider outside any transaction, with the refund's id as its key, and records the answer
 * in one. Killed anywhere it is simply run again.
 */
export async function giveRefund(
  app: App,
  agencyId: string,
  refundId: string,
  by: Person | null,
): Promise<void> {
  const asked = await runInTenant(app, { agencyId }, (ctx) => readAsked(ctx, refundId))
  if (!asked) return
  const answer = await ask(app, agencyId, refundId, asked)
  await runInTenant(app, { agencyId }, (ctx) => {
    ctx.actor = by
    return recordRefund(ctx, refundId, answer)
  })
}

async function readAsked(ctx: Ctx, refundId: string): Promise<Asked | undefined> {
  const [asked] = await ctx.tx.query<Asked>(
    'refund_asked',
    `select a.provider, a.provider_ref, r.card_amount, a.currency
     from purchase_refund r join payment_attempt a on a.agency_id = $1 and a.purchase_id = r.purchase_id and a.state = 'paid'
     where r.agency_id = $1 and r.id = $2 and r.state = 'pending'`,
    [ctx.agencyId, refundId],
  )
  return asked
}

/** Null when nothing goes back to a card. */
async function ask(app: App, agencyId: string, refundId: string, a: Asked): Promise<Answer | null> {
  if (a.card_amount === 0n) return null
  if (a.provider_ref === null) throw new Error(`refund ${refundId}: the provider's payment is not known`)
  return providerNamed(app, a.provider).refund(
    { app, agencyId },
    { key: refundId, ref: a.provider_ref, amount: a.card_amount, currency: a.currency },
  )
}
