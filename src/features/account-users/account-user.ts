import { sql } from 'kysely'
import type { AnswerOf } from '../../contract/endpoint.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { AccountRole } from '../../contract/rights.ts'
import { accountOf, subjectOf, type Ctx } from '../../server/context.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import { planAt, type Plan } from '../plans/public.ts'
import { subscriptionOf } from '../subscriptions/public.ts'
import type { inviteAccountUser } from './contract.ts'

/** A user of an account with what is told of it. */
export type AccountUserRow = {
  id: string
  name: string
  email: string
  user_name: string | null
  locale: string | null
  role: AccountRole
  state: 'invited' | 'active' | 'disabled'
  last_seen_at: string | null
  invited_at: string | null
  invited_by_name: string | null
  created_at: string
  version: number
}

/** Users of an account, in no order. */
export function accountUsers(ctx: Ctx, accountId: string) {
  return ctx.db
    .selectFrom('account_user as k')
    .innerJoin('realm_user as u', (j) =>
      j.onRef('u.agency_id', '=', 'k.agency_id').onRef('u.id', '=', 'k.user_id'),
    )
    .select([
      'u.id',
      'u.name',
      'u.email',
      'u.user_name',
      'u.locale',
      'u.last_seen_at',
      'k.invited_at',
      'k.invited_by_name',
      'k.created_at',
      'k.version',
      sql<AccountRole>`k.role`.as('role'),
      sql<AccountUserRow['state']>`k.state`.as('state'),
    ])
    .where('k.agency_id', '=', ctx.agencyId)
    .where('k.hosted_account_id', '=', accountId)
}

/** One user of an account; 404 for anybody else's. */
export async function accountUser(ctx: Ctx, accountId: string, userId: string): Promise<AccountUserRow> {
  const row = await accountUsers(ctx, accountId).where('k.user_id', '=', userId).executeTakeFirst()
  if (!row) throw notFound()
  return row
}

/**
 * Changes of one account's users queue up behind each other: two administrators who close each other's access
 * at once must not leave an account without any.
 */
export async function lockAccountUsers(ctx: Ctx, accountId: string): Promise<void> {
  await ctx.tx.query('lock_account_users', `select pg_advisory_xact_lock(hashtextextended($1, 0))`, [
    `account-users:${ctx.agencyId}:${accountId}`,
  ])
}

/** How many people the account's plan lets in; null: as many as one likes. */
export async function userLimit(ctx: Ctx, accountId: string): Promise<number | null> {
  const plan = await planOfAccount(ctx, accountId)
  return plan?.limits.users ?? null
}

/** The plan an account is on, at the edition it was sold at. */
async function planOfAccount(ctx: Ctx, accountId: string): Promise<Plan | undefined> {
  const subscription = await subscriptionOf(ctx, accountId)
  return subscription && planAt(ctx, subscription.planCode, subscription.planVersion)
}

/** 409 `account_user.limit` when the plan has no place for one more; invited people have one already. */
export async function requirePlace(ctx: Ctx, accountId: string): Promise<void> {
  const limit = await userLimit(ctx, accountId)
  if (limit === null) return
  const { n } = await ctx.db
    .selectFrom('account_user')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('agency_id', '=', ctx.agencyId)
    .where('hosted_account_id', '=', accountId)
    .where('state', '!=', 'disabled')
    .executeTakeFirstOrThrow()
  if (n >= limit) throw new Refusal(409, 'account_user.limit', { values: { limit } })
}

/** 409 `account_user.last_admin` when nobody else could manage the account's users. */
export async function requireOtherAdmin(ctx: Ctx, accountId: string, userId: string): Promise<void> {
  const other = await ctx.db
    .selectFrom('account_user')
    .select('user_id')
    .where('agency_id', '=', ctx.agencyId)
    .where('hosted_account_id', '=', accountId)
    .where('role', '=', 'admin')
    .where('state', '=', 'active')
    .where('user_id', '!=', userId)
    .executeTakeFirst()
  if (!other) throw new Refusal(409, 'account_user.last_admin')
}

/** Columns changed, the version one up. */
export async function changeAccountUser(
  ctx: Ctx,
  userId: string,
  set: Partial<{
    role: AccountRole
    state: 'active' | 'disabled'
    disabled_at: string | null
    password_given_at: string
  }>,
): Promise<void> {
  await ctx.db
    .updateTable('account_user')
    .set((eb) => ({ ...set, version: eb('version', '+', 1) }))
    .where('agency_id', '=', ctx.agencyId)
    .where('user_id', '=', userId)
    .execute()
}

/** Records what was done to a user and tells the account's open pages. */
export function recordAccountUser(
  ctx: Ctx,
  action: `account_user.${string}`,
  user: { id: string; name: string },
  account: { id: string; clientId: string; name: string },
  data: Record<string, unknown> = {},
): void {
  ctx.audit({
    action,
    clientId: account.clientId,
    entity: { kind: 'account_user', id: user.id, name: user.name },
    data: { account: account.name, ...data },
  })
  ctx.publish({ agencyId: ctx.agencyId, realmId: account.id, kind: 'account_users' })
}

/** A user as the account's administrators are told of it. */
export function userAnswer(ctx: Ctx, row: AccountUserRow): AnswerOf<typeof inviteAccountUser> {
  const you = row.id === subjectOf(ctx).userId
  return {
    id: toPublicId('user', row.id),
    name: row.name,
    email: row.email,
    userName: row.user_name,
    role: row.role,
    state: row.state,
    lastSeenAt: row.last_seen_at,
    invitedAt: row.invited_at,
    createdAt: row.created_at,
    version: row.version,
    you,
    can: { disable: !you && row.state !== 'invited', changeRole: !you },
  }
}

/** The same, read again after a change. */
export async function readAccountUser(ctx: Ctx, userId: string): Promise<AnswerOf<typeof inviteAccountUser>> {
  return userAnswer(ctx, await accountUser(ctx, accountOf(ctx).id, userId))
}
