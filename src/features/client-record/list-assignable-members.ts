import { sql } from 'kysely'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Role } from '../../contract/rights.ts'
import type { Ctx } from '../../server/context.ts'
import { visibleMembers } from '../sub-accounts/public.ts'
import type * as contract from './contract.ts'
import { lockClient } from './lock-client.ts'

/** Sub-accounts the caller sees, with which of them have the client; ticked ones first. Disabled ones only if ticked. */
export async function listAssignableMembers(
  ctx: Ctx,
  { params }: InputOf<typeof contract.listAssignableMembers>,
): Promise<AnswerOf<typeof contract.listAssignableMembers>> {
  const { id } = await lockClient(ctx, params.id)
  const rows = await visibleMembers(ctx)
    .innerJoin('realm_user', (j) =>
      j.onRef('realm_user.agency_id', '=', 'member.agency_id').onRef('realm_user.id', '=', 'member.user_id'),
    )
    .leftJoin('member as above', (j) =>
      j.onRef('above.agency_id', '=', 'member.agency_id').onRef('above.id', '=', 'member.parent_id'),
    )
    .leftJoin('realm_user as above_user', (j) =>
      j.onRef('above_user.agency_id', '=', 'above.agency_id').onRef('above_user.id', '=', 'above.user_id'),
    )
    .leftJoin('assignment', (j) =>
      j
        .onRef('assignment.agency_id', '=', 'member.agency_id')
        .onRef('assignment.member_id', '=', 'member.id')
        .on('assignment.client_id', '=', id),
    )
    .select([
      'member.id',
      'realm_user.name',
      'member.role',
      'member.state',
      'above_user.name as team',
      'assignment.is_lead',
      'assignment.client_id',
    ])
    .where((eb) => eb.or([eb('member.state', '<>', 'disabled'), eb('assignment.client_id', 'is not', null)]))
    .orderBy(sql`assignment.client_id is null`)
    .orderBy(sql`search_key(realm_user.name)`)
    .orderBy('member.id')
    .limit(2000)
    .execute()
  return {
    data: rows.map((r) => ({
      id: toPublicId('member', r.id),
      name: r.name,
      role: r.role as Role,
      state: r.state as 'invited' | 'active' | 'disabled',
      team: r.team,
      assigned: r.client_id !== null,
      isLead: r.is_lead ?? false,
      canBeHome: r.role !== 'client' && r.state !== 'disabled',
    })),
  }
}
