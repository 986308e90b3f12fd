import type { Locale } from '../../contract/common.ts'
import type { Ctx } from '../../server/context.ts'
import { linkTo } from '../../server/hosts.ts'
import { queueMail } from '../../server/mail.ts'
import { readAgencyProfile } from '../agency-billing/public.ts'
import { notifyUsers } from '../notifications/public.ts'
import { moneyText } from '../wallets/public.ts'

const kinds = ['failed', 'failed_again', 'suspended', 'reopened'] as const
type Kind = (typeof kinds)[number]

type Told = {
  hosted_account_id: string
  subscription_id: string
  period_index: number
  notice: Kind
  failure_code: string | null
  next_try_at: string | null
  account: string
  notification_email: string
  contact_email: string
  commercial_mode: 'resold' | 'clientPaid' | 'referred'
  gross: bigint
  currency: string
  time_zone: string
}

/** Accounts a mail names; it says how many more there are. */
const named = 20

/**
 * Tells of what happened to payments since the last time: one mail per address and kind, however many accounts. Of a
 * resold account only the agency is told, at the account's notification address and its billing address, and its
 * owners in the product (B20, B47); a client who pays itself is told too, and of a referred account only the client.
 */
export async function tellOfRenewals(ctx: Ctx): Promise<void> {
  const rows = await ctx.tx.query<Told>(
    'renewal_notices',
    `with told as (
       update renewal r set notice = null from (select subscription_id, period_index, notice from renewal
         where agency_id = $1 and notice is not null for update) before
       where r.agency_id = $1 and r.subscription_id = before.subscription_id and r.period_index = before.period_index
       returning r.*, before.notice as news)
     select t.subscription_id, t.hosted_account_id, t.period_index, t.news as notice, t.failure_code, t.next_try_at, a.name as account, a.notification_email,
       a.contact_email, s.commercial_mode, p.gross, p.currency, a.time_zone
     from told t join hosted_account a on a.agency_id = $1 and a.id = t.hosted_account_id
     join subscription s on s.agency_id = $1 and s.id = t.subscription_id
     join purchase p on p.agency_id = $1 and p.id = t.purchase_id order by a.name, t.period_index`,
    [ctx.agencyId],
  )
  if (rows.length === 0) return
  const billing = (await readAgencyProfile(ctx))?.email ?? null
  for (const kind of kinds) {
    const news = rows.filter((r) => r.notice === kind)
    for (const [email, theirs] of byAddress(news, billing)) await mail(ctx, kind, email, theirs)
    const ours = news.filter((r) => r.commercial_mode !== 'referred')
    if (ours.length > 0) await tellOwners(ctx, kind, ours)
  }
}

/** Who is told of what. */
function byAddress(rows: readonly Told[], billing: string | null): Map<string, Told[]> {
  const found = new Map<string, Told[]>()
  for (const r of rows) {
    const addresses = {
      // Whoever typed the client's own address as the one it reads must not make us write to the client.
      resold: [r.notification_email === r.contact_email ? null : r.notification_email, billing],
      clientPaid: [r.notification_email, r.contact_email],
      referred: [r.contact_email],
    }[r.commercial_mode]
    for (const address of new Set(addresses))
      if (address) found.set(address, [...(found.get(address) ?? []), r])
  }
  return found
}

async function mail(ctx: Ctx, kind: Kind, email: string, rows: readonly Told[]): Promise<void> {
  const locale = ctx.agency?.locale ?? 'fr'
  const t = (key: string, values: Record<string, unknown> = {}) =>
    ctx.app.texts.t(locale, `renewals.mail.${kind}.${key}`, {
      count: rows.length,
      account: rows[0]!.account,
      ...values,
    })
  const more = rows.length - named
  await queueMail(ctx, {
    kind: `renewals.${kind}`,
    about: { hostedAccountIds: rows.map((r) => r.hosted_account_id) },
    to: { email },
    locale,
    body: {
      subject: t('subject'),
      title: t('subject'),
      paragraphs: [
        t('text'),
        ...rows.slice(0, named).map((r) => lineOf(ctx, locale, r)),
        ...(more > 0 ? [ctx.app.texts.t(locale, 'renewals.mail.more', { count: more })] : []),
      ],
      ...(kind !== 'reopened' && {
        button: {
          label: ctx.app.texts.t(locale, 'renewals.mail.button'),
          url: linkTo(ctx.app.config, ctx.realm, '/facturation'),
        },
      }),
    },
  })
}

/** `Boulangerie Martin : 38,35 €, carte refusée pour provision insuffisante. Nouvel essai le 4 mars 2027.` */
function lineOf(ctx: Ctx, locale: Locale, r: Told): string {
  const { texts } = ctx.app
  const values = { account: r.account, amount: moneyText(locale, r.gross, r.currency) }
  if (r.failure_code === null || r.notice === 'reopened') return texts.t(locale, 'renewals.mail.line', values)
  const reason = texts.t(locale, `payment.${r.failure_code}`)
  if (r.next_try_at === null) return texts.t(locale, 'renewals.mail.line.failed', { ...values, reason })
  const day = Temporal.Instant.from(r.next_try_at)
    .toZonedDateTimeISO(r.time_zone)
    .toPlainDate()
    .toLocaleString(locale, { day: 'numeric', month: 'long', year: 'numeric' })
  return texts.t(locale, 'renewals.mail.line.again', { ...values, reason, day })
}

async function tellOwners(ctx: Ctx, kind: Kind, rows: readonly Told[]): Promise<void> {
  const owners = await ctx.tx.query<{ user_id: string }>(
    'active_owners',
    `select user_id from member where agency_id = $1 and role = 'owner' and state = 'active'`,
    [ctx.agencyId],
  )
  await notifyUsers(
    ctx,
    owners.map((o) => o.user_id),
    {
      kind: `renewals_${kind}`,
      values: { count: rows.length, account: rows[0]!.account },
      link: '/facturation',
    },
  )
}
