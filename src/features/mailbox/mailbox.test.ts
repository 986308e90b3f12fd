import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { queueMail } from '../../server/mail.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { makeAgency } from '../../server/testing-people.ts'
import { getMailboxMail, listMailbox } from './contract.ts'

let t: TestApp
before(async () => {
  t = await startTestApp()
})
after(() => t.close())

const body = {
  subject: 'Bonjour <b>',
  title: 'Bonjour',
  paragraphs: ['<script>alert(1)</script>'],
  button: { label: 'Ouvrir', url: 'http://localhost:3000/x?a=1&b=2' },
}

test('mails are read on this machine, every word escaped', async () => {
  const agency = await makeAgency(t, { name: 'Studio & Fils' })
  await runInTenant(t.app, { agencyId: agency.id }, (ctx) =>
    queueMail(ctx, { kind: 'sign_in.confirm', to: { email: 'Lea@exemple.fr' }, locale: 'fr', body }),
  )
  await t.runJobs()
  const { data } = await t.browser().call(listMailbox, { query: { to: 'lea@exemple.fr' } })
  assert.equal(data[0]?.state, 'sent')
  const mail = await t.browser().call(getMailboxMail, { params: { id: data[0]!.id } })
  assert.match(mail.html, /Studio &amp; Fils/)
  assert.doesNotMatch(mail.html, /<script>/)
  assert.equal((await agency.owner.browser.refusal(listMailbox, {})).status, 404)
})

test('another machine of the network has no mailbox, whatever host it asks for', async () => {
  const ask = async (remoteAddress: string) =>
    (await t.browser().raw({ method: 'GET', url: '/api/v1/mailbox', remoteAddress })).statusCode
  assert.deepEqual(await Promise.all(['127.0.0.1', '::1', '::ffff:127.0.0.1'].map(ask)), [200, 200, 200])
  assert.deepEqual(await Promise.all(['192.0.2.7', '10.255.254.3', 'fd00::7'].map(ask)), [404, 404, 404])
})

test('with a mail server, or on a public host, there is no mailbox', async () => {
  for (const settings of [{ SMTP_URL: 'smtp://127.0.0.1:1' }, { BASE_URL: 'https://canopee.exemple.fr' }]) {
    const other = await startTestApp(settings)
    const browser = other.browser()
    const host = other.app.config.baseUrl.host
    assert.equal(
      (await browser.raw({ method: 'GET', url: '/api/v1/mailbox', headers: { host } })).statusCode,
      404,
    )
    await other.close()
  }
})
