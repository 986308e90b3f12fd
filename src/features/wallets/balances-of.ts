import type { Ctx } from '../../server/context.ts'
import { walletKey, type WalletRef } from './wallet-ref.ts'

/** Minor units (or credits): all that is there, what open holds keep back, and the rest. */
export type Balance = { balance: bigint; held: bigint; available: bigint }

/**
 * What wallets hold, in the order asked; a wallet never used holds nothing. With `lock`, nobody moves them
 * until the transaction ends: for deciding how much to move. A counterpart's balance is summed up, so slow.
 */
export async function balancesOf(
  ctx: Ctx,
  refs: readonly WalletRef[],
  options: { lock?: boolean } = {},
): Promise<Balance[]> {
  if (refs.length === 0) return []
  const keys = refs.map((ref) => walletKey(ctx, ref))
  const columns = [0, 1, 2, 3, 4].map((i) => keys.map((k) => k[i]))
  if (options.lock)
    await ctx.tx.query(
      'lock_wallets',
      'select lock_wallets($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[])',
      columns,
    )
  return ctx.tx.query<Balance>('balances', balancesSql, [ctx.agencyId, ...columns])
}

const balancesSql = `select b.balance, b.held, b.balance - b.held as available
  from unnest($2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[]) with ordinality r(kind, owner, purpose, code, unit, i)
  left join wallet w on w.agency_id = $1 and w.owner_kind = r.kind and w.owner_id = r.owner
    and w.purpose = r.purpose and w.code = r.code and w.unit = r.unit
  cross join lateral (select coalesce(w.held, 0) as held,
    case when r.kind = 'counterpart'
      then coalesce((select sum(e.amount)::bigint from entry e where e.agency_id = $1 and e.wallet_id = w.id), 0)
      else coalesce(w.balance, 0) end as balance) b
  order by r.i`
