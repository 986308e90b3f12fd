import type { Locale } from '../../contract/common.ts'
import type { Ctx } from '../../server/context.ts'
import { hostOfSlug } from '../../server/hosts.ts'
import type { AccountStatus } from '../subscriptions/public.ts'

/** What others need to know of a hosted account. */
export type HostedAccountFacts = {
  id: string
  clientId: string
  name: string
  slug: string
  /** Where its users sign in: its verified custom domain, else its slug below the base host. */
  host: string
  status: AccountStatus
  /** The client's person; never written to about billing or expiry (B20, B47). */
  contactName: string
  contactEmail: string
  /** The address the agency reads (B21). */
  notificationEmail: string
  locale: Locale
  timeZone: string
}

/** A hosted account of the agency, whoever asks; undefined when it has none of that id. */
export async function hostedAccountOf(ctx: Ctx, id: string): Promise<HostedAccountFacts | undefined> {
  const row = await ctx.db
    .selectFrom('hosted_account as a')
    .leftJoin('host_name as h', (j) =>
      j
        .onRef('h.name', '=', 'a.custom_domain')
        .onRef('h.realm_id', '=', 'a.id')
        .on('h.verified_at', 'is not', null),
    )
    .selectAll('a')
    .select('h.name as domain')
    .where('a.agency_id', '=', ctx.agencyId)
    .where('a.id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  return {
    id: row.id,
    clientId: row.client_id,
    name: row.name,
    slug: row.slug,
    host: row.domain ?? hostOfSlug(ctx.app.config, row.slug),
    status: row.status as AccountStatus,
    contactName: row.contact_name,
    contactEmail: row.contact_email,
    notificationEmail: row.notification_email,
    locale: row.locale as Locale,
    timeZone: row.time_zone,
  }
}
