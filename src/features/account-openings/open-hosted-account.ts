import type { InputOf } from '../../contract/endpoint.ts'
import type { Ctx } from '../../server/context.ts'
import { newId } from '../../server/ids.ts'
import { Refusal, invalid } from '../../server/refusal.ts'
import { slugProblem } from '../agencies/public.ts'
import { lockOpenClient } from '../client-record/public.ts'
import { openPurchase } from '../payments/public.ts'
import { catalogueNow } from '../plans/public.ts'
import {
  breakdownAnswer,
  dayIn,
  periodFrom,
  planLine,
  priceNewAccount,
  type PaidPlan,
} from '../subscriptions/public.ts'
import type { Opening, openHostedAccount as contract } from './contract.ts'
import { provisionAccount } from './provision-account.ts'
import { openingAnswer, readOpening, setOpening, type OpeningDetails } from './opening-rows.ts'

/** Kind of the purchases that pay an opening; its fulfilment is `payOpening`. */
export const openingPurchase = 'hosted_account.open'

type Body = InputOf<typeof contract>['body']
type Price = Awaited<ReturnType<typeof priceNewAccount>>

/**
 * Opens a hosted account (B17 to B28). Its address is kept at once; a paid plan is paid first and prepared when it
 * is, a trial is prepared at once. 422 at `slug` when another has the address, 409 `quote.changed` with the present
 * quote when the caller was shown another amount.
 */
export async function openHostedAccount(ctx: Ctx, { body }: InputOf<typeof contract>): Promise<Opening> {
  const client = await lockOpenClient(ctx, body.clientId)
  const problem = await slugProblem(ctx, body.slug)
  if (problem) throw invalid({ slug: problem })
  const price = body.planCode === 'trial' ? null : await checkedPrice(ctx, body, body.planCode)
  const id = newId()
  const hostedAccountId = newId()
  await keepAddress(ctx, body.slug, hostedAccountId)
  await ctx.db
    .insertInto('account_opening')
    .values({
      agency_id: ctx.agencyId,
      id,
      hosted_account_id: hostedAccountId,
      client_id: client.id,
      state: price ? 'paying' : 'preparing',
      step: 'space',
      slug: body.slug,
      name: body.name ?? client.name,
      details: JSON.stringify(await detailsFor(ctx, body, price)),
      asked_at: ctx.nowIso,
      asked_by: ctx.actor?.userId ?? null,
      asked_by_name: ctx.actor?.name ?? 'Canopée',
    })
    .execute()
  if (price)
    await pay(ctx, { id, hostedAccountId, name: body.name ?? client.name, timeZone: body.timeZone }, price)
  else await ctx.enqueue(provisionAccount, { id })
  ctx.audit({
    action: 'hosted_account.asked',
    clientId: client.id,
    entity: { kind: 'hosted_account', id: hostedAccountId, name: body.name ?? client.name },
    data: {
      slug: body.slug,
      plan: body.planCode,
      interval: body.interval ?? null,
      contacts: body.contactLimit ?? null,
      ...(price && { total: Number(price.total), currency: price.catalogue.currency }),
    },
  })
  return openingAnswer(ctx, await readOpening(ctx, id))
}

/** The price now, which must be what the caller was shown. */
async function checkedPrice(ctx: Ctx, body: Body, planCode: PaidPlan): Promise<Price> {
  const missing = {
    ...(!body.interval && { interval: 'field.required' }),
    ...(!body.contactLimit && { contactLimit: 'field.required' }),
    ...(!body.expectedTotal && { expectedTotal: 'field.required' }),
  }
  if (!body.interval || !body.contactLimit || !body.expectedTotal) throw invalid(missing)
  const price = await priceNewAccount(ctx, {
    planCode,
    interval: body.interval,
    contactLimit: body.contactLimit,
  })
  const { currency } = price.catalogue
  if (Number(price.total) !== body.expectedTotal.amount || currency !== body.expectedTotal.currency)
    throw new Refusal(409, 'quote.changed', {
      data: { quote: breakdownAnswer({ ...price, listPrice: price.terms.listPrice, currency }) },
    })
  return price
}

async function keepAddress(ctx: Ctx, slug: string, realmId: string): Promise<void> {
  const kept = await ctx.db
    .insertInto('host_name')
    .values({
      name: slug,
      kind: 'slug',
      agency_id: ctx.agencyId,
      realm_id: realmId,
      realm_kind: 'hosted_account',
    })
    .onConflict((oc) => oc.doNothing())
    .returning('name')
    .executeTakeFirst()
  if (!kept) throw invalid({ slug: 'agencies.slug_taken' })
}

async function detailsFor(ctx: Ctx, body: Body, price: Price | null): Promise<OpeningDetails> {
  const { version, trial, currency } = await catalogueNow(ctx)
  return {
    customDomain: body.customDomain ?? null,
    contactName: body.contactName,
    contactEmail: body.contactEmail,
    notificationEmail: body.notificationEmail,
    locale: body.locale,
    timeZone: body.timeZone,
    currency,
    paid: price && {
      terms: { ...price.terms, listPrice: String(price.terms.listPrice) },
      percent: price.percent,
      paidAccounts: price.paidAccounts,
      net: String(price.net),
      total: String(price.total),
    },
    trial: { version, days: trial.days, contacts: trial.contacts },
  }
}

async function pay(
  ctx: Ctx,
  opening: { id: string; hostedAccountId: string; name: string; timeZone: string },
  price: Price,
): Promise<void> {
  const { start, end } = periodFrom(dayIn(ctx.now, opening.timeZone), price.terms.interval, 0)
  const line = planLine(ctx, {
    terms: price.terms,
    accountName: opening.name,
    net: price.net,
    vatRateBasisPoints: price.vat.rateBasisPoints,
    from: start,
    to: end,
    hostedAccountId: opening.hostedAccountId,
  })
  const { purchaseId } = await openPurchase(ctx, {
    operationKey: `hosted_account.open:${opening.id}`,
    kind: openingPurchase,
    payer: { kind: 'agency' },
    lines: [line],
    currency: price.catalogue.currency,
    subject: { openingId: opening.id },
    use: 'prepaid_then_card',
  })
  await setOpening(ctx, opening.id, { purchase_id: purchaseId })
}
