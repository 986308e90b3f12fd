import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../server/context.ts'

/** A place that would let somebody see more than today, and how many clients that is. */
export type Widening = { memberId: string; clients: number }

const run = async <Row>(ctx: Ctx, statement: RawBuilder<Row>): Promise<Row[]> =>
  (await statement.execute(ctx.db)).rows

/**
 * The working tables of one plan, gone with the transaction. Members are counted from 1; clients that the same
 * people work on, in the same portfolio, are one kind: an agency has few kinds, however many clients. Owners see
 * everything and are nobody's concern here. `plan_work` is what gives sight by itself: people's own assignments,
 * and the portfolios to come.
 */
export async function openPlan(ctx: Ctx): Promise<void> {
  for (const statement of [
    'plan_member (n integer primary key, id uuid not null, role text not null, sees boolean not null, home integer, next integer)',
    'plan_above (d integer not null, a integer not null)',
    'plan_client (id uuid not null, kind integer not null)',
    `plan_kind (kind integer primary key, clients integer not null, home integer, belongs integer, want integer, next integer,
       assigned boolean not null, worked boolean not null, free boolean not null default false)`,
    'plan_seen (kind integer not null, member integer not null)',
    'plan_work (kind integer not null, member integer not null, home boolean not null)',
    'plan_old_mark (kind integer not null, member integer not null)',
    'plan_mark (kind integer not null, member integer not null)',
  ])
    await run(ctx, sql.raw(`create temporary table ${statement} on commit drop`))
}

/**
 * Reads who sees what now. Clients that nobody is assigned to and that are, and were, in nobody's portfolio
 * are left out: no shape of the agency changes who sees them (A22). `homes` says whose portfolio becomes whose.
 */
export async function readSight(
  ctx: Ctx,
  members: readonly { id: string; role: string; sees: boolean }[],
  homes: ReadonlyMap<string, string | null>,
): Promise<void> {
  const agency = ctx.agencyId
  const numbers = new Map(members.map((m, i) => [m.id, i + 1]))
  const home = members.map((m) => numbers.get(homes.get(m.id) ?? '') ?? null)
  await run(
    ctx,
    sql`insert into plan_member (n, id, role, sees, home)
      select * from unnest(${members.map((_, i) => i + 1)}::integer[], ${members.map((m) => m.id)}::uuid[],
        ${members.map((m) => m.role)}::text[], ${members.map((m) => m.sees)}::boolean[], ${home}::integer[])`,
  )
  await run(ctx, sql`analyze plan_member`)
  await run(
    ctx,
    sql`create temporary table plan_folder on commit drop as
      select c.id, h.n as home, coalesce(b.n, h.n) as belongs, coalesce(a.own, '{}') as own, coalesce(a.marks, '{}') as marks,
        dense_rank() over (order by concat_ws('|', coalesce(h.n, 0), coalesce(b.n, h.n, 0), coalesce(a.own, '{}')::text, coalesce(a.marks, '{}')::text) collate "C")::integer as kind
      from client c
      left join plan_member h on h.id = c.home_id
      left join former_home f on f.agency_id = c.agency_id and f.client_id = c.id
        and f.placed_home_id is not distinct from c.home_id
      left join plan_member b on b.id = f.former_home_id
      left join (select a.client_id,
          array_agg(m.n order by m.n) filter (where a.source <> 'mode_switch' or a.is_lead) as own,
          array_agg(m.n order by m.n) filter (where a.source = 'mode_switch' and not a.is_lead) as marks
        from assignment a join plan_member m on m.id = a.member_id
        where a.agency_id = ${agency} group by a.client_id) a on a.client_id = c.id
      where c.agency_id = ${agency} and (c.home_id is not null or c.assignee_count > 0 or f.client_id is not null)`,
  )
  await run(ctx, sql`insert into plan_client (id, kind) select id, kind from plan_folder`)
  await run(
    ctx,
    sql`insert into plan_kind (kind, clients, home, belongs, want, assigned, worked)
      select f.kind, f.clients, f.home, f.belongs, h.home, cardinality(f.own) + cardinality(f.marks) > 0, cardinality(f.own) > 0
      from (select kind, count(*) over (partition by kind)::integer as clients, home, belongs, own, marks,
          row_number() over (partition by kind) as i from plan_folder) f
      left join plan_member h on h.n = f.belongs where f.i = 1`,
  )
  await run(
    ctx,
    sql`with one as (select distinct on (kind) kind, own, marks from plan_folder order by kind),
        own as (insert into plan_work (kind, member, home) select kind, unnest(own), false from one)
      insert into plan_old_mark (kind, member) select kind, unnest(marks) from one`,
  )
  await run(
    ctx,
    sql`create temporary table plan_now on commit drop as
      select d.n as d, a.n as a from member_closure k
      join plan_member d on d.id = k.descendant_id join plan_member a on a.id = k.ancestor_id
      where k.agency_id = ${agency}`,
  )
  await run(ctx, sql`analyze plan_client, plan_kind, plan_work, plan_old_mark, plan_now`)
  await run(
    ctx,
    sql`insert into plan_seen (kind, member)
      select w.kind, k.a from (
          select kind, member from plan_work union all select kind, member from plan_old_mark
          union all select kind, home from plan_kind where home is not null) w
        join plan_now k on k.d = w.member join plan_member m on m.n = k.a and m.role <> 'owner'
      union
      select c.kind, k.d from plan_kind c join plan_now k on k.a = c.home
        join plan_member m on m.n = k.d and m.role <> 'owner' and m.sees
        where not c.assigned
      union
      select c.kind, m.n from plan_kind c join plan_member m on m.role <> 'owner' and m.sees
        where not c.assigned and c.home is null`,
  )
  await run(ctx, sql`analyze plan_seen`)
}

/** Puts a shape into the plan: who is under whom (numbers from 1; 0 for the root), and the closure of it. */
export async function tryShape(
  ctx: Ctx,
  parents: readonly number[],
  closure: { above: number[]; below: number[] },
): Promise<void> {
  await run(ctx, sql`delete from plan_above`)
  await run(
    ctx,
    sql`insert into plan_above (d, a) select * from unnest(${closure.below}::integer[], ${closure.above}::integer[])`,
  )
  await run(
    ctx,
    sql`update plan_member m set next = nullif(p.parent, 0)
      from unnest(${parents as number[]}::integer[]) with ordinality as p(parent, n) where m.n = p.n`,
  )
  await run(ctx, sql`analyze plan_above`)
}

/**
 * Chooses each client's portfolio in the shape tried: the one it belongs in, if all who would see it there do so
 * today (`widen`: whether or not), else the present one as long as it is a level, else none.
 */
export async function chooseHomes(ctx: Ctx, widen: boolean): Promise<void> {
  await run(ctx, sql`update plan_kind set next = want`)
  if (!widen)
    await run(
      ctx,
      sql`update plan_kind c set next = (select h.n from plan_member h where h.n = c.home and h.home = h.n)
        where c.want is distinct from c.home and c.kind in (
          select w.kind from plan_kind w join plan_above k on k.d = w.want
          join plan_member m on m.n = k.a and m.role <> 'owner'
          left join plan_seen s on s.kind = w.kind and s.member = k.a where s.kind is null)`,
    )
  await run(ctx, sql`delete from plan_work where home`)
  await run(
    ctx,
    sql`insert into plan_work (kind, member, home) select kind, next, true from plan_kind where next is not null`,
  )
  await run(ctx, sql`analyze plan_work`)
}

/**
 * The places of the shape tried that would show somebody a client they do not see today, through what `table`
 * holds: each is the lowest on its way up whose holder does not see what the member below it brings.
 */
export async function wideningPlaces(ctx: Ctx, table: 'plan_work' | 'plan_mark'): Promise<Widening[]> {
  return run(
    ctx,
    sql<Widening>`with gained as materialized (
        select distinct w.kind, w.member as d, k.a from ${sql.raw(table)} w
        join plan_above k on k.d = w.member
        join plan_member m on m.n = k.a and m.role <> 'owner'
        left join plan_seen s on s.kind = w.kind and s.member = k.a where s.kind is null),
      places as (
        select distinct x.id, g.kind from gained g join plan_above k on k.d = g.d
        join plan_member x on x.n = k.a and x.next = g.a
        left join plan_seen s on s.kind = g.kind and s.member = x.n
        where x.n = g.d or x.role = 'owner' or s.kind is not null)
      select p.id as "memberId", sum(c.clients)::integer as clients
      from places p join plan_kind c on c.kind = p.kind group by p.id`,
  )
}

/**
 * The marks that the shape tried needs, so that whoever sees a client today still does: none where people's own
 * assignments or the portfolio say it; none on a client whose pool is seen by the very same people (`widen`: at
 * least by them); else one for everybody who would lose it, and at least one, which keeps the pool closed.
 */
export async function chooseMarks(ctx: Ctx, widen: boolean): Promise<void> {
  await run(ctx, sql`delete from plan_mark`)
  await run(
    ctx,
    sql`with now as (
        select c.kind, c.next, coalesce(array_agg(s.member order by s.member) filter (where s.member is not null), '{}') as seers
        from plan_kind c left join plan_seen s on s.kind = c.kind where not c.worked group by c.kind),
      pool as (
        select h.next, array(select m.n from plan_member m where m.role <> 'owner' and (
            m.n in (select k.a from plan_above k where k.d = h.next)
            or (m.sees and (h.next is null or m.n in (select k.d from plan_above k where k.a = h.next))))
          order by m.n) as seers
        from (select distinct next from now) h)
      update plan_kind c set free = (${widen ? sql`pool.seers @> now.seers` : sql`pool.seers = now.seers`})
      from now join pool on pool.next is not distinct from now.next where c.kind = now.kind`,
  )
  // Waiting at the root, where everybody may take it: rather left there than closed by marks.
  await run(
    ctx,
    sql`with left_there as (
        update plan_kind set next = null, free = true
        where not free and not assigned and home is null and next is not null returning kind)
      delete from plan_work w using left_there l where w.home and w.kind = l.kind`,
  )
  await run(
    ctx,
    sql`insert into plan_mark (kind, member)
      select s.kind, s.member from plan_seen s join plan_kind c on c.kind = s.kind and not c.free
      left join (select distinct w.kind, k.a from plan_work w join plan_above k on k.d = w.member) told
        on told.kind = s.kind and told.a = s.member
      where told.kind is null`,
  )
  await run(
    ctx,
    sql`insert into plan_mark (kind, member)
      select c.kind, coalesce(c.next, (select min(o.member) from plan_old_mark o where o.kind = c.kind),
        (select min(m.n) from plan_member m where m.role = 'owner'))
      from plan_kind c where not c.worked and not c.free and c.kind not in (select kind from plan_mark)`,
  )
  await run(ctx, sql`analyze plan_mark`)
}
