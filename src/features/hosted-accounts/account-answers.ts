import type { Money } from '../../contract/common.ts'
import { toPublicId } from '../../contract/ids.ts'
import type { Ctx } from '../../server/context.ts'
import { hostOfSlug } from '../../server/hosts.ts'
import { notFound } from '../../server/refusal.ts'
import { accountActs, readTerms, subscribedAccount, type SubscribedAccount } from '../subscriptions/public.ts'
import type { AccountRecord, AccountRow } from './contract.ts'
import type { ReadAccount } from './read-accounts.ts'

/** Days an archived account can be taken back. */
export const archiveDays = 365

const moneyOf = (amount: bigint, currency: string): Money => ({ amount: Number(amount), currency })

/** A line of the list as the API answers it. */
export function accountRowAnswer(ctx: Ctx, r: ReadAccount): AccountRow {
  return {
    id: toPublicId('hostedAccount', r.id),
    name: r.name,
    host:
      r.custom_domain !== null && r.domain_verified ? r.custom_domain : hostOfSlug(ctx.app.config, r.slug),
    client: { id: toPublicId('client', r.client_id), name: r.client_name },
    status: r.status as AccountRow['status'],
    planCode: r.plan_code as AccountRow['planCode'],
    interval: r.interval as AccountRow['interval'],
    contactLimit: r.contact_limit,
    net: r.interval === null ? null : moneyOf(r.period_net, r.currency),
    endsOn: r.ends_on,
    cancelAtEnd: r.cancel_at_end,
    unpaidSince: r.unpaid_since,
    createdAt: r.created_at,
  }
}

/** An account's record as the API answers it; 404 when the agency has none of that id. */
export async function accountRecordOf(ctx: Ctx, id: string): Promise<AccountRecord> {
  const row = await subscribedAccount(ctx, id)
  if (!row) throw notFound()
  return recordAnswer(ctx, row)
}

async function recordAnswer(ctx: Ctx, row: SubscribedAccount): Promise<AccountRecord> {
  const { account: a, subscription: s } = row
  const verified = a.custom_domain !== null && (await isVerified(ctx, a.custom_domain, a.id))
  const host = hostOfSlug(ctx.app.config, a.slug)
  const pending = readTerms(s.pending_change)
  const shown = accountRowAnswer(ctx, {
    ...a,
    ...s,
    id: a.id,
    created_at: a.created_at,
    domain_verified: verified,
  })
  const acts = accountActs(ctx, row)
  return {
    ...shown,
    slug: a.slug,
    address: `${ctx.app.config.baseUrl.protocol}//${shown.host}`,
    customDomain:
      a.custom_domain === null
        ? null
        : { name: a.custom_domain, verified, target: host.replace(/:\d+$/, '') },
    contactName: a.contact_name,
    contactEmail: a.contact_email,
    notificationEmail: a.notification_email,
    locale: a.locale as AccountRecord['locale'],
    timeZone: a.time_zone,
    createdBy: a.created_by_name,
    expiredAt: a.expired_at,
    archivedAt: a.archived_at,
    restorableUntil: a.archived_at === null ? null : lastDayToRestore(a.archived_at, a.time_zone),
    subscription: {
      planCode: shown.planCode,
      interval: shown.interval,
      contactLimit: s.contact_limit,
      listPrice: moneyOf(s.list_price, s.currency),
      commercialMode: s.commercial_mode as AccountRecord['subscription']['commercialMode'],
      discountPercent: s.discount_percent,
      currentPeriod: { from: s.period_start, to: s.period_end },
      pendingChange: pending && {
        planCode: pending.planCode,
        interval: pending.interval,
        contactLimit: pending.contactLimit,
        listPrice: moneyOf(pending.listPrice, s.currency),
      },
      trialEndsOn: s.trial_ends_on,
      trialExtended: s.trial_extended_at !== null,
    },
    version: a.version,
    can: acts,
  }
}

async function isVerified(ctx: Ctx, domain: string, realmId: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('host_name')
    .select('name')
    .where('name', '=', domain)
    .where('agency_id', '=', ctx.agencyId)
    .where('realm_id', '=', realmId)
    .where('verified_at', 'is not', null)
    .executeTakeFirst()
  return row !== undefined
}

/** Local day on which an archived account can still be restored, the last one. */
export function lastDayToRestore(archivedAt: string, timeZone: string): string {
  return Temporal.Instant.from(archivedAt)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .add({ days: archiveDays })
    .toString()
}
