import { sql } from 'kysely'
import type { Ctx } from '../../server/context.ts'

/** A client and a member, bare ids. */
export type Pair = { client: string; member: string }

/**
 * Notes who, owners and `leaving` aside, sees the clients that somebody of `leaving`'s branch works on or keeps,
 * and locks those clients. For `lostSight` after the change, in the same transaction.
 */
export async function noteSight(ctx: Ctx, leaving: string): Promise<void> {
  const branch = sql`select descendant_id from member_closure where agency_id = ${ctx.agencyId} and ancestor_id = ${leaving}`
  await sql`create temporary table kept_client on commit drop as
    select client_id as id from assignment where agency_id = ${ctx.agencyId} and member_id in (${branch})
    union select id from client where agency_id = ${ctx.agencyId} and home_id in (${branch})`.execute(ctx.db)
  await sql`select count(*) from (select 1 from client where agency_id = ${ctx.agencyId} and id in (select id from kept_client)
    order by id for no key update) c`.execute(ctx.db)
  await sql`analyze kept_client`.execute(ctx.db)
  await sql`create temporary table kept_seen on commit drop as ${sightNow(ctx, leaving)}`.execute(ctx.db)
  await sql`analyze kept_seen`.execute(ctx.db)
}

/** Pairs noted and not seen any more. */
export async function lostSight(ctx: Ctx, leaving: string): Promise<Pair[]> {
  const { rows } =
    await sql<Pair>`select client, member from kept_seen except select client, member from (${sightNow(ctx, leaving)}) now`.execute(
      ctx.db,
    )
  return rows
}

function sightNow(ctx: Ctx, leaving: string) {
  const others = sql`join member m on m.agency_id = ${ctx.agencyId} and m.role <> 'owner' and m.id <> ${leaving}`
  const waiting = sql`from client c join kept_client t on t.id = c.id`
  return sql`
    select a.client_id as client, k.ancestor_id as member from assignment a join kept_client t on t.id = a.client_id
      join member_closure k on k.agency_id = a.agency_id and k.descendant_id = a.member_id
      ${others} and m.id = k.ancestor_id where a.agency_id = ${ctx.agencyId}
    union select c.id, k.ancestor_id ${waiting}
      join member_closure k on k.agency_id = c.agency_id and k.descendant_id = c.home_id
      ${others} and m.id = k.ancestor_id where c.agency_id = ${ctx.agencyId}
    union select c.id, k.descendant_id ${waiting}
      join member_closure k on k.agency_id = c.agency_id and k.ancestor_id = c.home_id
      ${others} and m.id = k.descendant_id and m.sees_unassigned where c.agency_id = ${ctx.agencyId} and c.assignee_count = 0
    union select c.id, m.id ${waiting} ${others} and m.sees_unassigned
      where c.agency_id = ${ctx.agencyId} and c.assignee_count = 0 and c.home_id is null`
}

/** Assigns what was lost until nothing is: an assignment may close a pool that others saw the client through. */
export async function keepSight(ctx: Ctx, leaving: string): Promise<Pair[]> {
  const kept: Pair[] = []
  for (let lost = await lostSight(ctx, leaving); lost.length > 0; lost = await lostSight(ctx, leaving)) {
    await assignPairs(ctx, lost)
    kept.push(...lost)
  }
  return kept
}

/** Assigns pairs that are not yet; gives the new ones. */
export async function assignPairs(ctx: Ctx, pairs: readonly Pair[]): Promise<Pair[]> {
  if (pairs.length === 0) return []
  return ctx.tx.query<Pair>(
    'hand_over_assign',
    `insert into assignment (agency_id, client_id, member_id, source, assigned_by, assigned_by_name, assigned_at)
     select $1::uuid, client, member, 'hand_over', $4::uuid, $5, $6::timestamptz from unnest($2::uuid[], $3::uuid[]) as p(client, member)
     order by 2, 3 on conflict do nothing returning client_id as client, member_id as member`,
    [
      ctx.agencyId,
      pairs.map((p) => p.client),
      pairs.map((p) => p.member),
      ctx.actor?.userId ?? null,
      ctx.actor?.name ?? 'Canopée',
      ctx.nowIso,
    ],
  )
}
