import { agencyOf, memberOf, type Ctx } from '../../server/context.ts'
import { invalid } from '../../server/refusal.ts'
import { visibleMembers } from '../sub-accounts/public.ts'

type Home = { id: string; name: string }

/** A staff member that the caller may make a client's home: itself or below it; an owner anybody. 422 otherwise. */
export async function homeById(ctx: Ctx, id: string): Promise<Home> {
  const home = await visibleMembers(ctx)
    .innerJoin('realm_user', (j) =>
      j.onRef('realm_user.agency_id', '=', 'member.agency_id').onRef('realm_user.id', '=', 'member.user_id'),
    )
    .select(['member.id', 'realm_user.name'])
    .where('member.id', '=', id)
    .where('member.role', '<>', 'client')
    .where('member.state', '<>', 'disabled')
    .executeTakeFirst()
  if (!home) throw invalid({ homeId: 'client.home_unknown' })
  return home
}

/**
 * Where a client is born when nobody says: an owner's at the root, a manager's in its own portfolio, a
 * consultant's in that of the manager above. In simple mode every home is the root (domain.md, rule 4).
 */
export async function defaultHome(ctx: Ctx): Promise<string | null> {
  const maker = memberOf(ctx)
  if (agencyOf(ctx).mode === 'simple' || maker.role === 'owner') return null
  const [manager] = await ctx.tx.query<{ id: string }>(
    'nearest_manager',
    `select m.id from member_closure k join member m on m.agency_id = k.agency_id and m.id = k.ancestor_id
     where k.agency_id = $1 and k.descendant_id = $2 and m.role = 'manager' order by k.depth limit 1`,
    [ctx.agencyId, maker.memberId],
  )
  return manager?.id ?? null
}
