import { sql, type RawBuilder, type SelectQueryBuilder } from 'kysely'
import type { Role } from '../../contract/rights.ts'
import { memberOf, type Ctx } from '../../server/context.ts'
import type { DB } from '../../server/schema.gen.ts'
import type { SightRule } from './contract.ts'

/**
 * Whose sight is asked about, and how far it reaches if that was measured (see sight-of.ts): the condition is
 * the same, its shape follows. Statements that a page of a list is read with are named by it.
 */
export type Viewer = { role: Role; memberId: string; reach?: 'wide' | 'narrow' }

/**
 * The four rules of sight (domain.md, "Who sees what"; A10, A21, A22, C2) as one SQL condition over a row of
 * `client`; never null. `member` and `agency` are SQL expressions or placeholders of the viewer. An owner's
 * condition is plain `true`: every client of the tenant, which the caller filters by `agency_id` anyway.
 *
 * Shapes (docs/decisions/0004-sight.md has the figures): `wide` asks row by row, right for one page of a sorted
 * list that the viewer sees much of; `narrow` starts from what is seen, right for counts and for a page of the
 * few; without `reach` the planner chooses, right for one client or a handful.
 */
export function visibleClientCondition(
  viewer: { role: string; reach?: Viewer['reach'] },
  client = 'client',
  agency = '$1',
  member = '$2',
): string {
  if (viewer.role === 'owner') return 'true'
  const below = `select descendant_id from member_closure where agency_id = ${agency} and ancestor_id = ${member}`
  const pool = (row: string) => poolCondition(row, agency, member)
  if (viewer.reach === 'narrow')
    return `${client}.id = any(array(
    select near.client_id from (${below} offset 0) team cross join lateral
      (select client_id from assignment where agency_id = ${agency} and member_id = team.descendant_id offset 0) near
    union all
    select near.id from (${below} offset 0) team cross join lateral
      (select id from client where agency_id = ${agency} and home_id = team.descendant_id offset 0) near
    union all
    select near.id from client near where near.agency_id = ${agency} and ${pool('near')}))`
  // Kept from being hashed whole by its `offset`, and its own inner list from being joined by `is true`.
  const assigned =
    viewer.reach === 'wide'
      ? `exists (select from assignment seen_a where seen_a.agency_id = ${agency} and seen_a.client_id = ${client}.id
      and (seen_a.member_id in (${below})) is true offset 0)`
      : `exists (select from assignment seen_a join member_closure seen_k
      on seen_k.agency_id = seen_a.agency_id and seen_k.descendant_id = seen_a.member_id
      where seen_a.agency_id = ${agency} and seen_a.client_id = ${client}.id and seen_k.ancestor_id = ${member})`
  return `(
    ${assigned}
    or (${client}.home_id is not null and ${client}.home_id in (${below}))
    or (${pool(client)}))`
}

/** The condition for Kysely, about any member of the agency. */
export function visibleTo(ctx: Ctx, viewer: Viewer, client = 'client'): RawBuilder<boolean> {
  return bound(ctx, viewer, visibleClientCondition(viewer, client, ':agency', ':member'))
}

/** Every read of clients starts here: the clients the subject of the call sees, and no other. */
export function visibleClients(ctx: Ctx): SelectQueryBuilder<DB, 'client', object> {
  return ctx.db
    .selectFrom('client')
    .where('client.agency_id', '=', ctx.agencyId)
    .where(visibleTo(ctx, memberOf(ctx)))
}

/** Nobody is assigned, the viewer sees such clients, and the portfolio is nobody's or of somebody above it. */
function poolCondition(row: string, agency: string, member: string): string {
  return `${row}.assignee_count = 0
      and (select sees_unassigned from member where agency_id = ${agency} and id = ${member})
      and (${row}.home_id is null
        or ${row}.home_id in (select ancestor_id from member_closure where agency_id = ${agency} and descendant_id = ${member}))`
}

/**
 * The condition of sight where money and work are concerned: the same, except that a client's own people have
 * theirs alone. Nobody having taken a client on opens its file to them (A22), neither its orders nor its purse.
 */
export function entrustedClientCondition(
  viewer: { role: string; reach?: Viewer['reach'] },
  client = 'client',
  agency = '$1',
  member = '$2',
): string {
  return viewer.role === 'client'
    ? `${client}.id in (select client_id from assignment where agency_id = ${agency} and member_id = ${member})`
    : visibleClientCondition(viewer, client, agency, member)
}

/**
 * Every read of orders, projects, budgets, cards, purchases and invoices starts here, and every write on a client.
 * `viewer` is the subject with the reach of its sight, for pages of a list.
 */
export function entrustedClients(
  ctx: Ctx,
  viewer: Viewer = memberOf(ctx),
): SelectQueryBuilder<DB, 'client', object> {
  return ctx.db
    .selectFrom('client')
    .where('client.agency_id', '=', ctx.agencyId)
    .where(bound<boolean>(ctx, viewer, entrustedClientCondition(viewer, 'client', ':agency', ':member')))
}

/**
 * The ids of the clients whose money and work a viewer other than an owner sees, as a SELECT: the same condition as
 * one set, for counts and sums over what belongs to clients, which hash it once. An id may come twice.
 */
export function entrustedIdsSql(viewer: { role: string }, agency = '$1', member = '$2'): string {
  if (viewer.role === 'client')
    return `select client_id from assignment where agency_id = ${agency} and member_id = ${member}`
  const below = `select descendant_id from member_closure where agency_id = ${agency} and ancestor_id = ${member}`
  return `select client_id from assignment where agency_id = ${agency} and member_id in (${below})
    union all select id from client where agency_id = ${agency} and home_id in (${below})
    union all select id from client near where near.agency_id = ${agency} and ${poolCondition('near', agency, member)}`
}

/** The same for Kysely, of the subject of the call. */
export function entrustedIds(ctx: Ctx): RawBuilder<{ client_id: string }> {
  const viewer = memberOf(ctx)
  return bound(ctx, viewer, entrustedIdsSql(viewer, ':agency', ':member'))
}

/** Which rule opens a row of `client` that `viewer` sees: the first that holds, in the order of domain.md. */
export function firstRule(ctx: Ctx, viewer: Viewer): RawBuilder<SightRule> {
  if (viewer.role === 'owner') return sql`'owner'`
  return bound(
    ctx,
    viewer,
    `(case
      when exists (select from assignment a where a.agency_id = :agency and a.client_id = client.id and a.member_id = :member offset 0) then 'direct'
      when exists (select from assignment a where a.agency_id = :agency and a.client_id = client.id
        and (a.member_id in (select descendant_id from member_closure where agency_id = :agency and ancestor_id = :member)) is true offset 0) then 'hierarchy'
      when client.home_id in (select descendant_id from member_closure where agency_id = :agency and ancestor_id = :member) then 'home'
      else 'pool' end)`,
  )
}

function bound<T>(ctx: Ctx, viewer: Viewer, text: string): RawBuilder<T> {
  const parts = text.split(/(:agency|:member)/)
  return sql.join(
    parts.map((p) =>
      p === ':agency'
        ? sql`${ctx.agencyId}::uuid`
        : p === ':member'
          ? sql`${viewer.memberId}::uuid`
          : sql.raw(p),
    ),
    sql.raw(''),
  ) as RawBuilder<T>
}
