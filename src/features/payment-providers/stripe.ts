import Stripe from 'stripe'
import { createHash } from 'node:crypto'
import type { Config } from '../../server/config.ts'
import { toPublicId } from '../../contract/ids.ts'
import type {
  CardToken,
  Charge,
  FailureCode,
  PaymentProvider,
  PaymentState,
  Refused,
  SetupState,
} from './provider.ts'

/** Refusals that no further try can change (Stripe, "Decline codes"). */
const hardDeclines = new Set([
  'lost_card',
  'stolen_card',
  'pickup_card',
  'fraudulent',
  'invalid_account',
  'restricted_card',
])
const codes: Record<string, FailureCode> = {
  insufficient_funds: 'insufficient_funds',
  expired_card: 'expired_card',
  incorrect_number: 'wrong_number',
  invalid_number: 'wrong_number',
  authentication_required: 'authentication_failed',
  payment_intent_authentication_failure: 'authentication_failed',
  setup_intent_authentication_failure: 'authentication_failed',
}

/** The real SDK on the account that the key is of; `STRIPE_API_URL` leads tests to a stand-in. */
export function openStripe(config: Pick<Config, 'stripe'>): Stripe {
  const { secretKey, apiUrl } = config.stripe!
  return new Stripe(secretKey, {
    timeout: 20_000,
    maxNetworkRetries: 2,
    telemetry: false,
    ...(apiUrl && {
      host: apiUrl.hostname,
      port: Number(apiUrl.port),
      protocol: apiUrl.protocol === 'http:' ? 'http' : 'https',
    }),
  })
}

/**
 * Stripe, by PaymentIntents, and by Checkout in setup mode to take a card: its number is typed on Stripe's page and
 * never comes near ours. What throws here is unknown and is asked again with the same key.
 */
export function stripeProvider(stripe: Stripe): PaymentProvider {
  return {
    name: 'stripe',

    async createCustomer(_, { key, name, email }) {
      const params = { name, ...(email !== null && { email }), metadata: { payerId: key } }
      // Another name would be another request to Stripe, which refuses the key for it.
      const said = createHash('sha256').update(JSON.stringify(params)).digest('hex').slice(0, 16)
      return (await stripe.customers.create(params, { idempotencyKey: `customer-${key}-${said}` })).id
    },

    async startSetup(_, { key, customer, returnUrl, metadata }) {
      const session = await stripe.checkout.sessions.create(
        {
          mode: 'setup',
          customer,
          success_url: returnUrl,
          cancel_url: returnUrl,
          metadata,
          setup_intent_data: { metadata },
        },
        { idempotencyKey: `setup-${key}` },
      )
      return { ref: session.id, state: 'open', actionUrl: session.url ?? '' }
    },

    async readSetup(_, ref) {
      const session = await stripe.checkout.sessions.retrieve(ref, {
        expand: ['setup_intent.payment_method'],
      })
      return setupState(session)
    },

    async charge(_, charge) {
      const known = charge.begunBefore ? await findCharge(stripe, charge) : undefined
      if (known) return paymentState(known)
      return outcomeOf(() =>
        stripe.paymentIntents.create(
          {
            ...paymentOf(charge),
            description: charge.description,
            ...(charge.offSession
              ? { off_session: true }
              : {
                  return_url: charge.returnUrl,
                  payment_method_options: { card: { request_three_d_secure: 'automatic' } },
                }),
          },
          { idempotencyKey: charge.key },
        ),
      )
    },

    async readPayment(_, ref) {
      return paymentState(await stripe.paymentIntents.retrieve(ref))
    },

    async cancelPayment(c, ref) {
      try {
        return paymentState(await stripe.paymentIntents.cancel(ref))
      } catch (error) {
        // Paid, or given up, meanwhile: it says so itself.
        if (error instanceof Stripe.errors.StripeInvalidRequestError) return this.readPayment(c, ref)
        throw error
      }
    },

    async authoriseAndVoid(_, a) {
      const held = await outcomeOf(() =>
        stripe.paymentIntents.create(
          {
            ...paymentOf(a),
            // Events about it are not about the try's own payment.
            metadata: { agencyId: a.metadata.agencyId, checkOf: a.metadata.attemptId },
            capture_method: 'manual',
            off_session: true,
          },
          { idempotencyKey: a.key },
        ),
      )
      if (held.state === 'failed' || held.state === 'requires_action')
        return { ref: held.ref, state: 'declined' }
      await stripe.paymentIntents.cancel(held.ref).catch(ignoreInvalid)
      return { ref: held.ref, state: 'voided' }
    },

    async refund(_, r) {
      const refund =
        (await findRefund(stripe, r)) ??
        (await stripe.refunds
          .create(
            { payment_intent: r.ref, amount: Number(r.amount), metadata: { refundId: r.key } },
            { idempotencyKey: r.key },
          )
          .catch(ignoreInvalid))
      // Said to be impossible: already given back, disputed.
      if (!refund) return { ref: r.ref, state: 'failed', code: 'provider', hard: false }
      return refund.status === 'failed' || refund.status === 'canceled'
        ? { ref: refund.id, state: 'failed', code: 'provider', hard: false }
        : { ref: refund.id, state: 'done' }
    },

    async forgetCard(_, token) {
      await stripe.paymentMethods.detach(token).catch(ignoreInvalid)
    },
  }
}

function paymentOf(c: Omit<Charge, 'returnUrl' | 'offSession' | 'description' | 'begunBefore'>) {
  return {
    amount: Number(c.amount),
    currency: c.currency.toLowerCase(),
    customer: c.customer,
    payment_method: c.token,
    payment_method_types: ['card'],
    confirm: true,
    metadata: { ...c.metadata, purchase: toPublicId('purchase', c.metadata.purchaseId) },
  }
}

/** The same for a refund: a key forgotten must not give the money back twice. */
async function findRefund(
  stripe: Stripe,
  r: { key: string; ref: string },
): Promise<Stripe.Refund | undefined> {
  for await (const refund of stripe.refunds.list({ payment_intent: r.ref, limit: 100 }))
    if (refund.metadata?.['refundId'] === r.key) return refund
  return undefined
}

/** Stripe forgets keys after a day: a try that was begun before is looked for by what we wrote on it. */
async function findCharge(stripe: Stripe, charge: Charge): Promise<Stripe.PaymentIntent | undefined> {
  for await (const intent of stripe.paymentIntents.list({ customer: charge.customer, limit: 100 }))
    if (intent.metadata['attemptId'] === charge.key && intent.capture_method !== 'manual') return intent
  return undefined
}

async function outcomeOf(ask: () => Promise<Stripe.PaymentIntent>): Promise<PaymentState> {
  try {
    return paymentState(await ask())
  } catch (error) {
    if (error instanceof Stripe.errors.StripeCardError)
      return {
        ref: error.payment_intent?.id ?? '',
        state: 'failed',
        ...refusedBy(error.decline_code ?? error.code),
      }
    // It will be refused for ever: an unknown card, an amount below the least.
    if (error instanceof Stripe.errors.StripeInvalidRequestError)
      return { ref: '', state: 'failed', code: 'provider', hard: false }
    throw error
  }
}

function refusedBy(code: string | null | undefined): Refused {
  if (code && hardDeclines.has(code)) return { code: 'stolen', hard: true }
  return { code: (code && codes[code]) || 'declined', hard: false }
}

function paymentState(intent: Stripe.PaymentIntent): PaymentState {
  const ref = intent.id
  switch (intent.status) {
    case 'succeeded':
    case 'requires_capture':
      return { ref, state: 'paid' }
    case 'requires_action':
      return { ref, state: 'requires_action', actionUrl: intent.next_action?.redirect_to_url?.url ?? '' }
    case 'requires_payment_method': {
      const error = intent.last_payment_error
      return { ref, state: 'failed', ...refusedBy(error?.decline_code ?? error?.code) }
    }
    case 'canceled':
      return { ref, state: 'failed', code: 'authentication_expired', hard: false }
    default:
      return { ref, state: 'pending' }
  }
}

function setupState(session: Stripe.Checkout.Session): SetupState {
  const ref = session.id
  const intent = session.setup_intent as Stripe.SetupIntent | null
  if (session.status === 'expired')
    return { ref, state: 'failed', code: 'authentication_expired', hard: false }
  if (session.status !== 'complete' || intent?.status !== 'succeeded')
    return { ref, state: 'open', actionUrl: session.url ?? '' }
  return { ref, state: 'done', card: cardOf(intent.payment_method as Stripe.PaymentMethod) }
}

function cardOf(method: Stripe.PaymentMethod): CardToken {
  const card = method.card!
  return {
    token: method.id,
    brand: card.brand,
    last4: card.last4,
    expMonth: card.exp_month,
    expYear: card.exp_year,
  }
}

function ignoreInvalid(error: unknown): void {
  if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error
}
