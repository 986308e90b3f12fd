import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { toPublicId } from '../../contract/ids.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { makeAgency, makeClient, makeMember, type TestAgency } from '../../server/testing-people.ts'
import { answerBankQuestion } from '../payments/contract.ts'
import {
  checkCardSetup,
  enterTestCard,
  getAgencyCard,
  getCardSetup,
  getClientCard,
  removeAgencyCard,
  removeClientCard,
  startAgencyCard,
  startClientCard,
} from './contract.ts'
import { expiryOf } from './read-card.ts'

let t: TestApp
let agency: TestAgency
before(async () => {
  t = await startTestApp()
  agency = await makeAgency(t)
})
after(() => t.close())

const year = new Date().getFullYear() + 3
const start = (a = agency) => a.owner.browser.call(startAgencyCard, { body: { returnPath: '/facturation' } })
const enter = (id: string, number: string, a = agency) =>
  a.owner.browser.call(enterTestCard, { params: { id }, body: { number, expMonth: 4, expYear: year } })

test('a card is added, replaced and removed; its number is kept nowhere', async () => {
  const { browser } = agency.owner
  assert.deepEqual(await browser.call(getAgencyCard, {}), {
    card: null,
    provider: 'sandbox',
    can: { edit: true },
  })
  const setup = await start()
  assert.deepEqual(
    [setup.state, setup.actionUrl, setup.returnPath],
    ['open', null, `/facturation?carte=${setup.id}`],
  )
  const done = await enter(setup.id, '4242 4242 4242 4242')
  assert.equal(done.state, 'done')
  const { card } = await browser.call(getAgencyCard, {})
  assert.deepEqual(
    [card?.brand, card?.last4, card?.expMonth, card?.expYear, card?.expiry, card?.addedBy],
    ['visa', '4242', 4, year, 'fine', agency.owner.name],
  )
  assert.equal(
    (
      await browser.refusal(enterTestCard, {
        params: { id: setup.id },
        body: { number: '5555 5555 5555 4444', expMonth: 4, expYear: year },
      })
    ).code,
    'card_setup.over',
  )
  await enter((await start()).id, '5555555555554444')
  assert.equal((await browser.call(getAgencyCard, {})).card?.brand, 'mastercard')
  await browser.call(removeAgencyCard, {})
  await browser.call(removeAgencyCard, {})
  assert.equal((await browser.call(getAgencyCard, {})).card, null)
  await t.runJobs()
  const states = await t.sql<{ state: string }>(
    `select state from payment_method where agency_id = $1 order by created_at`,
    [agency.id],
  )
  assert.deepEqual(
    states.map((s) => s.state),
    ['replaced', 'removed'],
  )
  for (const table of ['payment_method', 'card_setup', 'sandbox_payment', 'audit_event', 'idempotency_key'])
    assert.equal(
      (await t.sql(`select from ${table} x where to_jsonb(x)::text ~ '42424242|55555555'`)).length,
      0,
      table,
    )
})

test('real cards, refused cards and past dates are refused at their field, and can be typed again', async () => {
  const { browser } = agency.owner
  const { id } = await start()
  const refuse = async (number: string, expYear = year) =>
    (await browser.refusal(enterTestCard, { params: { id }, body: { number, expMonth: 1, expYear } })).fields
  assert.equal((await refuse('4111 1111 1111 1111'))?.number?.code, 'card.not_a_test_card')
  assert.match((await refuse('4111 1111 1111 1111'))!.number!.message, /Ne tapez jamais une vraie carte/)
  assert.equal((await refuse('4000 0000 0000 0002'))?.number?.code, 'card.declined')
  assert.equal((await refuse('4242 4242 4242 4242', year - 5))?.expYear?.code, 'card.expired')
  assert.equal((await enter(id, '4242424242424242')).state, 'done')
})

test('3-D Secure: the old card stays until the bank has the holder’s answer', async () => {
  const { browser } = agency.owner
  const ask = async (approved: boolean) => {
    const { id } = await start()
    const waiting = await enter(id, '4000 0025 0000 3155')
    assert.equal(waiting.state, 'requires_action')
    assert.equal((await browser.call(getAgencyCard, {})).card?.last4, '4242')
    const bank = /^\/banque\/([0-9a-f]{32})$/.exec(waiting.actionUrl!)![1]!
    const { returnTo } = await browser.call(answerBankQuestion, { params: { id: bank }, body: { approved } })
    assert.equal(returnTo, `/facturation?carte=${id}`)
    return browser.call(checkCardSetup, { params: { id } })
  }
  const refused = await ask(false)
  assert.deepEqual([refused.state, refused.failure], ['failed', 'authentication_failed'])
  assert.equal((await browser.call(getAgencyCard, {})).card?.last4, '4242')
  const done = await ask(true)
  assert.equal(done.state, 'done')
  assert.deepEqual(await browser.call(checkCardSetup, { params: { id: done.id } }), done)
  assert.equal((await browser.call(getAgencyCard, {})).card?.last4, '3155')
})

test('a client keeps its own card; others’ setups and paths to elsewhere are refused', async () => {
  const holder = await makeMember(t, agency, { role: 'client', seesUnassigned: false })
  const mine = await makeClient(t, agency, { assignees: [holder] })
  const other = await makeClient(t, agency)
  const at = (c: { id: string }) => ({ params: { id: toPublicId('client', c.id) } })
  const setup = await holder.browser.call(startClientCard, { ...at(mine), body: { returnPath: '/' } })
  await holder.browser.call(enterTestCard, {
    params: { id: setup.id },
    body: { number: '4242424242424242', expMonth: 12, expYear: year },
  })
  assert.equal((await holder.browser.call(getClientCard, at(mine))).card?.last4, '4242')
  assert.equal((await agency.owner.browser.call(getClientCard, at(mine))).card?.last4, '4242')
  for (const refusal of [
    await holder.browser.refusal(getClientCard, at(other)),
    await holder.browser.refusal(startClientCard, { ...at(other), body: { returnPath: '/' } }),
    await holder.browser.refusal(removeClientCard, at(other)),
    await holder.browser.refusal(getCardSetup, { params: { id: (await start()).id } }),
  ])
    assert.equal(refusal.status, 404)
  assert.equal((await holder.browser.refusal(getAgencyCard, {})).status, 403)
  for (const returnPath of ['https://ailleurs.example', '//ailleurs.example', '/\\ailleurs.example', 'ici'])
    assert.equal(
      (await agency.owner.browser.refusal(startAgencyCard, { body: { returnPath } })).fields?.returnPath
        ?.code,
      'field.invalid',
    )
  await holder.browser.call(removeClientCard, at(mine))
  assert.equal((await holder.browser.call(getClientCard, at(mine))).card, null)
})

test('a card is good to the end of its month, and said to expire in its last thirty days', () => {
  const on = (day: string) => expiryOf({ exp_month: 2, exp_year: 2028 }, Temporal.PlainDate.from(day))
  assert.deepEqual(['2028-01-15', '2028-01-31', '2028-02-29', '2028-03-01'].map(on), [
    'fine',
    'soon',
    'soon',
    'expired',
  ])
})
