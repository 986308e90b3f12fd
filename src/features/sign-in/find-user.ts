import type { Ctx } from '../../server/context.ts'
import { emailKey, type Locale } from '../../contract/common.ts'
import type { AccountRole, Role } from '../../contract/rights.ts'

/** A user of the realm, with all that deciding about its sign-in needs. */
export type RealmUser = {
  id: string
  email: string
  email_key: string
  user_name: string | null
  name: string
  locale: Locale | null
  state: 'active' | 'disabled'
  password_hash: string | null
  email_confirmed_at: string | null
  totp_confirmed_at: string | null
  member_id: string | null
  role: Role | null
  member_state: 'invited' | 'active' | 'disabled' | null
  account_role: AccountRole | null
  account_state: 'invited' | 'active' | 'disabled' | null
}

const columns = `u.id, u.email, u.email_key, u.user_name, u.name, u.locale, u.state, u.password_hash, u.email_confirmed_at, u.totp_confirmed_at,
  m.id as member_id, m.role, m.state as member_state, k.role as account_role, k.state as account_state
from realm_user u left join member m on m.agency_id = u.agency_id and m.user_id = u.id
  left join account_user k on k.agency_id = u.agency_id and k.user_id = u.id
where u.agency_id = $1 and u.realm_id = $2`

/** The user behind an address or a user name in this realm, whatever its state; undefined when there is none. */
export async function findUserByLogin(ctx: Ctx, login: string): Promise<RealmUser | undefined> {
  const key = emailKey(login.trim())
  const [user] = await ctx.tx.query<RealmUser>(
    'user_by_login',
    `select ${columns} and (u.email_key = $3 or u.user_name_key = $3)`,
    [ctx.agencyId, ctx.realm.realmId, key],
  )
  return user
}

/** A user of this realm by id, whatever its state; undefined when there is none. */
export async function findUser(ctx: Ctx, id: string): Promise<RealmUser | undefined> {
  const [user] = await ctx.tx.query<RealmUser>('user_by_id', `select ${columns} and u.id = $3`, [
    ctx.agencyId,
    ctx.realm.realmId,
    id,
  ])
  return user
}

/** Whether the user may be in at all: not disabled, nor its membership, nor its agency, nor its hosted account. */
export function mayEnter(ctx: Ctx, user: RealmUser): boolean {
  const open =
    ctx.realm.kind === 'operator' ||
    (ctx.agency !== null &&
      (ctx.realm.kind === 'agency' || (ctx.account !== null && ctx.account.door !== 'closed')))
  const states = [user.state, user.member_state, user.account_state]
  return open && states.every((state) => state === null || state === 'active')
}
