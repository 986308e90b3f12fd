import type { App } from '../../server/context.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { providerNamed, type PaymentState } from '../payment-providers/public.ts'
import { recordOutcomes } from './record-outcomes.ts'

/**
 * Reads where a try stands at the provider and records it: after an event, on the way back from the bank, or when
 * nothing was heard. With `giveUp`, a payment that still waits for its holder is given up.
 */
export async function refreshAttempt(
  app: App,
  agencyId: string,
  attemptId: string,
  giveUp: boolean,
): Promise<void> {
  const found = await runInTenant(app, { agencyId }, async (ctx) => {
    const [row] = await ctx.tx.query<{
      purchase_id: string
      provider: string
      provider_ref: string | null
      state: string
    }>(
      'attempt_to_watch',
      `select purchase_id, provider, provider_ref, state from payment_attempt where agency_id = $1 and id = $2`,
      [ctx.agencyId, attemptId],
    )
    return row
  })
  if (!found || found.provider_ref === null || found.state === 'paid' || found.state === 'failed') return
  const provider = providerNamed(app, found.provider)
  const caller = { app, agencyId }
  let payment: PaymentState = await provider.readPayment(caller, found.provider_ref)
  if (payment.state === 'requires_action' && giveUp)
    payment = await provider.cancelPayment(caller, found.provider_ref)
  const { purchase_id: purchaseId } = found
  await runInTenant(app, { agencyId }, (ctx) =>
    recordOutcomes(ctx, [{ attemptId, purchaseId, payment, check: null }]),
  )
}
