import { sql } from 'kysely'
import type { AnswerOf, InputOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import { agencyOf, subjectOf, type Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { announceAssignments } from '../assignments/public.ts'
import { budgetWallet, returnBalance } from '../budgets/public.ts'
import {
  auditedMember,
  checkVersion,
  closeAccess,
  keepAnOwner,
  lockMembership,
  memberToChange,
  type MemberToChange,
} from '../sub-accounts/public.ts'
import { balancesOf } from '../wallets/public.ts'
import type * as contract from './contract.ts'
import { moveWork, type Wish } from './move-work.ts'

async function leavingMember(ctx: Ctx, id: string): Promise<MemberToChange> {
  await lockMembership(ctx)
  const member = await memberToChange(ctx, id, { others: true })
  if (member.role === 'owner') await keepAnOwner(ctx, member.id)
  return member
}

const wishOf = (body: InputOf<typeof contract.previewHandOver>['body']): Wish => ({
  clientsTo: body.clientsTo,
  exceptions: body.exceptions ?? [],
  teamTo: body.teamTo,
  keepSight: body.keepSight ?? true,
})

/**
 * Counts what a removal would do: it is done, read, and taken back, so that nothing is said that would not be so.
 * While nobody was chosen yet for what there is, only the counts of it are given.
 */
export async function previewHandOver(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.previewHandOver>,
): Promise<AnswerOf<typeof contract.previewHandOver>> {
  const member = await leavingMember(ctx, params.id)
  const { currency } = agencyOf(ctx)
  const [counts] = await ctx.tx.query<{
    clients: number
    leads: number
    portfolio: number
    team: number
    team_below: number
    parent: string | null
  }>(
    'hand_over_counts',
    `select (select count(*)::int from assignment where agency_id = $1 and member_id = $2) as clients,
      (select count(*)::int from assignment where agency_id = $1 and member_id = $2 and is_lead) as leads,
      (select count(*)::int from client where agency_id = $1 and home_id = $2) as portfolio,
      (select count(*)::int from member where agency_id = $1 and parent_id = $2) as team,
      (select count(*)::int - 1 from member_closure where agency_id = $1 and ancestor_id = $2) as team_below,
      (select u.name from member p join realm_user u on u.agency_id = $1 and u.id = p.user_id where p.agency_id = $1 and p.id = $3) as parent`,
    [ctx.agencyId, member.id, member.parentId],
  )
  const { clients, leads, portfolio, team, team_below: teamBelow, parent } = counts!
  const [held] = await balancesOf(ctx, [budgetWallet(ctx, { kind: 'member', id: member.id })])
  const ready = body.clientsTo !== null || (clients === 0 && portfolio === 0)
  const after = ready ? await tried(ctx, member, wishOf(body)) : { losing: [], kept: 0 }
  return {
    clients,
    leads,
    portfolio,
    team,
    teamBelow,
    parent:
      member.parentId === null || parent === null
        ? null
        : { id: toPublicId('member', member.parentId), name: parent },
    balance: { amount: Number(held!.available), currency },
    ...after,
  }
}

async function tried(ctx: Ctx, member: MemberToChange, wish: Wish) {
  await sql`savepoint tried`.execute(ctx.db)
  const work = await moveWork(ctx, member, wish)
  await sql`rollback to savepoint tried`.execute(ctx.db)
  const counts = new Map<string, number>()
  for (const p of work.lost) counts.set(p.member, (counts.get(p.member) ?? 0) + 1)
  const names = await ctx.tx.query<{ id: string; name: string }>(
    'losing_names',
    `select m.id, u.name from member m join realm_user u on u.agency_id = m.agency_id and u.id = m.user_id
     where m.agency_id = $1 and m.id = any($2::uuid[]) order by search_key(u.name)`,
    [ctx.agencyId, [...counts.keys()]],
  )
  return {
    losing: names.map((m) => ({
      id: toPublicId('member', m.id),
      name: m.name,
      count: counts.get(m.id) ?? 0,
    })),
    kept: work.kept.length,
  }
}

/**
 * Removes a member (C11, C16): its clients, portfolio and team to others, its balance to its parent, its access
 * closed, in one transaction. The sub-account stays, closed and empty: the journal goes on naming it.
 */
export async function handOver(
  ctx: Ctx,
  { params, body }: InputOf<typeof contract.handOver>,
): Promise<AnswerOf<typeof contract.handOver>> {
  const member = await leavingMember(ctx, params.id)
  await checkVersion(ctx, member, body.version)
  const { amount: returned, to } = await returnBalance(ctx, member.id)
  const { lost: _, ...work } = await moveWork(ctx, member, wishOf(body))
  const sessions = member.state === 'disabled' ? 0 : await closeAccess(ctx, member)
  const id = newId()
  await ctx.db
    .insertInto('hand_over')
    .values({
      agency_id: ctx.agencyId,
      id,
      member_id: member.id,
      former_parent_id: member.parentId,
      done: JSON.stringify({
        ...work,
        closed: member.state !== 'disabled',
        returned: { amount: String(returned), to },
      }),
      by_name: subjectOf(ctx).name,
      done_at: ctx.nowIso,
    })
    .execute()
  const { currency } = agencyOf(ctx)
  ctx.audit({
    action: 'member.handed_over',
    ...auditedMember(member),
    data: {
      clients: work.taken.length,
      portfolio: work.homes.length,
      team: work.team.length,
      keptSight: work.kept.length,
      returned: { amount: Number(returned), currency },
      sessionsEnded: sessions,
    },
  })
  await announceAssignments(
    ctx,
    work.given.map((p) => ({ clientId: p.client, memberId: p.member })),
    { mail: false },
  )
  for (const kind of ['members', 'clients']) ctx.publish({ agencyId: ctx.agencyId, kind })
  return {
    id: toPublicId('handOver', id),
    doneAt: ctx.nowIso,
    returned: { amount: Number(returned), currency },
  }
}
