import type { App, Ctx } from '../../server/context.ts'
import { iso } from '../../server/clock.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { openPurchase, vatOfPayer, type Fulfilment, type PurchaseLine } from '../payments/public.ts'
import { share } from '../rating/public.ts'
import { comingRenewals } from '../subscriptions/public.ts'
import { balancesOf } from '../wallets/public.ts'
import { billedAt, discountNow, payerOfSubscription } from './bill-due.ts'

/** Prepaid credit for a month of renewals: owed to the agency until they draw on it. */
export const collectPrepaid: Fulfilment = {
  kind: 'prepaid.collect',
  deposit: true,
  receivers: (p) => [{ wallet: { owner: 'agency', purpose: 'prepaid', unit: p.currency }, amount: p.gross }],
  run: async () => {},
  // Each account is then charged on its own day (B39): nothing is lost by giving it up.
  cancelled: async () => {},
}

/** Charges, on its collection day, every agency that chose one (B40); each day of each once. */
export async function collectMonthly(app: App, at: Temporal.Instant): Promise<void> {
  const { rows } = await app.database.owner.query<{ agency_id: string }>(
    `select p.agency_id from agency_billing_profile p join agency a on a.agency_id = p.agency_id
     where p.collection_day = extract(day from $1::timestamptz at time zone a.time_zone)::int and a.state = 'active'
       and not exists (select from prepaid_collection c where c.agency_id = p.agency_id
         and c.collected_on = ($1::timestamptz at time zone a.time_zone)::date)`,
    [iso(at)],
  )
  for (const { agency_id: agencyId } of rows) await runInTenant(app, { agencyId }, provide)
}

/**
 * Opens one purchase of prepaid credit for what is missing for the renewals from today up to the next collection day,
 * at the discount of now. Accounts keep their own days and draw on it then; what is left over stays for next month.
 */
async function provide(ctx: Ctx): Promise<void> {
  const zone = ctx.agency!.timeZone
  const today = ctx.now.toZonedDateTimeISO(zone).toPlainDate()
  const until = today.add({ months: 1 })
  const renewals = (await comingRenewals(ctx, until.toZonedDateTime(zone).toInstant())).filter(
    (r) => payerOfSubscription(r.subscription).kind === 'agency',
  )
  const discount = await discountNow(ctx)
  const { rateBasisPoints } = await vatOfPayer(ctx, { kind: 'agency' })
  const currency = renewals[0]?.subscription.currency ?? ctx.agency!.currency
  // Each renewal is a purchase of its own, with its own VAT.
  const needed = renewals.reduce((sum, r) => sum + withVat(billedAt(r, discount).net, rateBasisPoints), 0n)
  const [prepaid] = await balancesOf(ctx, [{ owner: 'agency', purpose: 'prepaid', unit: currency }])
  const missing = needed - prepaid!.available
  const key = `collect:${today.toString()}`
  const [first] = await ctx.tx.query<{ agency_id: string }>(
    'begin_collection',
    `insert into prepaid_collection (agency_id, collected_on, until_on, renewals, amount, created_at) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing returning agency_id`,
    [
      ctx.agencyId,
      today.toString(),
      until.toString(),
      renewals.length,
      missing > 0n ? missing : 0n,
      ctx.nowIso,
    ],
  )
  if (!first || missing <= 0n) return
  const { purchaseId } = await openPurchase(ctx, {
    operationKey: key,
    kind: collectPrepaid.kind,
    payer: { kind: 'agency' },
    lines: [lineOf(ctx, missing, rateBasisPoints, renewals.length)],
    currency,
    subject: { collectedOn: today.toString() },
    use: 'card',
    attended: false,
  })
  await ctx.tx.query(
    'collection_purchase',
    `update prepaid_collection set purchase_id = $3 where agency_id = $1 and collected_on = $2`,
    [ctx.agencyId, today.toString(), purchaseId],
  )
}

function withVat(net: bigint, rateBasisPoints: number): bigint {
  return net + share(net, BigInt(rateBasisPoints), 10_000n)
}

/** The smallest net amount whose gross covers what is missing: at most a cent more than it. */
export function netFor(gross: bigint, rateBasisPoints: number): bigint {
  let net = (gross * 10_000n) / (10_000n + BigInt(rateBasisPoints))
  while (withVat(net, rateBasisPoints) < gross) net += 1n
  return net
}

function lineOf(ctx: Ctx, missing: bigint, vatRateBasisPoints: number, count: number): PurchaseLine {
  const net = netFor(missing, vatRateBasisPoints)
  const label = ctx.app.texts.t(ctx.agency?.locale ?? 'fr', 'renewals.line.collection', { count })
  return { label, quantity: 1, unitPrice: net, discount: 0n, net, vatRateBasisPoints, kind: 'prepaid' }
}
