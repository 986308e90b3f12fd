import type { App } from '../../server/context.ts'
import type { PaymentProvider } from './provider.ts'
import { sandboxProvider } from './sandbox.ts'

/** The provider of this installation: Stripe once its key is set, otherwise the sandbox's own. */
export function providerOf(_app: App): PaymentProvider {
  return sandboxProvider
}

/** The provider that a card or an attempt belongs to, whatever the installation uses now. */
export function providerNamed(app: App, name: string): PaymentProvider {
  const provider = providerOf(app)
  if (provider.name === name) return provider
  if (name === 'sandbox') return sandboxProvider
  throw new Error(`the payment provider ${name} is not set up`)
}
