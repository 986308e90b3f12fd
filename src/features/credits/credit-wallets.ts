import { agencyOf, type Ctx } from '../../server/context.ts'
import type { WalletRef } from '../wallets/public.ts'
import type { CreditKind } from './contract.ts'

/** Unit of a kind of credit: the agency's currency, or pieces. */
export function unitOf(ctx: Ctx, kind: CreditKind): string {
  return { prepaid: agencyOf(ctx).currency, sms: 'SMS', preview: 'PREVIEW' }[kind]
}

/** The agency's own balance of a kind. */
export function agencyWallet(ctx: Ctx, kind: CreditKind): WalletRef {
  return { owner: 'agency', purpose: kind === 'prepaid' ? 'prepaid' : 'credit', unit: unitOf(ctx, kind) }
}

/** A hosted account's balance of a kind. */
export function accountWallet(ctx: Ctx, kind: CreditKind, id: string): WalletRef {
  return {
    owner: 'hosted_account',
    id,
    purpose: kind === 'prepaid' ? 'prepaid' : 'credit',
    unit: unitOf(ctx, kind),
  }
}
