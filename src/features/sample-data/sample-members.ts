import { emailKey } from '../../contract/common.ts'
import type { Ctx } from '../../server/context.ts'
import { hashToken, newToken } from '../../server/keys.ts'
import { issueToken } from '../../server/one-time-token.ts'
import { directoryHash } from '../agencies/public.ts'
import { cast, clientOf, emailOf, type Part } from './cast.ts'
import { siteOf } from './make-client.ts'
import { happenedToMember } from './sample-history.ts'
import { earliest, memberOf, workday, type SampleMember, type World } from './world.ts'

/** The people: users, members in their tree, browsers they use, how they came and went. */
export async function sampleMembers(ctx: Ctx, world: World): Promise<void> {
  for (const part of cast) world.members.set(part.key, memberFrom(world, part))
  const members = [...world.members.values()]
  await ctx.db
    .insertInto('realm_user')
    .values(members.map((m) => userRow(ctx, world, m)))
    .execute()
  await ctx.db
    .insertInto('member')
    .values(members.map((m) => memberRow(ctx, world, m)))
    .execute()
  await ctx.db
    .insertInto('email_directory')
    .values(members.map((m) => ({ email_hash: directoryHash(ctx, m.email), agency_id: ctx.agencyId })))
    .execute()
  await ctx.db
    .insertInto('session')
    .values(members.filter(isActive).map((m) => sessionRow(ctx, world, m)))
    .execute()
  for (const m of members) await tellOf(ctx, world, m)
}

const isActive = (m: SampleMember) => m.part.state === undefined

function memberFrom(world: World, part: Part): SampleMember {
  const joinedAt =
    part.role === 'owner'
      ? world.born
      : workday(world, Math.max(1, part.since * 30.4 - world.random.whole(0, 12)))
  const firm = clientOf[part.key]
  return {
    part,
    userId: world.random.id(joinedAt),
    memberId: world.random.id(joinedAt),
    email: emailOf(part, firm === undefined ? undefined : { website: siteOf(firm) }),
    joinedAt,
  }
}

function userRow(ctx: Ctx, world: World, m: SampleMember) {
  const invited = m.part.state === 'invited'
  return {
    agency_id: ctx.agencyId,
    id: m.userId,
    realm_id: ctx.agencyId,
    realm_kind: 'agency',
    email: m.email,
    email_key: emailKey(m.email),
    name: m.part.name,
    state: m.part.state === 'disabled' ? 'disabled' : 'active',
    password_hash: invited ? null : world.passwordHash,
    password_changed_at: invited ? null : m.joinedAt.toString(),
    email_confirmed_at: invited ? null : m.joinedAt.toString(),
    last_seen_at: invited ? null : lastSeen(world, m).toString(),
    created_at: m.joinedAt.toString(),
  }
}

function memberRow(ctx: Ctx, world: World, m: SampleMember) {
  const { part } = m
  return {
    agency_id: ctx.agencyId,
    id: m.memberId,
    user_id: m.userId,
    role: part.role,
    parent_id: part.parent === undefined ? null : memberOf(world, part.parent).memberId,
    state: part.state ?? 'active',
    sees_unassigned: part.seesUnassigned ?? true,
    job_title: part.jobTitle,
    invited_at: part.role === 'owner' ? null : m.joinedAt.toString(),
    invited_by: part.role === 'owner' ? null : inviterOf(world, m).memberId,
    disabled_at: part.state === 'disabled' ? lastSeen(world, m).toString() : null,
    created_at: m.joinedAt.toString(),
  }
}

const browsers = [
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
] as const

/** A browser that was signed in. Its token is thrown away: nobody can use it. */
function sessionRow(ctx: Ctx, world: World, m: SampleMember) {
  const seen = lastSeen(world, m)
  const opened = seen.subtract({ hours: 24 * world.random.whole(1, 6) })
  return {
    agency_id: ctx.agencyId,
    id: world.random.id(opened),
    user_id: m.userId,
    realm_id: ctx.agencyId,
    host: ctx.realm.host,
    token_hash: hashToken(newToken()),
    created_at: opened.toString(),
    last_seen_at: seen.toString(),
    idle_seconds: 30 * 86_400,
    expires_at: opened.add({ hours: 24 * 30 }).toString(),
    // Addresses kept for documentation (RFC 5737).
    ip: `203.0.113.${world.random.whole(2, 250)}`,
    user_agent: world.random.pick(browsers),
    method: 'password',
  }
}

function lastSeen(world: World, m: SampleMember): Temporal.Instant {
  return world.now.subtract({ minutes: m.part.seen * 60 + (m.memberId.charCodeAt(35) % 50) })
}

function inviterOf(world: World, m: SampleMember): SampleMember {
  return memberOf(world, m.part.parent ?? 'camille')
}

async function tellOf(ctx: Ctx, world: World, m: SampleMember): Promise<void> {
  const { part, joinedAt } = m
  if (part.role === 'owner') return
  const by = inviterOf(world, m)
  const invitedAt = joinedAt.subtract({ hours: 20 })
  happenedToMember(world, m, {
    by,
    at: invitedAt,
    action: 'member.invited',
    data: { role: part.role, clients: 0, seesUnassigned: part.seesUnassigned ?? true },
  })
  if (part.state === 'invited')
    await issueToken(ctx, { purpose: 'invitation', userId: m.userId, lifetime: { days: 7 } })
  else happenedToMember(world, m, { by: m, at: joinedAt, action: 'invitation.accepted' })
  if (part.state === 'disabled')
    happenedToMember(world, m, {
      by,
      at: earliest(lastSeen(world, m).add({ hours: 3 }), world.now),
      action: 'member.disabled',
      data: { sessionsEnded: 1 },
    })
}
