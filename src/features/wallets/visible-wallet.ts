import type { Selectable } from 'kysely'
import { memberOf, type Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import type { Wallet } from '../../server/schema.gen.ts'
import { entrustedClients } from '../access/public.ts'
import { visibleMembers } from '../sub-accounts/public.ts'

/**
 * A wallet the caller may look into; 404 otherwise. The agency's and hosted accounts' are the owners'; a
 * member's is its own and those above it; a client's is whoever sees the client, but of client members only
 * those it is assigned to: money is not shown around because nobody took a client on yet (A22).
 */
export async function visibleWallet(ctx: Ctx, id: string): Promise<Selectable<Wallet> & { name: string }> {
  const row = await ctx.db
    .selectFrom('wallet')
    .selectAll()
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', id)
    .where('owner_kind', '<>', 'counterpart')
    .executeTakeFirst()
  const name = row && (await ownerInSight(ctx, row))
  if (!row || name === undefined) throw notFound()
  return { ...row, name }
}

async function ownerInSight(ctx: Ctx, w: Selectable<Wallet>): Promise<string | undefined> {
  const { role } = memberOf(ctx)
  if (w.owner_kind === 'client')
    return (
      await entrustedClients(ctx).select('client.name').where('client.id', '=', w.owner_id).executeTakeFirst()
    )?.name
  if (w.owner_kind === 'member')
    return role === 'client'
      ? undefined
      : (
          await visibleMembers(ctx)
            .innerJoin('realm_user', (j) =>
              j
                .onRef('realm_user.agency_id', '=', 'member.agency_id')
                .onRef('realm_user.id', '=', 'member.user_id'),
            )
            .select('realm_user.name')
            .where('member.id', '=', w.owner_id)
            .executeTakeFirst()
        )?.name
  if (role !== 'owner') return undefined
  if (w.owner_kind === 'agency') return ctx.agency?.name
  const account = await ctx.db
    .selectFrom('hosted_account')
    .select('name')
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', w.owner_id)
    .executeTakeFirst()
  return account?.name
}
