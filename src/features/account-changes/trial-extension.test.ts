import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fromPublicId } from '../../contract/ids.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { makeAgency, makeMember, signInAs, type TestAgency } from '../../server/testing-people.ts'
import { startTestApp, type Browser, type TestApp } from '../../server/testing.ts'
import { openAccount } from '../account-openings/testing-accounts.ts'
import { getHostedAccount, listHostedAccountHistory } from '../hosted-accounts/contract.ts'
import { addOperator } from '../operator/public.ts'
import { completePasswordReset } from '../sign-in/contract.ts'
import { dayIn } from '../subscriptions/public.ts'
import {
  closeSupportRequest,
  decideSupportRequest,
  getSupportRequest,
  replyToSupport,
} from '../support-requests/contract.ts'
import { extendTrial, requestTrialExtension } from './contract.ts'
import { grantTrialExtension } from './public.ts'

let t: TestApp
before(async () => {
  t = await startTestApp()
})
after(() => t.close())

/** A new operator's browser: time passes in these tests, and sessions with it. */
async function operator(email: string): Promise<Browser> {
  const link = await addOperator(t.app, { email, name: 'Ada Exploitante' })
  const staff = t.browser()
  const token = new URLSearchParams(new URL(link).hash.slice(1)).get('jeton')!
  await staff.call(completePasswordReset, {
    body: { token, password: 'quatre corbeaux 91 violets' },
  } as never)
  return staff
}
const read = (agency: TestAgency, id: string) =>
  agency.owner.browser.call(getHostedAccount, { params: { id } })
async function pass(agency: TestAgency, duration: Temporal.DurationLike) {
  await t.advance(duration)
  await t.runJobs()
  await signInAs(t, agency, agency.owner)
}
const later = (day: string, days: number) => Temporal.PlainDate.from(day).add({ days }).toString()
const extended = async (agency: TestAgency) => {
  const { hostedAccountId: id } = await openAccount(t, agency)
  const { version } = await read(agency, id)
  return agency.owner.browser.call(extendTrial, { params: { id }, body: { version } })
}
const grant = async (staff: Browser, id: string) =>
  staff.call(decideSupportRequest, { params: { id }, body: { decision: 'granted' } })

test('a second extension is asked of the operator, and counts from the expiry when it is granted', async () => {
  const agency = await makeAgency(t)
  const staff = await operator('ada@exemple.fr')
  const { browser } = agency.owner
  const { hostedAccountId: id } = await openAccount(t, agency)
  const params = { id }
  const first = await read(agency, id)
  assert.deepEqual([first.can.extendTrial, first.can.requestTrialExtension], [true, false])
  const early = await browser.refusal(requestTrialExtension, { params })
  assert.deepEqual([early.status, early.code], [409, 'subscription.trial_not_extended'])

  const longer = await browser.call(extendTrial, { params, body: { version: first.version } })
  assert.deepEqual([longer.can.extendTrial, longer.can.requestTrialExtension], [false, true])
  const manager = await makeMember(t, agency, { role: 'manager' })
  assert.equal((await manager.browser.refusal(requestTrialExtension, { params })).status, 403)
  const asked = await browser.call(requestTrialExtension, { params })
  const talk = await browser.call(getSupportRequest, { params: asked })
  assert.deepEqual([talk.kind, talk.state, talk.messages.length], ['trial_extension', 'open', 1])
  assert.ok(talk.title.includes(first.name))
  const again = await browser.refusal(requestTrialExtension, { params })
  assert.deepEqual([again.status, again.code], [409, 'support_request.already_open'])
  // Another account's is another request.
  await browser.call(requestTrialExtension, { params: { id: (await extended(agency)).id } })
  assert.equal((await read(agency, id)).endsOn, longer.endsOn)

  await grant(staff, asked.id)
  const granted = await read(agency, id)
  assert.deepEqual([granted.status, granted.endsOn], ['trial', later(first.endsOn!, 28)])
  // The same grant counts once.
  await runInTenant(t.app, { agencyId: agency.id }, (ctx) =>
    grantTrialExtension.run(ctx, {
      id: fromPublicId('supportRequest', asked.id)!,
      about: { hostedAccountId: fromPublicId('hostedAccount', id)! },
    }),
  )
  assert.deepEqual(await read(agency, id), granted)
  const { data } = await browser.call(listHostedAccountHistory, { params })
  assert.equal(data.filter((e) => e.action === 'subscription.trial_extended').length, 2)
  assert.ok(data.some((e) => JSON.stringify(e).includes('Ada Exploitante')))
})

test('an expired trial is opened again for its days from today, and ends on the new day', async () => {
  const agency = await makeAgency(t)
  const { id, endsOn } = await extended(agency)
  await pass(agency, { hours: 24 * 32 })
  const expired = await read(agency, id)
  assert.deepEqual([expired.status, expired.can.requestTrialExtension], ['expired', true])
  const asked = await agency.owner.browser.call(requestTrialExtension, { params: { id } })
  await grant(await operator('ada2@exemple.fr'), asked.id)
  const open = await read(agency, id)
  const today = await runInTenant(t.app, { agencyId: agency.id }, async (ctx) =>
    dayIn(ctx.now, open.timeZone).toString(),
  )
  assert.ok(today > endsOn!)
  assert.deepEqual([open.status, open.expiredAt, open.endsOn], ['trial', null, later(today, 14)])
  await pass(agency, { hours: 24 * 12 })
  assert.equal((await read(agency, id)).status, 'trial')
  await pass(agency, { hours: 24 * 3 })
  assert.equal((await read(agency, id)).status, 'expired')
})

test('a request taken back does not open again beside another, and none is granted to what was put away', async () => {
  const agency = await makeAgency(t)
  const { browser } = agency.owner
  const { id } = await extended(agency)
  const first = await browser.call(requestTrialExtension, { params: { id } })
  await browser.call(closeSupportRequest, { params: first })
  const second = await browser.call(requestTrialExtension, { params: { id } })
  assert.notEqual(second.id, first.id)
  const beside = await browser.refusal(replyToSupport, { params: first, body: { body: 'Finalement si.' } })
  assert.deepEqual([beside.status, beside.code], [409, 'support_request.already_open'])
  await t.sql(`update hosted_account set status = 'archived', archived_at = now() where agency_id = $1`, [
    agency.id,
  ])
  const staff = await operator('ada3@exemple.fr')
  const late = await staff.refusal(decideSupportRequest, {
    params: second,
    body: { decision: 'granted' },
  })
  assert.deepEqual([late.status, late.code], [409, 'hosted_account.status'])
  assert.equal((await browser.call(getSupportRequest, { params: second })).state, 'open')
  assert.equal(
    (await browser.refusal(requestTrialExtension, { params: { id } })).code,
    'hosted_account.status',
  )
})
