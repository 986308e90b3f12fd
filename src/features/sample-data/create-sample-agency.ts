import type { AnswerOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { notFound } from '../../server/refusal.ts'
import { actAs, within, readAgencyAgain } from '../../server/within.ts'
import { insertAgency, makeCrossing } from '../agencies/public.ts'
import { hashPassword } from '../passwords/public.ts'
import { sampleName, samplePassword, sampleSlug } from './cast.ts'
import { inSampleAgency, offersSample, sampleAgencyId } from './sample-agency.ts'
import { sampleParts } from './sample-parts.ts'
import { memberOf, newWorld } from './world.ts'
import type { createSampleAgency as contract } from './contract.ts'

type Crossing = AnswerOf<typeof contract>

/**
 * Makes a whole agency to explore, in one transaction, and leads there signed in as its owner; when it exists
 * already, only leads there. Sandbox installations only: elsewhere there is no such thing (404).
 * Detached: no connection is held while the password is hashed.
 */
export async function createSampleAgency(ctx: Ctx): Promise<Crossing> {
  const known = await ctx.apart(async (tx) => {
    if (!(await offersSample(tx))) throw notFound()
    return inSampleAgency(tx, crossAsOwner)
  })
  if (known) return known
  const passwordHash = await hashPassword(samplePassword)
  return ctx.apart(async (tx) => {
    // Two visitors at once: the second waits, then finds it made.
    await tx.tx.query('sample_lock', `select pg_advisory_xact_lock(hashtextextended('sample-agency', 0))`, [])
    return (
      (await inSampleAgency(tx, crossAsOwner)) ??
      within(tx, sampleAgencyId, (inner) => build(inner, passwordHash))
    )
  })
}

async function build(ctx: Ctx, passwordHash: string): Promise<Crossing> {
  const world = newWorld(ctx.now, passwordHash)
  const agency = {
    kind: 'agency',
    name: sampleName,
    locale: 'fr',
    timeZone: 'Europe/Paris',
    createdAt: world.born.toString(),
    isSample: true,
  } as const
  let slug = sampleSlug
  for (let n = 2; !(await insertAgency(ctx, { ...agency, slug })); n += 1) slug = `${sampleSlug}-${n}`
  await ctx.db
    .updateTable('agency')
    .set({
      mode: 'full',
      hierarchy_enabled: true,
      support_email: 'bonjour@studio-lumiere.example',
      dismissed_hints: ['start_list'],
    })
    .where('agency_id', '=', ctx.agencyId)
    .execute()
  await readAgencyAgain(ctx)
  for (const part of sampleParts) await part(ctx, world)
  const { userId } = memberOf(world, 'camille')
  return makeCrossing(ctx, userId, 'crossing')
}

async function crossAsOwner(ctx: Ctx): Promise<Crossing> {
  const [owner] = await ctx.tx.query<{ user_id: string; member_id: string; name: string; email: string }>(
    'sample_owner',
    `select u.id as user_id, m.id as member_id, u.name, u.email from member m join realm_user u on u.agency_id = $1 and u.id = m.user_id
     where m.agency_id = $1 and m.role = 'owner' and m.state = 'active' order by m.created_at, m.id limit 1`,
    [ctx.agencyId],
  )
  if (!owner) throw notFound()
  actAs(ctx, {
    userId: owner.user_id,
    memberId: owner.member_id,
    name: owner.name,
    email: owner.email,
    role: 'owner',
  })
  return makeCrossing(ctx, owner.user_id, 'crossing')
}
