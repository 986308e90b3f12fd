import type { Role } from '../../contract/rights.ts'
import { memberOf, type Ctx } from '../../server/context.ts'
import { Refusal, notFound } from '../../server/refusal.ts'
import { readMember } from './get-member.ts'
import { visibleMembers } from './visible-members.ts'

/** A member about to be changed, as it is under the lock. */
export type MemberToChange = {
  id: string
  userId: string
  name: string
  email: string
  locale: string | null
  role: Role
  parentId: string | null
  state: 'invited' | 'active' | 'disabled'
  seesUnassigned: boolean
  jobTitle: string | null
  phone: string | null
  version: number
  /** The invitation was accepted once, or the holder signed up. */
  joined: boolean
}

/**
 * Locks and gives a member the caller may change: 404 outside its sight; 403 `member.not_below` when it is
 * itself and no owner (managers manage what is below them), 403 `member.yourself` with `others` on oneself.
 */
export async function memberToChange(
  ctx: Ctx,
  id: string,
  options: { others?: boolean } = {},
): Promise<MemberToChange> {
  const row = await visibleMembers(ctx)
    .innerJoin('realm_user as u', (j) =>
      j.onRef('u.agency_id', '=', 'member.agency_id').onRef('u.id', '=', 'member.user_id'),
    )
    .selectAll('member')
    .select(['u.name', 'u.email', 'u.locale', 'u.email_confirmed_at', 'u.password_hash'])
    .where('member.id', '=', id)
    .forUpdate(['member'])
    .executeTakeFirst()
  if (!row) throw notFound()
  const you = memberOf(ctx)
  if (row.id === you.memberId) {
    if (options.others) throw new Refusal(403, 'member.yourself')
    if (you.role !== 'owner') throw new Refusal(403, 'member.not_below')
  }
  return {
    id: row.id,
    userId: row.user_id,
    name: row.name,
    email: row.email,
    locale: row.locale,
    role: row.role as Role,
    parentId: row.parent_id,
    state: row.state as MemberToChange['state'],
    seesUnassigned: row.sees_unassigned,
    jobTitle: row.job_title,
    phone: row.phone,
    version: row.version,
    joined: row.email_confirmed_at !== null || row.password_hash !== null,
  }
}

/** Refuses (409 `version.stale`, with the record as it is now) a change made on an older version. */
export async function checkVersion(ctx: Ctx, member: MemberToChange, version: number): Promise<void> {
  if (member.version !== version)
    throw new Refusal(409, 'version.stale', { data: { current: await readMember(ctx, member.id) } })
}

/** What the audit and its readers call a member. */
export function auditedMember(member: Pick<MemberToChange, 'id' | 'name'>) {
  return { memberId: member.id, entity: { kind: 'member', id: member.id, name: member.name } }
}
