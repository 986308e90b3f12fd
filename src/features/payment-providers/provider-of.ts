import type Stripe from 'stripe'
import type { App } from '../../server/context.ts'
import type { PaymentProvider } from './provider.ts'
import { sandboxProvider } from './sandbox.ts'
import { openStripe, stripeProvider } from './stripe.ts'

type Opened = { stripe: Stripe; provider: PaymentProvider }
const opened = new WeakMap<App, Opened>()

function openedStripe(app: App): Opened | undefined {
  if (!app.config.stripe) return undefined
  const known = opened.get(app)
  if (known) return known
  const stripe = openStripe(app.config)
  const made = { stripe, provider: stripeProvider(stripe) }
  opened.set(app, made)
  return made
}

/** Stripe's SDK when this installation has a key of it. */
export function stripeOf(app: App): Stripe | undefined {
  return openedStripe(app)?.stripe
}

/** The provider of this installation: Stripe once its key is set, otherwise the sandbox's own. */
export function providerOf(app: App): PaymentProvider {
  return openedStripe(app)?.provider ?? sandboxProvider
}

/** The provider that a card or an attempt belongs to, whatever the installation uses now. */
export function providerNamed(app: App, name: string): PaymentProvider {
  const provider = providerOf(app)
  if (provider.name === name) return provider
  if (name === 'sandbox') return sandboxProvider
  throw new Error(`the payment provider ${name} is not set up`)
}
