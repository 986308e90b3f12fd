import { sql } from 'kysely'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Role } from '../../contract/rights.ts'
import type { Ctx } from '../../server/context.ts'
import type { listMemberChoices as contract } from './contract.ts'
import { wordsIn } from './search-words.ts'
import { visibleMembers } from './visible-members.ts'

/** Sub-accounts the caller may pick: those it sees, disabled ones left out. */
export async function listMemberChoices(
  ctx: Ctx,
  { query }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  let choices = visibleMembers(ctx)
    .innerJoin('realm_user as u', (j) =>
      j.onRef('u.agency_id', '=', 'member.agency_id').onRef('u.id', '=', 'member.user_id'),
    )
    .leftJoin('member as p', (j) =>
      j.onRef('p.agency_id', '=', 'member.agency_id').onRef('p.id', '=', 'member.parent_id'),
    )
    .leftJoin('realm_user as pu', (j) =>
      j.onRef('pu.agency_id', '=', 'p.agency_id').onRef('pu.id', '=', 'p.user_id'),
    )
    .select([
      'member.id',
      'u.name',
      'member.role',
      'member.state',
      'p.id as parent_id',
      'pu.name as parent_name',
    ])
    .where('member.state', '<>', 'disabled')
  for (const word of wordsIn(query.q))
    choices = choices.where(sql<boolean>`member.search_text like '%' || search_key(${word}) || '%'`)
  if (query.role) choices = choices.where('member.role', 'in', query.role)
  if (query.outside !== undefined)
    choices = choices.where(
      sql<boolean>`member.id not in (select k.descendant_id from member_closure k where k.agency_id = ${ctx.agencyId} and k.ancestor_id = ${query.outside})`,
    )
  const rows = await choices
    .orderBy(sql`search_key(u.name)`)
    .orderBy('member.id')
    .limit(query.limit + 1)
    .execute()
  return {
    data: rows.slice(0, query.limit).map((r) => ({
      id: toPublicId('member', r.id),
      name: r.name,
      role: r.role as Role,
      state: r.state as 'invited' | 'active',
      parent:
        r.parent_id === null ? null : { id: toPublicId('member', r.parent_id), name: r.parent_name ?? '' },
    })),
    more: rows.length > query.limit,
  }
}
