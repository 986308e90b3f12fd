import { emailKey } from '../../contract/common.ts'
import type { AccountRole } from '../../contract/rights.ts'
import { newId } from '../../server/ids.ts'
import { hashToken, newToken } from '../../server/keys.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { makeClient } from '../../server/testing-people.ts'
import type { Browser, TestApp } from '../../server/testing.ts'
import { insertAccount, type NewAccount } from '../hosted-accounts/public.ts'

/** A user of a hosted account with a browser signed in on its host. */
export type TestAccountUser = { userId: string; email: string; name: string; browser: Browser }
/** A hosted account with its administrator. */
export type TestAccount = { id: string; slug: string; name: string; clientId: string; admin: TestAccountUser }

/** Makes a hosted account on trial for a client (a fresh one unless given), with an administrator signed in. */
export async function makeAccount(
  t: TestApp,
  agency: { id: string },
  given: Partial<Pick<NewAccount, 'clientId' | 'name' | 'slug' | 'id' | 'contactEmail' | 'subscription'>> & {
    adminEmail?: string
    adminName?: string
    passwordHash?: string
  } = {},
): Promise<TestAccount> {
  const id = given.id ?? newId()
  const slug = given.slug ?? `h${id.slice(-10)}`
  const name = given.name ?? `Maison ${slug}`
  const clientId = given.clientId ?? (await makeClient(t, agency, { name: `Client ${slug}` })).id
  await runInTenant(t.app, { agencyId: agency.id }, (ctx) =>
    insertAccount(ctx, {
      id,
      clientId,
      name,
      slug,
      contactName: name,
      contactEmail: given.contactEmail ?? `contact-${slug}@exemple.fr`,
      notificationEmail: 'notifications@exemple.fr',
      locale: 'fr',
      timeZone: 'Europe/Paris',
      subscription: given.subscription ?? { currency: 'EUR', terms: null },
    }).then(() => undefined),
  )
  const admin = await makeAccountUser(
    t,
    { agencyId: agency.id, id, slug },
    {
      role: 'admin',
      userName: 'admin',
      ...(given.adminEmail !== undefined && { email: given.adminEmail }),
      ...(given.adminName !== undefined && { name: given.adminName }),
      ...(given.passwordHash !== undefined && { passwordHash: given.passwordHash }),
    },
  )
  return { id, slug, name, clientId, admin }
}

/** Makes a user of an account, signed in. */
export async function makeAccountUser(
  t: TestApp,
  account: { agencyId: string; id: string; slug: string },
  given: { role?: AccountRole; email?: string; name?: string; userName?: string; passwordHash?: string } = {},
): Promise<TestAccountUser> {
  const userId = newId()
  const email = given.email ?? `u-${userId.slice(-8)}@exemple.fr`
  const name = given.name ?? `Personne ${userId.slice(-4)}`
  await t.sql(
    `insert into realm_user (agency_id, id, realm_id, realm_kind, email, email_key, name, user_name, user_name_key, password_hash, email_confirmed_at, created_at)
     values ($1, $2, $3, 'hosted_account', $4, $5, $6, $7, $7, $8, now(), now())`,
    [
      account.agencyId,
      userId,
      account.id,
      email,
      emailKey(email),
      name,
      given.userName ?? null,
      given.passwordHash ?? null,
    ],
  )
  await t.sql(
    `insert into account_user (agency_id, user_id, hosted_account_id, role, created_at) values ($1, $2, $3, $4, now())`,
    [account.agencyId, userId, account.id, given.role ?? 'user'],
  )
  const user = { userId, email, name, browser: t.browser(account.slug) }
  await signInToAccount(t, account, user)
  return user
}

/** Opens a session for a user of an account and puts its cookie into the browser. */
export async function signInToAccount(
  t: TestApp,
  account: { agencyId: string; id: string },
  user: { userId: string; browser: Browser },
): Promise<void> {
  const token = newToken()
  await t.sql(
    `insert into session (agency_id, id, user_id, realm_id, host, token_hash, created_at, last_seen_at, idle_seconds, expires_at, method)
     select $1, $2, $3, $4, $5, $6, now() + clock_offset, now() + clock_offset, 43200, now() + clock_offset + interval '30 days', 'password' from installation`,
    [account.agencyId, newId(), user.userId, account.id, user.browser.host, hashToken(token)],
  )
  user.browser.cookies['session'] = token
}
