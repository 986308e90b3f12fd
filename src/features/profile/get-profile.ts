import type { AnswerOf } from '../../contract/endpoint.ts'
import { subjectOf, type Ctx } from '../../server/context.ts'
import type { getProfile as contract } from './contract.ts'

type Row = {
  name: string
  email: string
  user_name: string | null
  locale: AnswerOf<typeof contract>['locale']
  time_zone: string | null
  theme: 'auto' | 'light' | 'dark'
  shortcuts: boolean
  email_confirmed_at: string | null
  has_password: boolean
  password_changed_at: string | null
  pending_email: string | null
}

/** The caller's own profile and means of sign-in (B14). */
export async function getProfile(ctx: Ctx): Promise<AnswerOf<typeof contract>> {
  const [row] = await ctx.tx.query<Row>(
    'get_profile',
    `select u.name, u.email, u.user_name, u.locale, u.time_zone, u.theme, u.shortcuts, u.email_confirmed_at,
       u.password_hash is not null as has_password, u.password_changed_at,
       (select t.payload->>'email' from one_time_token t where t.agency_id = u.agency_id and t.user_id = u.id and t.purpose = 'email_change'
          and t.used_at is null and t.revoked_at is null and t.expires_at > $3 order by t.id desc limit 1) as pending_email
     from realm_user u where u.agency_id = $1 and u.id = $2`,
    [ctx.agencyId, subjectOf(ctx).userId, ctx.nowIso],
  )
  const r = row!
  return {
    name: r.name,
    email: r.email,
    userName: r.user_name,
    locale: r.locale,
    timeZone: r.time_zone,
    theme: r.theme,
    shortcuts: r.shortcuts,
    emailConfirmed: r.email_confirmed_at !== null,
    pendingEmail: r.pending_email,
    hasPassword: r.has_password,
    passwordChangedAt: r.password_changed_at,
  }
}
