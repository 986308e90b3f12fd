import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import {
  auditedMember,
  lockMembership,
  memberToChange,
  openAccess,
  visibleMembers,
} from '../sub-accounts/public.ts'
import type * as contract from './contract.ts'
import { place, type MovedWork } from './move-work.ts'

type Done = Omit<MovedWork, 'lost'> & { closed: boolean }

/**
 * Takes a removal back as far as nobody changed since what it moved: access, clients, portfolio and team return.
 * The balance stays where it went: money is moved by people. 409 `hand_over.undone` when there is nothing to
 * take back.
 */
export async function undoHandOver(
  ctx: Ctx,
  { params }: InputOf<typeof contract.undoHandOver>,
): Promise<AnswerOf<typeof contract.undoHandOver>> {
  await lockMembership(ctx)
  const row = await visibleMembers(ctx)
    .innerJoin('hand_over', (j) =>
      j.onRef('hand_over.agency_id', '=', 'member.agency_id').onRef('hand_over.member_id', '=', 'member.id'),
    )
    .select(['hand_over.id', 'hand_over.member_id', 'hand_over.done', 'hand_over.undone_at'])
    .where('hand_over.id', '=', params.id)
    .forUpdate('hand_over')
    .executeTakeFirst()
  if (!row) throw notFound()
  const member = await memberToChange(ctx, row.member_id, { others: true })
  const done = row.done as unknown as Partial<Done>
  if (row.undone_at !== null || (done.closed && member.state !== 'disabled'))
    throw new Refusal(409, 'hand_over.undone')
  const { taken = [], given = [], kept = [], homes = [], team = [] } = done
  await ctx.tx.query(
    'undo_lock_clients',
    `select 1 from client where agency_id = $1 and id = any($2::uuid[]) order by id for no key update`,
    [ctx.agencyId, [...new Set([...taken, ...given, ...kept, ...homes].map((x) => x.client))]],
  )
  if (done.closed) await openAccess(ctx, member)
  for (const { member: id, to } of team.toReversed()) await backUnder(ctx, id, to, member.id)
  const ungiven = [...given, ...kept]
  await ctx.tx.query(
    'undo_given',
    `delete from assignment a using unnest($2::uuid[], $3::uuid[]) as p(client, member)
     where a.agency_id = $1 and a.client_id = p.client and a.member_id = p.member and a.source = 'hand_over'`,
    [ctx.agencyId, ungiven.map((p) => p.client), ungiven.map((p) => p.member)],
  )
  const restored = await ctx.tx.query(
    'undo_taken',
    `insert into assignment (agency_id, client_id, member_id, is_lead, source, assigned_by, assigned_by_name, assigned_at)
     select $1::uuid, c.id, $2::uuid, p.lead and not exists (select from assignment l where l.agency_id = $1 and l.client_id = c.id and l.is_lead),
       p.source, $6::uuid, $7, $8::timestamptz
     from unnest($3::uuid[], $4::boolean[], $5::text[]) as p(client, lead, source)
     join client c on c.agency_id = $1 and c.id = p.client order by c.id on conflict do nothing returning 1`,
    [
      ctx.agencyId,
      member.id,
      taken.map((p) => p.client),
      taken.map((p) => p.lead),
      taken.map((p) => p.source),
      ctx.actor?.userId ?? null,
      ctx.actor?.name ?? 'Canopée',
      ctx.nowIso,
    ],
  )
  await ctx.tx.query(
    'undo_homes',
    `update client c set home_id = $2::uuid, version = c.version + 1 from unnest($3::uuid[], $4::uuid[]) as p(id, home)
     where c.agency_id = $1 and c.id = p.id and c.home_id = p.home`,
    [ctx.agencyId, member.id, homes.map((h) => h.client), homes.map((h) => h.to)],
  )
  await ctx.db
    .updateTable('hand_over')
    .set({ undone_at: ctx.nowIso })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', row.id)
    .execute()
  ctx.audit({
    action: 'member.hand_over_undone',
    ...auditedMember(member),
    data: { clients: restored.length, portfolio: homes.length, team: team.length },
  })
  for (const kind of ['members', 'clients']) ctx.publish({ agencyId: ctx.agencyId, kind })
  return { restored: restored.length }
}

/** Back below the member, unless somebody moved it since, or it stands above the member by now. */
async function backUnder(ctx: Ctx, id: string, to: string | null, memberId: string): Promise<void> {
  const [free] = await ctx.tx.query(
    'undo_may_move',
    `select 1 from member m where m.agency_id = $1 and m.id = $2 and m.parent_id is not distinct from $3::uuid
       and not exists (select from member_closure k where k.agency_id = $1 and k.ancestor_id = $2 and k.descendant_id = $4)`,
    [ctx.agencyId, id, to, memberId],
  )
  if (free) await place(ctx, id, memberId)
}
