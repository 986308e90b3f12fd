import type { WalletRef } from '../wallets/public.ts'
import type { Payer } from '../agency-billing/public.ts'

/**
 * Prepaid credit that a purchase may use, in order: the hosted account's own, then the agency's when the agency
 * pays (B68, B69). A client who pays with its own card never spends the agency's credit.
 */
export function prepaidWallets(p: {
  payer: Payer
  currency: string
  prepaidOf?: string | null | undefined
}): WalletRef[] {
  const unit = p.currency
  return [
    ...(p.prepaidOf ? [{ owner: 'hosted_account', id: p.prepaidOf, purpose: 'prepaid', unit } as const] : []),
    ...(p.payer.kind === 'agency' ? [{ owner: 'agency', purpose: 'prepaid', unit } as const] : []),
  ]
}
