import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import type { AddressInfo } from 'node:net'
import { locales } from '../../contract/common.ts'
import { toPublicId } from '../../contract/ids.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { makeAgency, makeClient, makeMember } from '../../server/testing-people.ts'
import { disableSubAccount } from '../sub-accounts/contract.ts'
import { acceptInvitation, inviteSubAccount } from './contract.ts'

let t: TestApp
let smtp: SMTPServer
const received: { to: string; whole: Buffer }[] = []
const mailTo = (address: string) => PostalMime.parse(received.find((r) => r.to === address)!.whole)
before(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const whole = Buffer.concat(chunks)
        received.push({ to: session.envelope.rcptTo[0]!.address, whole })
        done()
      })
    },
  })
  await new Promise<void>((ready) => smtp.listen(0, '127.0.0.1', ready))
  t = await startTestApp({ SMTP_URL: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}` })
})
after(async () => {
  await t.close()
  await new Promise<void>((done) => smtp.close(done))
})

test('the invitation leaves through SMTP, in four languages, in the agency’s name, and its link works', async () => {
  const agency = await makeAgency(t, { name: 'Studio <Horizon> & fils' })
  const client = await makeClient(t, agency, { name: 'Boulangerie "Morel"' })
  for (const locale of locales)
    await agency.owner.browser.call(inviteSubAccount, {
      body: {
        name: 'Zoé',
        email: `zoe-${locale}@exemple.fr`,
        role: 'consultant',
        locale,
        clientIds: [toPublicId('client', client.id)],
      },
    })
  await t.runJobs()
  const mails = new Map(
    await Promise.all(locales.map(async (l) => [l, await mailTo(`zoe-${l}@exemple.fr`)] as const)),
  )
  assert.deepEqual(
    locales.map((l) => mails.get(l)!.subject),
    [
      `${agency.owner.name} vous invite à rejoindre Studio <Horizon> & fils`,
      `${agency.owner.name} invites you to join Studio <Horizon> & fils`,
      `${agency.owner.name} le invita a unirse a Studio <Horizon> & fils`,
      `${agency.owner.name} 邀请您加入 Studio <Horizon> & fils`,
    ],
  )
  for (const locale of locales) {
    const { from, html, text } = mails.get(locale)!
    assert.equal(from?.name, 'Studio <Horizon> & fils')
    assert.ok(html!.includes('Studio &lt;Horizon&gt; &amp; fils') && !html!.includes('<Horizon>'))
    assert.match(text!, /Boulangerie "Morel"/)
    const link = new URL(text!.match(/http:\S+\/invitation#jeton=\S+/)![0])
    assert.equal(link.host, `${agency.slug}.localhost:3000`)
    assert.ok(html!.includes(link.href))
    await t.browser(agency.slug).call(acceptInvitation, {
      body: {
        token: new URLSearchParams(link.hash.slice(1)).get('jeton')!,
        password: 'quatre cyprès au bord du canal',
      },
    })
  }
})

test('whoever is closed out gets the mail of A20 in their own language', async () => {
  const agency = await makeAgency(t, { name: 'Studio Horizon' })
  const nora = await makeMember(t, agency, { role: 'consultant', name: 'Nora' })
  await t.sql(`update realm_user set locale = 'en' where id = $1`, [nora.userId])
  await agency.owner.browser.call(disableSubAccount, { params: { id: toPublicId('member', nora.memberId) } })
  await t.runJobs()
  const mail = await mailTo(nora.email)
  assert.deepEqual(
    [mail.subject, mail.from?.name],
    ['Your access to Studio Horizon is disabled', 'Studio Horizon'],
  )
  assert.match(mail.text!, /Hello Nora, your access .* has just been disabled/)
})
