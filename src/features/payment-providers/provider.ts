import type { App } from '../../server/context.ts'

/** Why a payment was refused, in our words: `payment.<code>` is a text key. `hard`: the bank will never accept this card. */
export type Refused = { code: FailureCode; hard: boolean }

/** Every reason we tell people; providers' own are mapped onto these. */
export const failureCodes = [
  'declined',
  'insufficient_funds',
  'expired_card',
  'wrong_number',
  'stolen',
  'authentication_failed',
  'authentication_expired',
  'no_card',
  'provider',
] as const
export type FailureCode = (typeof failureCodes)[number]

/** Where a payment stands at the provider. `requires_action`: the holder answers the bank at `actionUrl`. */
export type PaymentState = { ref: string } & (
  | { state: 'paid' }
  | { state: 'pending' }
  | { state: 'requires_action'; actionUrl: string }
  | ({ state: 'failed' } & Refused)
)

/** A card as the provider names it; never its number. */
export type CardToken = { token: string; brand: string; last4: string; expMonth: number; expYear: number }

/** Where the adding of a card stands. `open`: the holder types it at `actionUrl`. */
export type SetupState = { ref: string } & (
  | { state: 'open' | 'requires_action'; actionUrl: string }
  | { state: 'done'; card: CardToken }
  | ({ state: 'failed' } & Refused)
)

/** Who asks: the process and the tenant; a provider opens its own transactions, if any. */
export type Caller = { app: App; agencyId: string }

/** A charge of a card. Amounts in minor units. The same `key` is the same charge, for ever. */
export type Charge = {
  key: string
  customer: string
  token: string
  amount: bigint
  currency: string
  description: string
  /** Ours, sent back with events. */
  metadata: { agencyId: string; purchaseId: string; attemptId: string }
  /** Nobody is there to answer the bank: it refuses instead of asking. */
  offSession: boolean
  /** This try was begun before, and may be known to the provider even when it has forgotten the key. */
  begunBefore: boolean
  /** Absolute address the bank sends the holder back to. */
  returnUrl: string
}

/**
 * A payment provider, called outside any transaction. A call that throws says nothing about what happened: it is
 * made again with the same key. A refusal by the bank is an answer, never a throw.
 */
export type PaymentProvider = {
  name: 'sandbox' | 'stripe'
  /** The provider's id for a payer; the same payer may be made twice after a crash, the first recorded one counts. */
  createCustomer(c: Caller, p: { key: string; name: string; email: string | null }): Promise<string>
  startSetup(
    c: Caller,
    s: { key: string; customer: string; returnUrl: string; metadata: { agencyId: string; setupId: string } },
  ): Promise<SetupState>
  readSetup(c: Caller, ref: string): Promise<SetupState>
  charge(c: Caller, charge: Charge): Promise<PaymentState>
  readPayment(c: Caller, ref: string): Promise<PaymentState>
  /** Gives up a payment that waits for the bank; one that was paid meanwhile stays paid, and says so. */
  cancelPayment(c: Caller, ref: string): Promise<PaymentState>
  /** Reserves an amount and gives it back at once; never captures (B71). */
  authoriseAndVoid(
    c: Caller,
    a: Omit<Charge, 'returnUrl' | 'offSession' | 'description' | 'begunBefore'>,
  ): Promise<{ ref: string; state: 'voided' | 'declined' }>
  refund(
    c: Caller,
    r: { key: string; ref: string; amount: bigint; currency: string },
  ): Promise<{ ref: string } & ({ state: 'done' } | ({ state: 'failed' } & Refused))>
  forgetCard(c: Caller, token: string): Promise<void>
}
