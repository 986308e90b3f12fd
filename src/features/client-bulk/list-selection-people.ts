import { sql } from 'kysely'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Role } from '../../contract/rights.ts'
import type { Ctx } from '../../server/context.ts'
import { countClients, countHolders } from '../clients/public.ts'
import { visibleMembers } from '../sub-accounts/public.ts'
import type { listSelectionPeople as contract } from './contract.ts'
import { lockVisibleClients } from './lock-visible-clients.ts'

/** People shown at once; typing finds the others. */
const peopleShown = 200

/** Whom the subject may assign, by name, with how many of the selected clients each has: three states (A17, A18). */
export async function listSelectionPeople(
  ctx: Ctx,
  { body }: InputOf<typeof contract>,
): Promise<AnswerOf<typeof contract>> {
  const { selection, q } = body
  const held = await countHolders(
    ctx,
    'query' in selection
      ? selection.query
      : { ids: (await lockVisibleClients(ctx, selection.ids)).map((c) => c.id) },
  )
  const rows = await visibleMembers(ctx)
    .innerJoin('realm_user as u', (j) =>
      j.onRef('u.agency_id', '=', 'member.agency_id').onRef('u.id', '=', 'member.user_id'),
    )
    .leftJoin('member as p', (j) =>
      j.onRef('p.agency_id', '=', 'member.agency_id').onRef('p.id', '=', 'member.parent_id'),
    )
    .leftJoin('realm_user as pu', (j) =>
      j.onRef('pu.agency_id', '=', 'p.agency_id').onRef('pu.id', '=', 'p.user_id'),
    )
    .select(['member.id', 'u.name', 'member.role', 'member.state', 'pu.name as team'])
    // A disabled one is only offered where it still holds something to take away.
    .where((e) =>
      e.or([
        e('member.state', '<>', 'disabled'),
        e('member.id', '=', sql<string>`any(${[...held.keys()]}::uuid[])`),
      ]),
    )
    .$if(q !== undefined && q !== '', (x) =>
      x.where(sql<boolean>`member.search_text like all (search_patterns(${q}))`),
    )
    .orderBy(sql`search_key(u.name)`)
    .orderBy('member.id')
    .limit(peopleShown)
    .execute()
  return {
    total: 'query' in selection ? await countClients(ctx, selection.query) : new Set(selection.ids).size,
    people: rows.map((r) => ({
      id: toPublicId('member', r.id),
      name: r.name,
      role: r.role as Role,
      team: r.team,
      disabled: r.state === 'disabled',
      held: held.get(r.id) ?? 0,
    })),
  }
}
