import { sql } from 'kysely'
import type { InputOf } from '../../contract/endpoint.ts'
import { memberOf, type Ctx } from '../../server/context.ts'
import { Refusal, invalid } from '../../server/refusal.ts'
import { visibleMembers } from '../sub-accounts/public.ts'
import { homeById } from './client-home.ts'
import type * as contract from './contract.ts'
import { lockOpenClient, tellClientChanged } from './lock-client.ts'
import { readClientOr404, type ClientRecord } from './read-client.ts'

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
