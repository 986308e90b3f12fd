import type { Ctx } from '../../server/context.ts'

/** What all hosted accounts of the agency hold together of a unit. */
export async function heldByAccounts(ctx: Ctx, purpose: 'prepaid' | 'credit', unit: string): Promise<bigint> {
  const [row] = await ctx.tx.query<{ sum: bigint }>(
    'held_by_accounts',
    `select coalesce(sum(balance), 0)::bigint as sum from wallet
     where agency_id = $1 and owner_kind = 'hosted_account' and purpose = $2 and unit = $3`,
    [ctx.agencyId, purpose, unit],
  )
  return row!.sum
}
