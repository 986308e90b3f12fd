import type { Ctx } from '../../server/context.ts'
import { walletKey, type WalletRef } from './wallet-ref.ts'

/** Bare ids of wallets, in the order asked; null for one that nothing ever moved in. */
export async function walletIds(ctx: Ctx, refs: readonly WalletRef[]): Promise<(string | null)[]> {
  const keys = refs.map((ref) => walletKey(ctx, ref))
  const rows = await ctx.tx.query<{ id: string | null }>(
    'wallet_ids',
    `select w.id from unnest($2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[]) with ordinality r(kind, owner, purpose, code, unit, i)
     left join wallet w on w.agency_id = $1 and w.owner_kind = r.kind and w.owner_id = r.owner
       and w.purpose = r.purpose and w.code = r.code and w.unit = r.unit
     order by r.i`,
    [ctx.agencyId, ...[0, 1, 2, 3, 4].map((i) => keys.map((k) => k[i]))],
  )
  return rows.map((r) => r.id)
}
