import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { toPublicId } from '../../contract/ids.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { makeAgency, signInAs, type TestAgency } from '../../server/testing-people.ts'
import { checkCardSetup, getAgencyCard, removeAgencyCard, startAgencyCard } from '../cards/contract.ts'
import { StripeStandIn } from '../payment-providers/testing-stripe.ts'
import { moveMoney } from '../wallets/public.ts'
import { checkPurchase, getPurchase, retryPurchase } from './contract.ts'
import { beginAttempts } from './begin-attempts.ts'
import { askProvider } from './ask-provider.ts'
import { openPurchase, type Fulfilment } from './public.ts'
import { stripeEventsPath } from './receive-stripe-event.ts'
import { giveBillingProfile } from './testing-payments.ts'

let t: TestApp
let stripe: StripeStandIn
let agency: TestAgency
const fulfilled: string[] = []
const kind: Fulfilment = { kind: 'test.thing', run: async (_, p) => void fulfilled.push(p.id) }
before(async () => {
  stripe = await new StripeStandIn().start()
  t = await startTestApp(stripe.settings())
  Object.assign(t.app, { fulfilments: [...t.app.fulfilments, kind] })
  agency = await makeAgency(t)
  await giveBillingProfile(t, agency)
})
after(async () => {
  await t.close()
  stripe.close()
})

/** A card typed on Stripe's page. */
async function giveStripeCard(method: string): Promise<void> {
  const { browser } = agency.owner
  const setup = await browser.call(startAgencyCard, { body: { returnPath: '/facturation' } })
  assert.match(setup.actionUrl!, /^https:\/\/checkout\.stripe\.example/)
  const [row] = await t.sql<{ provider_ref: string }>(
    `select provider_ref from card_setup order by created_at desc, id desc limit 1`,
  )
  stripe.completeSetup(row!.provider_ref, method)
  assert.equal((await browser.call(checkCardSetup, { params: { id: setup.id } })).state, 'done')
}

async function open(key: string, attended = true): Promise<string> {
  const { purchaseId } = await runInTenant(t.app, { agencyId: agency.id }, (ctx) =>
    openPurchase(ctx, {
      operationKey: key,
      kind: kind.kind,
      payer: { kind: 'agency' },
      lines: [
        {
          label: 'Chose',
          quantity: 1,
          unitPrice: 1_000n,
          discount: 0n,
          net: 1_000n,
          vatRateBasisPoints: 2000,
          kind: 'thing',
        },
      ],
      currency: 'EUR',
      subject: {},
      use: 'prepaid_then_card',
      attended,
    }),
  )
  return purchaseId
}
const at = (id: string) => ({ params: { id: toPublicId('purchase', id) } })
const read = (id: string) => agency.owner.browser.call(getPurchase, at(id))
const attemptOf = async (id: string) =>
  (
    await t.sql<{ id: string }>(
      `select id from payment_attempt where purchase_id = $1 order by number desc limit 1`,
      [id],
    )
  )[0]!.id
const post = (e: { payload: string; signature?: string | undefined }) =>
  t.browser().raw({
    method: 'POST',
    url: stripeEventsPath,
    payload: e.payload,
    headers: { 'content-type': 'application/json', ...(e.signature && { 'stripe-signature': e.signature }) },
  })

test('a card is taken on Stripe’s page, pays by a payment intent, and is forgotten when removed', async () => {
  await giveStripeCard('pm_ok')
  const { card, provider } = await agency.owner.browser.call(getAgencyCard, {})
  assert.deepEqual([provider, card?.last4, card?.expYear], ['stripe', '4242', 2040])
  const id = await open('a')
  await t.runJobs()
  assert.deepEqual([(await read(id)).state, fulfilled.filter((f) => f === id).length], ['paid', 1])
  const [intent] = stripe.of(await attemptOf(id))
  assert.deepEqual(
    [intent!.amount, intent!.status, intent!.metadata['purchase']],
    [1_200, 'succeeded', at(id).params.id],
  )
  assert.equal(stripe.customers.length, 1)
  await agency.owner.browser.call(removeAgencyCard, {})
  await t.runJobs()
  assert.deepEqual(stripe.detached, ['pm_ok'])
})

test('refusals are told apart, and a hard one from the others', async () => {
  for (const [method, code, hard] of [
    ['pm_declined', 'declined', false],
    ['pm_poor', 'insufficient_funds', false],
    ['pm_stolen', 'stolen', true],
    ['pm_unknown', 'provider', false],
  ] as const) {
    await giveStripeCard(method)
    const id = await open(`refused ${method}`)
    await t.runJobs()
    const [attempt] = await t.sql<{ hard: boolean }>(
      `select hard from payment_attempt where purchase_id = $1`,
      [id],
    )
    assert.deepEqual([(await read(id)).failure, attempt!.hard], [code, hard], method)
  }
  // One attended asks, nobody there: it is simply taken or refused.
  await giveStripeCard('pm_asks')
  const id = await open('unattended', false)
  await t.runJobs()
  assert.equal((await read(id)).state, 'paid')
})

test('3-D Secure: the bank’s page; events twice, in bad order and forged leave the same', async () => {
  await giveStripeCard('pm_asks')
  const id = await open('3ds')
  await t.runJobs()
  const waiting = await read(id)
  const [intent] = stripe.of(await attemptOf(id))
  assert.deepEqual(
    [waiting.state, waiting.actionUrl],
    ['requires_action', `https://hooks.stripe.example/3ds/${intent!.id}`],
  )
  // Forged: nothing, with another secret, of long ago, altered.
  const good = stripe.event('payment_intent.succeeded', { ...intent, status: 'succeeded' })
  for (const forged of [
    { payload: good.payload },
    stripe.event('payment_intent.succeeded', intent, { secret: 'whsec_of_somebody_else' }),
    stripe.event('payment_intent.succeeded', intent, { at: Math.floor(Date.now() / 1000) - 3600 }),
    { payload: good.payload.replace('succeeded', 'succeedeD'), signature: good.signature },
  ])
    assert.equal((await post(forged)).statusCode, 401)
  // A true event that lies about what happened only makes us ask.
  assert.equal((await post(good)).statusCode, 200)
  await t.runJobs()
  assert.equal((await read(id)).state, 'requires_action')
  stripe.answerBank(intent!.id, true)
  const [late, done] = [
    stripe.event('payment_intent.requires_action', intent),
    stripe.event('payment_intent.succeeded', intent),
  ]
  const answers = await Promise.all([done, done, late, done].map(post))
  assert.deepEqual(
    answers.map((a) => a.statusCode),
    [200, 200, 200, 200],
  )
  await t.runJobs()
  await post(late)
  await agency.owner.browser.call(checkPurchase, at(id))
  await t.runJobs()
  assert.deepEqual([(await read(id)).state, fulfilled.filter((f) => f === id).length], ['paid', 1])
  assert.equal((await t.sql(`select from invoice where reference_id = $1`, [id])).length, 1)
  // What is not ours is taken and left alone.
  assert.equal(
    (await post(stripe.event('payment_intent.succeeded', { id: 'pi_other', metadata: {} }))).statusCode,
    200,
  )
})

test('refused by the holder: failed, and paid on the next try; unanswered for a day: given up at Stripe too', async () => {
  await giveStripeCard('pm_asks')
  const id = await open('refused 3ds')
  await t.runJobs()
  const first = stripe.of(await attemptOf(id))[0]!
  stripe.answerBank(first.id, false)
  assert.deepEqual((await agency.owner.browser.call(checkPurchase, at(id))).failure, 'authentication_failed')
  await agency.owner.browser.call(retryPurchase, at(id))
  await t.runJobs()
  await t.advance({ hours: 25 })
  await t.runJobs()
  await signInAs(t, agency, agency.owner)
  assert.deepEqual((await read(id)).failure, 'authentication_expired')
  assert.equal(stripe.of(await attemptOf(id))[0]!.status, 'canceled')
})

test('answers that are lost, and a process killed between the call and the record: charged once, recorded once', async () => {
  await giveStripeCard('pm_ok')
  // The SDK tries again by itself, with the same key.
  stripe.trouble.push('after', 'before', '500')
  const lost = await open('lost')
  await t.runJobs()
  for (let i = 0; i < 3 && (await read(lost)).state !== 'paid'; i++) {
    await t.advance({ minutes: 10 })
    await t.runJobs()
  }
  assert.deepEqual([(await read(lost)).state, stripe.of(await attemptOf(lost)).length], ['paid', 1])
  // Killed after Stripe took the money: what was begun is found there, even when its keys are long forgotten.
  const killed = await open('killed')
  const [attempt] = await runInTenant(t.app, { agencyId: agency.id }, (ctx) => beginAttempts(ctx, [killed]))
  await askProvider(t.app, agency, attempt!)
  stripe.forgetKeys()
  await t.runJobs()
  assert.deepEqual([(await read(killed)).state, stripe.of(attempt!.id).length], ['paid', 1])
  assert.equal(fulfilled.filter((f) => f === killed).length, 1)
})

test('beside prepaid credit one unit is authorised and voided; its events change nothing', async () => {
  await giveStripeCard('pm_ok')
  await runInTenant(t.app, { agencyId: agency.id }, (ctx) =>
    moveMoney(ctx, {
      operationKey: 'gift',
      reason: 'purchase.paid',
      lines: [
        { wallet: { counterpart: 'bank', unit: 'EUR' }, amount: -500n },
        { wallet: { owner: 'agency', purpose: 'prepaid', unit: 'EUR' }, amount: 500n },
      ],
    }),
  )
  const id = await open('prepaid')
  await t.runJobs()
  const attempt = await attemptOf(id)
  const check = [...stripe.intents.values()].find((i) => i.metadata['checkOf'] === attempt)!
  assert.deepEqual([check.amount, check.status], [100, 'canceled'])
  assert.deepEqual(
    stripe.of(attempt).map((i) => i.amount),
    [700],
  )
  await post(stripe.event('payment_intent.canceled', check))
  await t.runJobs()
  const paid = await read(id)
  assert.deepEqual([paid.state, paid.prepaidPaid.amount, paid.cardPaid.amount], ['paid', 500, 700])
})
