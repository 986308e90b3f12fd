import { sql } from 'kysely'
import type { InputOf } from '../../contract/endpoint.ts'
import { agencyOf, memberOf, type Ctx } from '../../server/context.ts'
import { Refusal, invalid } from '../../server/refusal.ts'
import { visibleMembers } from '../sub-accounts/public.ts'
import type * as contract from './contract.ts'
import { lockOpenClient, tellClientChanged } from './lock-client.ts'
import { readClientOr404, type ClientRecord } from './read-client.ts'

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

/**
 * Moves a client into a portfolio. An owner moves any client anywhere; a manager only within its branch, or
 * from the root into it: 403 `client.home_elsewhere` when the client is in somebody else's portfolio.
 */
export async function setClientHome(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.setClientHome>,
): Promise<ClientRecord> {
  const row = await lockOpenClient(ctx, params.id)
  if (row.home_id === body.homeId) return readClientOr404(ctx, row.id)
  const isOwner = memberOf(ctx).role === 'owner'
  if (!isOwner && body.homeId === null) throw invalid({ homeId: 'client.home_root' })
  const before = row.home_id === null ? null : await nameIfBelow(ctx, row.home_id)
  if (before === undefined) throw new Refusal(403, 'client.home_elsewhere')
  const after = body.homeId === null ? null : await homeById(ctx, body.homeId)
  await ctx.db
    .updateTable('client')
    .set({
      home_id: after?.id ?? null,
      updated_at: ctx.nowIso,
      last_activity_at: ctx.nowIso,
      version: sql`version + 1`,
    })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', row.id)
    .execute()
  ctx.audit({
    action: 'client.home_changed',
    clientId: row.id,
    memberId: after?.id ?? row.home_id,
    entity: { kind: 'client', id: row.id, name: row.name },
    data: { changes: { home: [before, after?.name ?? null] } },
  })
  tellClientChanged(ctx, row.id)
  return readClientOr404(ctx, row.id)
}

async function nameIfBelow(ctx: Ctx, memberId: string): Promise<string | undefined> {
  const row = await visibleMembers(ctx)
    .innerJoin('realm_user', (j) =>
      j.onRef('realm_user.agency_id', '=', 'member.agency_id').onRef('realm_user.id', '=', 'member.user_id'),
    )
    .select('realm_user.name')
    .where('member.id', '=', memberId)
    .executeTakeFirst()
  return row?.name
}
