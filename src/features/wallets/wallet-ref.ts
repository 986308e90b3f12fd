import type { Ctx } from '../../server/context.ts'

/** The outside world, seen from an agency's ledger: where money comes from and goes to. */
export type Counterpart = 'card' | 'bank' | 'revenue' | 'payable' | 'issued' | 'vat'

/** A wallet by whose it is; made when first used. Units: ISO 4217 currencies, `SMS`, `PREVIEW`. */
export type WalletRef =
  | { owner: 'agency'; purpose: 'budget' | 'prepaid' | 'credit'; unit: string }
  | { owner: 'member' | 'client'; id: string; purpose: 'budget'; unit: string }
  | { owner: 'hosted_account'; id: string; purpose: 'prepaid' | 'credit'; unit: string }
  | { counterpart: Counterpart; unit: string }

/** The columns of `wallet` that name one. */
export type WalletKey = [ownerKind: string, ownerId: string, purpose: string, code: string, unit: string]

/** A ref as the columns that name its row. */
export function walletKey(ctx: Ctx, ref: WalletRef): WalletKey {
  if ('counterpart' in ref) return ['counterpart', ctx.agencyId, 'counterpart', ref.counterpart, ref.unit]
  return [ref.owner, ref.owner === 'agency' ? ctx.agencyId : ref.id, ref.purpose, '', ref.unit]
}

/** The ref of a row of `wallet`. */
export function refOf(row: {
  owner_kind: string
  owner_id: string
  purpose: string
  code: string
  unit: string
}): WalletRef {
  const { unit } = row
  if (row.owner_kind === 'counterpart') return { counterpart: row.code as Counterpart, unit }
  return {
    owner: row.owner_kind,
    ...(row.owner_kind !== 'agency' && { id: row.owner_id }),
    purpose: row.purpose,
    unit,
  } as WalletRef
}
