import { sql, type RawBuilder, type SelectQueryBuilder } from 'kysely'
import { memberOf, type Ctx } from '../../server/context.ts'
import type { DB } from '../../server/schema.gen.ts'

/**
 * Which sub-accounts the subject of the call sees: an owner all of the agency's; anybody else itself and the
 * branch below it. Never sideways: a colleague's team is not one's business (C2, "downward only").
 */
export function visibleMemberCondition(ctx: Ctx, member = 'member'): RawBuilder<boolean> {
  const viewer = memberOf(ctx)
  if (viewer.role === 'owner') return sql<boolean>`true`
  return sql<boolean>`${sql.ref(`${member}.id`)} in (select seen_m.descendant_id from member_closure seen_m
    where seen_m.agency_id = ${ctx.agencyId} and seen_m.ancestor_id = ${viewer.memberId})`
}

/** Every read of sub-accounts starts here: those the subject of the call sees, and no other. */
export function visibleMembers(ctx: Ctx): SelectQueryBuilder<DB, 'member', object> {
  return ctx.db
    .selectFrom('member')
    .where('member.agency_id', '=', ctx.agencyId)
    .where(visibleMemberCondition(ctx))
}
