import type { Locale } from '../../contract/common.ts'
import { emailKey } from '../../contract/common.ts'
import type { Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { keyedHash } from '../../server/keys.ts'
import { readAgencyAgain } from '../../server/within.ts'

/** What an agency is born with; the rest has defaults. */
export type NewAgency = {
  kind: 'agency' | 'advertiser'
  name: string
  slug: string
  locale: Locale
  timeZone: string
  createdAt: string
}

/**
 * Inserts the agency of the context's tenant with its address. False when the address was taken meanwhile:
 * of two at once the second waits for the first to commit, then learns it is too late.
 */
export async function insertAgency(ctx: Ctx, given: NewAgency & { isSample?: boolean }): Promise<boolean> {
  const taken = await ctx.db
    .insertInto('host_name')
    .values({
      name: given.slug,
      kind: 'slug',
      agency_id: ctx.agencyId,
      realm_id: ctx.agencyId,
      realm_kind: 'agency',
      verified_at: ctx.nowIso,
    })
    .onConflict((oc) => oc.doNothing())
    .returning('name')
    .executeTakeFirst()
  if (!taken) return false
  await ctx.db
    .insertInto('agency')
    .values({
      agency_id: ctx.agencyId,
      kind: given.kind,
      name: given.name,
      slug: given.slug,
      locale: given.locale,
      time_zone: given.timeZone,
      created_at: given.createdAt,
      is_sample: given.isSample ?? false,
    })
    .execute()
  await readAgencyAgain(ctx)
  return true
}

/** Inserts the agency's first owner (user, member, place in the directory); gives the ids. */
export async function insertOwner(
  ctx: Ctx,
  given: { name: string; email: string; locale: Locale; passwordHash: string },
): Promise<{ userId: string; memberId: string }> {
  const userId = newId()
  const memberId = newId()
  await ctx.db
    .insertInto('realm_user')
    .values({
      agency_id: ctx.agencyId,
      id: userId,
      realm_id: ctx.agencyId,
      realm_kind: 'agency',
      email: given.email,
      email_key: emailKey(given.email),
      name: given.name,
      locale: given.locale,
      password_hash: given.passwordHash,
      password_changed_at: ctx.nowIso,
      created_at: ctx.nowIso,
    })
    .execute()
  await ctx.db
    .insertInto('member')
    .values({
      agency_id: ctx.agencyId,
      id: memberId,
      user_id: userId,
      role: 'owner',
      state: 'active',
      created_at: ctx.nowIso,
    })
    .execute()
  await ctx.db
    .insertInto('email_directory')
    .values({ email_hash: directoryHash(ctx, given.email), agency_id: ctx.agencyId })
    .execute()
  return { userId, memberId }
}

/** Under what "find my agency" knows an address: a keyed hash, so that the table tells nothing by itself. */
export function directoryHash(ctx: Ctx, email: string): Buffer {
  return keyedHash(ctx.app.config.secret, 'email-directory', emailKey(email))
}
