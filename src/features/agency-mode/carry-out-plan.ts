import { sql } from 'kysely'
import type { Ctx } from '../../server/context.ts'
import type { Mode } from '../sub-accounts/public.ts'
import { belongsUnder } from './next-places.ts'
import type { ModePlan } from './plan-mode.ts'

/** How many rows a plan changed. */
export type CarriedOut = { moved: string[]; marksAdded: number; marksRemoved: number; homesMoved: number }

/**
 * Writes a plan: places, portfolios, marks, and what is remembered of all that until a deeper mode returns.
 * Members leave their old places first, so that no step in between is a cycle. `said` is told every now and then how
 * many portfolios and marks are written.
 */
export async function carryOutPlan(
  ctx: Ctx,
  mode: Mode,
  plan: ModePlan,
  said: (written: number) => Promise<void> = async () => {},
): Promise<CarriedOut> {
  const moved = plan.members.filter((m) => (plan.parents.get(m.id) ?? null) !== m.parent)
  const place = (ids: string[], parents: (string | null)[]) =>
    sql`update member m set parent_id = p.parent, version = m.version + 1
      from unnest(${ids}::uuid[], ${parents}::uuid[]) as p(id, parent)
      where m.agency_id = ${ctx.agencyId} and m.id = p.id and m.parent_id is distinct from p.parent`.execute(
      ctx.db,
    )
  const leaving = moved.filter((m) => m.parent !== null)
  await place(
    leaving.map((m) => m.id),
    leaving.map(() => null),
  )
  const arriving = moved.filter((m) => (plan.parents.get(m.id) ?? null) !== null)
  await place(
    arriving.map((m) => m.id),
    arriving.map((m) => plan.parents.get(m.id) ?? null),
  )
  await rememberPlaces(ctx, mode, plan)
  const homes = await sql`update client c set home_id = m.id, version = c.version + 1
    from plan_client p join plan_kind k on k.kind = p.kind and k.home is distinct from k.next
    left join plan_member m on m.n = k.next where c.agency_id = ${ctx.agencyId} and c.id = p.id`.execute(
    ctx.db,
  )
  await rememberHomes(ctx, mode)
  const homesMoved = Number(homes.numAffectedRows ?? 0n)
  await said(homesMoved)
  await sql`create temporary table plan_gone on commit drop as
    select p.id as client, m.id as member from plan_old_mark o
    left join plan_mark w on w.kind = o.kind and w.member = o.member
    join plan_client p on p.kind = o.kind join plan_member m on m.n = o.member
    where w.kind is null order by 1, 2`.execute(ctx.db)
  await sql`analyze plan_gone`.execute(ctx.db)
  let marksRemoved = 0
  let marksAdded = 0
  for (const { from, below } of await slices(ctx)) {
    // Said of both sides of a join: neither is read beyond the slice.
    const within = (id: string) =>
      below === null
        ? sql`${sql.ref(id)} >= ${from}::uuid`
        : sql`${sql.ref(id)} >= ${from}::uuid and ${sql.ref(id)} < ${below}::uuid`
    const gone = await sql`delete from assignment a using plan_gone g
      where a.agency_id = ${ctx.agencyId} and a.client_id = g.client and a.member_id = g.member
        and a.source = 'mode_switch' and not a.is_lead
        and ${within('g.client')} and ${within('a.client_id')}`.execute(ctx.db)
    const added =
      await sql`insert into assignment (agency_id, client_id, member_id, source, assigned_by, assigned_by_name, assigned_at)
      select ${ctx.agencyId}::uuid, p.id, m.id, 'mode_switch', ${ctx.actor?.userId ?? null}::uuid, ${ctx.actor?.name ?? 'Canopée'}, ${ctx.nowIso}::timestamptz
      from plan_mark w join plan_client p on p.kind = w.kind join plan_member m on m.n = w.member
      left join plan_old_mark o on o.kind = w.kind and o.member = w.member
      where o.kind is null and ${within('p.id')}
      order by p.id, m.id on conflict do nothing`.execute(ctx.db)
    marksRemoved += Number(gone.numAffectedRows ?? 0n)
    marksAdded += Number(added.numAffectedRows ?? 0n)
    await said(homesMoved + marksRemoved + marksAdded)
  }
  return {
    moved: moved.map((m) => m.id),
    marksAdded,
    marksRemoved,
    homesMoved,
  }
}

/** Clients written at a time, so that a long change says how far it is. */
const clientsASlice = 4_000

/** Ranges of client ids, one after the other: from the first one on, below the next; null: to the end. */
async function slices(ctx: Ctx): Promise<{ from: string; below: string | null }[]> {
  const { rows } = await sql<{ id: string }>`select id from (
      select id, row_number() over (order by id) as i from plan_client) p
    where i % ${clientsASlice} = 1 order by id`.execute(ctx.db)
  return rows.map(({ id }, i) => ({ from: id, below: rows[i + 1]?.id ?? null }))
}

/** The full mode has every place, so that nothing is left to remember there. */
async function rememberPlaces(ctx: Ctx, mode: Mode, plan: ModePlan): Promise<void> {
  await ctx.db.deleteFrom('former_place').where('agency_id', '=', ctx.agencyId).execute()
  const kept =
    mode === 'full'
      ? []
      : plan.members.flatMap((m) => {
          const former = belongsUnder(m)
          const placed = plan.parents.get(m.id) ?? null
          return former === null || former === placed ? [] : [{ id: m.id, former, placed }]
        })
  if (kept.length === 0) return
  await sql`insert into former_place (agency_id, member_id, former_parent_id, placed_parent_id, kept_at)
    select ${ctx.agencyId}::uuid, id, former, placed, ${ctx.nowIso}::timestamptz
    from unnest(${kept.map((k) => k.id)}::uuid[], ${kept.map((k) => k.former)}::uuid[], ${kept.map((k) => k.placed)}::uuid[]) as k(id, former, placed)`.execute(
    ctx.db,
  )
}

async function rememberHomes(ctx: Ctx, mode: Mode): Promise<void> {
  await ctx.db.deleteFrom('former_home').where('agency_id', '=', ctx.agencyId).execute()
  if (mode === 'full') return
  await sql`insert into former_home (agency_id, client_id, former_home_id, placed_home_id, kept_at)
    select ${ctx.agencyId}::uuid, p.id, b.id, h.id, ${ctx.nowIso}::timestamptz
    from plan_client p join plan_kind k on k.kind = p.kind and k.belongs is distinct from k.next
    join plan_member b on b.n = k.belongs left join plan_member h on h.n = k.next`.execute(ctx.db)
}
