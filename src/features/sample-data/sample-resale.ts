import { emailKey } from '../../contract/common.ts'
import { slugOf } from '../../contract/slug.ts'
import type { Ctx } from '../../server/context.ts'
import { freeSlug, slugProblem } from '../agencies/public.ts'
import { insertAccount } from '../hosted-accounts/public.ts'
import { catalogueNow, paidPlanCodes } from '../plans/public.ts'
import { discountOf, volumeDiscount } from '../rating/public.ts'
import { dayIn, periodFrom, startOfDay, termsOf, type PaidPlan, type Terms } from '../subscriptions/public.ts'
import { happenedTo } from './sample-history.ts'
import { memberOf, workday, type SampleClient, type World } from './world.ts'

const zone = 'Europe/Paris'
/** Paid accounts, opened one after the other over a year: the third rung of the ladder. */
const paid = 36
const ended = { disabled: [4, 21], cancelled: [9], suspended: [15] } as const

/** Hosted accounts of every status over a year: paid ones, trials, expired and archived ones. */
export async function sampleResale(ctx: Ctx, world: World): Promise<void> {
  const owners = world.clients.filter((c) => c.status === 'active')
  const age = world.now.since(world.born).total('day')
  for (let i = 0; i < paid; i++) await paidAccount(ctx, world, owners[i]!, i, (age - 20) * (1 - i / paid) + 6)
  for (const [i, days] of [1, 4, 7, 11, 13].entries()) await trial(ctx, world, owners[paid + i]!, days, null)
  for (const [i, days] of [18, 25, 40].entries())
    await trial(ctx, world, owners[paid + 5 + i]!, days, 'expired')
  for (const [i, days] of [120, 200].entries())
    await trial(ctx, world, owners[paid + 8 + i]!, days, 'archived')
}

async function paidAccount(
  ctx: Ctx,
  world: World,
  client: SampleClient,
  i: number,
  daysAgo: number,
): Promise<void> {
  const { random } = world
  const catalogue = await catalogueNow(ctx)
  const planCode: PaidPlan = random.pick([
    'lite',
    'plus',
    'plus',
    'plus',
    'professional',
    'enterprise',
  ] as const)
  const interval = random.chance(0.2) ? 'year' : 'month'
  const contactLimit = random.pick(catalogue.contactLimits.slice(0, paidPlanCodes.indexOf(planCode) + 3))
  const terms = termsOf(catalogue, { planCode, interval, contactLimit })
  const { percent } = volumeDiscount(i + 1, catalogue.ladder)
  const opened = workday(world, daysAgo)
  const ids = await open(ctx, world, client, opened, {
    currency: catalogue.currency,
    terms,
    discountPercent: percent,
    paidAccounts: i + 1,
    net: terms.listPrice - discountOf(terms.listPrice, percent),
  })
  await liveUntilNow(ctx, world, ids.subscriptionId, opened, terms, catalogue.currency, catalogue.ladder)
  const status = Object.entries(ended).find(([, list]) => (list as readonly number[]).includes(i))?.[0]
  if (status === undefined) return
  await ctx.db
    .updateTable('hosted_account')
    .set({ status, status_before: status === 'disabled' ? 'active' : null })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', ids.hostedAccountId)
    .execute()
  await ctx.db
    .updateTable('subscription')
    .set({
      cancel_at_end: status === 'cancelled',
      unpaid_since: status === 'suspended' ? world.now.subtract({ hours: 24 * 16 }).toString() : null,
    })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', ids.subscriptionId)
    .execute()
}

/** Bills the periods since the opening, each from the anchor, so that the next renewal is still to come. */
async function liveUntilNow(
  ctx: Ctx,
  world: World,
  subscriptionId: string,
  opened: Temporal.Instant,
  terms: Terms,
  currency: string,
  ladder: Parameters<typeof volumeDiscount>[1],
): Promise<void> {
  const anchor = dayIn(opened, zone)
  const today = dayIn(world.now, zone)
  const { percent } = volumeDiscount(paid, ladder)
  const net = terms.listPrice - discountOf(terms.listPrice, percent)
  const rows = []
  let n = 0
  for (;;) {
    const period = periodFrom(anchor, terms.interval, n + 1)
    if (Temporal.PlainDate.compare(period.start, today) > 0) break
    n += 1
    rows.push({
      agency_id: ctx.agencyId,
      subscription_id: subscriptionId,
      period_index: n,
      starts_on: period.start.toString(),
      ends_on: period.end.toString(),
      plan_code: terms.planCode,
      plan_version: terms.planVersion,
      interval: terms.interval,
      contact_limit: terms.contactLimit,
      currency,
      list_price: terms.listPrice,
      discount_percent: percent,
      paid_accounts: paid,
      net,
      created_at: startOfDay(period.start, zone),
    })
  }
  if (rows.length === 0) return
  await ctx.db.insertInto('subscription_period').values(rows).execute()
  const last = rows.at(-1)!
  await ctx.db
    .updateTable('subscription')
    .set({
      period_index: n,
      period_start: last.starts_on,
      period_end: last.ends_on,
      due_at: startOfDay(last.ends_on, zone),
      discount_percent: percent,
      period_net: net,
      credit_left: net,
    })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', subscriptionId)
    .execute()
}

async function trial(
  ctx: Ctx,
  world: World,
  client: SampleClient,
  daysAgo: number,
  status: 'expired' | 'archived' | null,
): Promise<void> {
  const opened = workday(world, daysAgo)
  const { version, trial: t, currency } = await catalogueNow(ctx)
  const { hostedAccountId } = await open(ctx, world, client, opened, {
    currency,
    terms: null,
    trial: { version, days: t.days, contacts: t.contacts },
  })
  if (status === null) return
  const expired = opened.add({ hours: 24 * t.days })
  await ctx.db
    .updateTable('hosted_account')
    .set({
      status,
      expired_at: expired.toString(),
      ...(status === 'archived' && { archived_at: expired.add({ hours: 24 * 30 }).toString() }),
    })
    .where('agency_id', '=', ctx.agencyId)
    .where('id', '=', hostedAccountId)
    .execute()
  await ctx.db
    .updateTable('subscription')
    .set({ due_at: status === 'archived' ? null : expired.add({ hours: 24 * 30 }).toString() })
    .where('agency_id', '=', ctx.agencyId)
    .where('hosted_account_id', '=', hostedAccountId)
    .execute()
}

async function open(
  ctx: Ctx,
  world: World,
  client: SampleClient,
  opened: Temporal.Instant,
  subscription: Parameters<typeof insertAccount>[1]['subscription'],
): Promise<{ hostedAccountId: string; subscriptionId: string }> {
  const owner = memberOf(world, 'camille')
  const wished = slugOf(client.name)
  const slug = (await slugProblem(ctx, wished))
    ? ((await freeSlug(ctx, wished || 'client', ['crm', 'lyon'])) ?? wished)
    : wished
  const id = world.random.id(opened)
  const ids = await insertAccount(ctx, {
    id,
    clientId: client.id,
    name: client.name,
    slug,
    contactName: `Direction ${client.name}`,
    contactEmail: client.email,
    notificationEmail: 'revente@studio-lumiere.example',
    locale: 'fr',
    timeZone: zone,
    openedAt: opened.toString(),
    by: { id: owner.userId, name: owner.part.name },
    subscription,
  })
  await administrator(ctx, world, client, id, opened)
  happenedTo(world, client, {
    by: owner,
    at: opened,
    action: 'hosted_account.opened',
    entity: { kind: 'hosted_account', id },
  })
  return ids
}

/** Signs in with `admin` and the sample's one password. */
async function administrator(
  ctx: Ctx,
  world: World,
  client: SampleClient,
  realmId: string,
  at: Temporal.Instant,
): Promise<void> {
  const userId = world.random.id(at)
  await ctx.db
    .insertInto('realm_user')
    .values({
      agency_id: ctx.agencyId,
      id: userId,
      realm_id: realmId,
      realm_kind: 'hosted_account',
      email: client.email,
      email_key: emailKey(client.email),
      user_name: 'admin',
      user_name_key: 'admin',
      name: `Direction ${client.name}`,
      password_hash: world.passwordHash,
      password_changed_at: at.toString(),
      email_confirmed_at: at.toString(),
      created_at: at.toString(),
    })
    .execute()
  await ctx.db
    .insertInto('account_user')
    .values({
      agency_id: ctx.agencyId,
      user_id: userId,
      hosted_account_id: realmId,
      role: 'admin',
      password_given_at: at.toString(),
      created_at: at.toString(),
    })
    .execute()
}
