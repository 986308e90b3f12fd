import type { App } from '../../server/context.ts'
import { linkTo, hostOfSlug } from '../../server/hosts.ts'
import { decimalsOf } from '../../contract/amounts.ts'
import { toPublicId } from '../../contract/ids.ts'
import { providerNamed, type FailureCode, type PaymentState } from '../payment-providers/public.ts'
import type { Attempt } from './begin-attempts.ts'

/** What the provider answered about one try. `check` is the 1-unit authorisation beside prepaid credit (B71). */
export type Outcome = {
  attemptId: string
  purchaseId: string
  payment: PaymentState | { state: 'paid' } | { state: 'failed'; code: FailureCode; hard: boolean }
  check: { ref: string | null; state: 'voided' | 'declined' | 'no_card' } | null
}

/**
 * Asks the provider for one try, outside any transaction, with the try's id as its key: asked again after a crash or
 * a time-out, it answers what it did the first time. Throws only when nothing is known.
 */
export async function askProvider(
  app: App,
  agency: { id: string; slug: string },
  a: Attempt,
): Promise<Outcome> {
  const metadata = { agencyId: agency.id, purchaseId: a.purchaseId, attemptId: a.id }
  const caller = { app, agencyId: agency.id }
  const known = { attemptId: a.id, purchaseId: a.purchaseId }
  const { card } = a
  if (a.charge > 0n && (!card || a.cardExpired))
    return {
      ...known,
      check: null,
      payment: { state: 'failed', code: card ? 'expired_card' : 'no_card', hard: false },
    }
  const check = a.prepaid > 0n ? await authorise() : null
  if (a.charge === 0n || !card) return { ...known, check, payment: { state: 'paid' } }
  const provider = providerNamed(app, card.provider)
  const payment = await provider.charge(caller, {
    key: a.id,
    customer: card.customer_ref,
    token: card.token,
    amount: a.charge,
    currency: a.currency,
    description: a.description,
    metadata,
    offSession: !a.attended,
    begunBefore: a.begunBefore,
    returnUrl: linkTo(
      app.config,
      { kind: 'agency', agencyId: agency.id, realmId: agency.id, host: hostOfSlug(app.config, agency.slug) },
      `/paiements/${toPublicId('purchase', a.purchaseId)}`,
    ),
  })
  return { ...known, check, payment }

  async function authorise(): Promise<NonNullable<Outcome['check']>> {
    if (!card || a.cardExpired) return { ref: null, state: 'no_card' }
    return providerNamed(app, card.provider).authoriseAndVoid(caller, {
      key: `${a.id}-check`,
      customer: card.customer_ref,
      token: card.token,
      amount: 10n ** BigInt(decimalsOf(a.currency)),
      currency: a.currency,
      metadata,
    })
  }
}
