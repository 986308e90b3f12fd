import { z } from 'zod'
import type { App, Ctx } from '../../server/context.ts'
import { toPublicId } from '../../contract/ids.ts'
import { job } from '../../server/jobs.ts'
import { encrypt } from '../../server/keys.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { createAccountAdmin } from '../account-users/public.ts'
import { insertAccount } from '../hosted-accounts/public.ts'
import { notifyUsers } from '../notifications/public.ts'
import { openingSteps, type OpeningStep } from './contract.ts'
import { detailsOf, readOpening, setOpening, type OpeningRow } from './opening-rows.ts'

/**
 * Prepares a hosted account, a transaction a step: killed anywhere, the queue runs it again and it goes on at the
 * step that was not committed (B28). Each step may be run again by itself.
 */
export const provisionAccount = job({
  name: 'hosted_accounts.provision',
  payload: z.strictObject({ id: z.string() }),
  async runApart(app: App, agencyId: string, { id }) {
    let goesOn = true
    while (goesOn) goesOn = await runInTenant(app, { agencyId }, (ctx) => nextStep(ctx, id))
  },
})

async function nextStep(ctx: Ctx, id: string): Promise<boolean> {
  const row = await readOpening(ctx, id, true)
  if (row.state !== 'preparing') return false
  const step = row.step as OpeningStep
  if (step === 'space') await makeSpace(ctx, row, null)
  else if (step === 'address') await answerAtAddress(ctx, row)
  else if (step === 'administrator') await makeAdministrator(ctx, row)
  const next = openingSteps[openingSteps.indexOf(step) + 1] ?? 'done'
  await setOpening(ctx, id, { step: next, ...(next === 'done' && { state: 'ready', ready_at: ctx.nowIso }) })
  if (next === 'done') await announce(ctx, row)
  return next !== 'done'
}

/** The account with its subscription and first period: made by the payment itself when there is one. */
export async function makeSpace(ctx: Ctx, row: OpeningRow, purchaseId: string | null): Promise<void> {
  const d = detailsOf(row)
  await insertAccount(ctx, {
    id: row.hosted_account_id,
    clientId: row.client_id,
    name: row.name,
    slug: row.slug,
    customDomain: d.customDomain,
    contactName: d.contactName,
    contactEmail: d.contactEmail,
    notificationEmail: d.notificationEmail,
    locale: d.locale,
    timeZone: d.timeZone,
    answers: false,
    by: { id: row.asked_by, name: row.asked_by_name },
    subscription: {
      currency: d.currency,
      terms: d.paid && { ...d.paid.terms, listPrice: BigInt(d.paid.terms.listPrice) },
      trial: d.trial,
      ...(d.paid && {
        discountPercent: d.paid.percent,
        paidAccounts: d.paid.paidAccounts,
        net: BigInt(d.paid.net),
      }),
      purchaseId,
    },
  })
}

async function answerAtAddress(ctx: Ctx, row: OpeningRow): Promise<void> {
  await ctx.db
    .updateTable('host_name')
    .set({ verified_at: ctx.nowIso })
    .where('agency_id', '=', ctx.agencyId)
    .where('realm_id', '=', row.hosted_account_id)
    .where('name', '=', row.slug)
    .execute()
}

async function makeAdministrator(ctx: Ctx, row: OpeningRow): Promise<void> {
  const d = detailsOf(row)
  const { userName, password } = await createAccountAdmin(ctx, {
    hostedAccountId: row.hosted_account_id,
    email: d.contactEmail,
    name: d.contactName,
    locale: d.locale,
  })
  await setOpening(ctx, row.id, { user_name: userName, secret: encrypt(ctx.app.config.secret, password) })
}

async function announce(ctx: Ctx, row: OpeningRow): Promise<void> {
  ctx.audit({
    action: 'hosted_account.opened',
    clientId: row.client_id,
    entity: { kind: 'hosted_account', id: row.hosted_account_id, name: row.name },
    data: { slug: row.slug, by: row.asked_by_name },
  })
  ctx.publish({ agencyId: ctx.agencyId, kind: 'hosted_accounts', id: row.hosted_account_id })
  if (row.asked_by !== null)
    await notifyUsers(ctx, [row.asked_by], {
      kind: 'hosted_account_ready',
      values: { name: row.name },
      link: `/revente/ouvertures/${toPublicId('accountOpening', row.id)}`,
    })
}
