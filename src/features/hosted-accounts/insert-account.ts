import type { Locale } from '../../contract/common.ts'
import type { Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { invalid } from '../../server/refusal.ts'
import { insertSubscription, type NewSubscription } from '../subscriptions/public.ts'

/** A hosted account as it is opened; its terms are the subscription's. */
export type NewAccount = {
  id?: string
  clientId: string
  name: string
  slug: string
  customDomain?: string | null
  contactName: string
  contactEmail: string
  notificationEmail: string
  locale: Locale
  timeZone: string
  /** Instant it is opened, now when absent: earlier ones are made by the sample agency. */
  openedAt?: string
  /** Its address answers at once (by default), or when `host_name.verified_at` is set. */
  answers?: boolean
  /** Who asked for it; whoever is signed in when absent. */
  by?: { id: string | null; name: string }
  subscription: NewSubscription
}

/**
 * Opens a hosted account: its row, its address (422 at `slug` when another has it) and its
 * subscription with the first period. The one way accounts come to be; bears being called again with the same id.
 */
export async function insertAccount(
  ctx: Ctx,
  given: NewAccount,
): Promise<{ hostedAccountId: string; subscriptionId: string }> {
  const id = given.id ?? newId()
  const at = given.openedAt ?? ctx.nowIso
  await takeAddress(ctx, given.slug, id, given.answers === false ? null : at)
  const { name: clientName } = await ctx.db
    .selectFrom('client')
    .select('name')
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', given.clientId)
    .executeTakeFirstOrThrow()
  await ctx.db
    .insertInto('hosted_account')
    .values({
      agency_id: ctx.agencyId,
      id,
      client_id: given.clientId,
      name: given.name,
      client_name: clientName,
      slug: given.slug,
      custom_domain: given.customDomain ?? null,
      status: given.subscription.terms === null ? 'trial' : 'active',
      contact_name: given.contactName,
      contact_email: given.contactEmail,
      notification_email: given.notificationEmail,
      locale: given.locale,
      time_zone: given.timeZone,
      created_at: at,
      created_by: given.by ? given.by.id : (ctx.actor?.userId ?? null),
      created_by_name: given.by?.name ?? ctx.actor?.name ?? 'Canopée',
      updated_at: at,
    })
    .execute()
  const subscriptionId = await insertSubscription(ctx, {
    ...given.subscription,
    hostedAccountId: id,
    timeZone: given.timeZone,
    at,
  })
  return { hostedAccountId: id, subscriptionId }
}

/** Takes a slug for a hosted account, or turns the one kept for it into an address that answers. */
async function takeAddress(ctx: Ctx, slug: string, realmId: string, at: string | null): Promise<void> {
  const taken = await ctx.db
    .insertInto('host_name')
    .values({
      name: slug,
      kind: 'slug',
      agency_id: ctx.agencyId,
      realm_id: realmId,
      realm_kind: 'hosted_account',
      verified_at: at,
    })
    .onConflict((oc) =>
      oc
        .column('name')
        .doUpdateSet({ verified_at: at })
        .where('host_name.agency_id', '=', ctx.agencyId)
        .where('host_name.realm_id', '=', realmId),
    )
    .returning('name')
    .executeTakeFirst()
  if (!taken) throw invalid({ slug: 'agencies.slug_taken' })
}
