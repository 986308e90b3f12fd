import type { Locale } from '../../contract/common.ts'
import { agencyOf, type App, type Ctx } from '../../server/context.ts'
import { iso } from '../../server/clock.ts'
import { linkTo } from '../../server/hosts.ts'
import { queueMail } from '../../server/mail.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { notifyUsers } from '../notifications/public.ts'
import { comingRenewals } from '../subscriptions/public.ts'
import { payerOfSubscription } from './bill-due.ts'

/** Days before the end of a card's last month from which its agency is told. */
const noticeDays = 30

type Expiring = { agency_id: string; id: string; last4: string; ends_on: string }
type Owner = { user_id: string; name: string; email: string; locale: Locale | null }

/**
 * Tells agencies that the card their renewals are paid with expires within 30 days: each card once, whatever runs
 * again. Only the agency's own card and its owners; no client hears of it (B20, B47). Days are UTC's, as when a card
 * is charged. Read through the owner's connection: a scan across tenants; each card is then taken in its own tenant.
 */
export async function tellOfExpiringCards(app: App, at: Temporal.Instant): Promise<void> {
  const { rows } = await app.database.owner.query<Expiring>(
    `select agency_id, id, last4, ends_on from (
       select agency_id, id, last4, (make_date(exp_year, exp_month, 1) + interval '1 month - 1 day')::date as ends_on
       from payment_method where state = 'active' and client_id is null and expiry_notices = 0) m
     where ends_on - ($1::timestamptz at time zone 'UTC')::date between 0 and $2`,
    [iso(at), noticeDays],
  )
  for (const card of rows) await runInTenant(app, { agencyId: card.agency_id }, (ctx) => tell(ctx, card))
}

async function tell(ctx: Ctx, card: Expiring): Promise<void> {
  // Whatever renews comes back within a year, at the latest when the card has ended.
  const coming = await comingRenewals(ctx, ctx.now.add({ hours: 24 * 367 }))
  if (!coming.some((r) => payerOfSubscription(r.subscription).kind === 'agency')) return
  const told = await ctx.tx.query(
    'card_expiry_told',
    `update payment_method set expiry_notices = 1
     where agency_id = $1 and id = $2 and state = 'active' and expiry_notices = 0 returning id`,
    [ctx.agencyId, card.id],
  )
  if (told.length === 0) return
  const owners = await ctx.tx.query<Owner>(
    'owners_of_card',
    `select u.id as user_id, u.name, u.email, u.locale from member m
     join realm_user u on u.agency_id = m.agency_id and u.id = m.user_id
     where m.agency_id = $1 and m.role = 'owner' and m.state = 'active' and u.state = 'active'`,
    [ctx.agencyId],
  )
  for (const owner of owners) await tellOwner(ctx, owner, card)
}

async function tellOwner(ctx: Ctx, owner: Owner, card: Expiring): Promise<void> {
  const locale = owner.locale ?? agencyOf(ctx).locale
  const { texts, config } = ctx.app
  const day = Temporal.PlainDate.from(card.ends_on).toLocaleString(locale, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  })
  const values = { last4: card.last4, day }
  const subject = texts.t(locale, 'renewals.mail.card_expiring.subject', values)
  await notifyUsers(ctx, [owner.user_id], { kind: 'card_expiring', values, link: '/facturation' })
  await queueMail(ctx, {
    kind: 'renewals.card_expiring',
    to: { email: owner.email, name: owner.name, userId: owner.user_id },
    locale,
    body: {
      subject,
      title: subject,
      paragraphs: [texts.t(locale, 'renewals.mail.card_expiring.text', values)],
      button: {
        label: texts.t(locale, 'renewals.mail.button'),
        url: linkTo(config, ctx.realm, '/facturation'),
      },
    },
  })
}
