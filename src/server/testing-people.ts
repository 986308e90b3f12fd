import type { Role } from '../contract/rights.ts'
import { emailKey } from '../contract/common.ts'
import { newId } from './ids.ts'
import { hashToken, keyedHash, newToken } from './keys.ts'
import type { Browser, TestApp } from './testing.ts'

/** An agency made straight in the database, so that a slice's tests don't lean on another slice's pages. */
export type TestAgency = { id: string; slug: string; owner: TestMember }
/** A member and a browser signed in as it. */
export type TestMember = {
  agencyId: string
  memberId: string
  userId: string
  email: string
  name: string
  browser: Browser
}

/** Makes an agency with its first owner, signed in. */
export async function makeAgency(
  t: TestApp,
  given: {
    slug?: string
    name?: string
    mode?: 'simple' | 'intermediate' | 'full'
    kind?: 'agency' | 'advertiser'
  } = {},
): Promise<TestAgency> {
  const id = newId()
  const slug = given.slug ?? `a${id.slice(-10)}`
  await t.sql(
    `insert into agency (agency_id, kind, name, slug, mode, hierarchy_enabled, created_at) values ($1, $2, $3, $4, $5, $6, now())`,
    [id, given.kind ?? 'agency', given.name ?? `Agence ${slug}`, slug, given.mode ?? 'full', true],
  )
  await t.sql(
    `insert into host_name (name, kind, agency_id, realm_id, realm_kind, verified_at) values ($1, 'slug', $2, $2, 'agency', now())`,
    [slug, id],
  )
  const owner = await makeMember(t, { id, slug }, { role: 'owner' })
  return { id, slug, owner }
}

/** Makes a member of an agency, signed in unless it is invited or disabled. */
export async function makeMember(
  t: TestApp,
  agency: { id: string; slug: string },
  given: {
    role: Role
    parent?: { memberId: string }
    name?: string
    email?: string
    state?: 'invited' | 'active' | 'disabled'
    seesUnassigned?: boolean
    passwordHash?: string
  },
): Promise<TestMember> {
  const userId = newId()
  const memberId = newId()
  const email = given.email ?? `${given.role}-${memberId.slice(-8)}@exemple.fr`
  const name = given.name ?? `${given.role} ${memberId.slice(-4)}`
  await t.sql(
    `insert into realm_user (agency_id, id, realm_id, realm_kind, email, email_key, name, password_hash, email_confirmed_at, created_at)
     values ($1, $2, $1, 'agency', $3, $4, $5, $6, now(), now())`,
    [agency.id, userId, email, emailKey(email), name, given.passwordHash ?? null],
  )
  await t.sql(`insert into email_directory (email_hash, agency_id) values ($1, $2) on conflict do nothing`, [
    keyedHash(t.app.config.secret, 'email-directory', emailKey(email)),
    agency.id,
  ])
  await t.sql(
    `insert into member (agency_id, id, user_id, role, parent_id, state, sees_unassigned, search_text, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, search_key($8), now())`,
    [
      agency.id,
      memberId,
      userId,
      given.role,
      given.parent?.memberId ?? null,
      given.state ?? 'active',
      given.seesUnassigned ?? true,
      `${name} ${email}`,
    ],
  )
  const member = { agencyId: agency.id, memberId, userId, email, name, browser: t.browser(agency.slug) }
  if ((given.state ?? 'active') === 'active') await signInAs(t, agency, member)
  return member
}

/** Opens a session for a member and puts its cookie into the browser. */
export async function signInAs(
  t: TestApp,
  agency: { id: string; slug: string },
  member: TestMember,
): Promise<void> {
  const token = newToken()
  await t.sql(
    `insert into session (agency_id, id, user_id, realm_id, host, token_hash, created_at, last_seen_at, idle_seconds, expires_at, method)
     select $1, $2, $3, $1, $4, $5, now() + clock_offset, now() + clock_offset, 43200, now() + clock_offset + interval '30 days', 'password' from installation`,
    [agency.id, newId(), member.userId, member.browser.host, hashToken(token)],
  )
  member.browser.cookies['session'] = token
}

/** Makes a client, assigned to the given members. */
export async function makeClient(
  t: TestApp,
  agency: { id: string },
  given: {
    name?: string
    home?: { memberId: string }
    assignees?: { memberId: string }[]
    status?: 'active' | 'paused' | 'archived'
  } = {},
): Promise<{ id: string; name: string }> {
  const id = newId()
  const name = given.name ?? `Client ${id.slice(-6)}`
  await t.sql(
    `insert into client (agency_id, id, name, status, home_id, last_activity_at, created_at, updated_at) values ($1, $2, $3, $4, $5, now(), now(), now())`,
    [agency.id, id, name, given.status ?? 'active', given.home?.memberId ?? null],
  )
  for (const a of given.assignees ?? [])
    await t.sql(
      `insert into assignment (agency_id, client_id, member_id, assigned_by_name, assigned_at) values ($1, $2, $3, 'Test', now())`,
      [agency.id, id, a.memberId],
    )
  return { id, name }
}
