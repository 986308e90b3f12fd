import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import {
  makeAgency,
  makeClient,
  makeMember,
  signInAs,
  type TestAgency,
  type TestMember,
} from '../../server/testing-people.ts'
import { listNotifications } from '../notifications/contract.ts'
import { giveBillingProfile, giveCard } from '../payments/testing-payments.ts'
import { makeAccount, moveTo, nowOf, runAll, testTerms } from './testing-renewals.ts'

let t: TestApp
before(async () => void (t = await startTestApp()))
after(() => t.close())

const yearly = () => testTerms({ interval: 'year' })

/** Whom the agency's mails went to, with their kind. */
const mails = async (agency: TestAgency) =>
  (
    await t.sql<{ to_email: string; kind: string }>(
      `select to_email, kind from mail where agency_id = $1 order by created_at, to_email`,
      [agency.id],
    )
  ).map((m) => [m.kind, m.to_email])

test('an agency’s owners are told once of each card that expires before a renewal; a resold client never', async () => {
  const agency = await makeAgency(t)
  await giveBillingProfile(t, agency)
  const folder = await makeClient(t, agency, { name: 'Fleurs du Quai' })
  const holder = await makeMember(t, agency, { role: 'client', email: 'holder@fleurs.example' })
  await t.sql(
    `insert into assignment (agency_id, client_id, member_id, assigned_by_name, assigned_at) values ($1, $2, $3, 'Test', now())`,
    [agency.id, folder.id, holder.memberId],
  )
  await makeAccount(t, agency, {
    name: 'Fleurs du Quai',
    clientId: folder.id,
    contactEmail: 'patronne@fleurs.example',
    terms: yearly(),
  })
  // Nothing of this one is paid with the agency's card.
  const idle = await makeAgency(t)
  await makeAccount(t, idle, { name: 'Payeur', commercialMode: 'clientPaid', terms: yearly() })

  const told = async (who: TestMember, of = agency) => {
    await signInAs(t, of, who)
    return (await who.browser.call(listNotifications, {})).data.map((n) => [n.kind, n.message, n.link])
  }
  const end = (await nowOf(t))
    .toZonedDateTimeISO('UTC')
    .toPlainDate()
    .add({ days: 40 })
    .with({ day: 31 }, { overflow: 'constrain' })
  const expiring = { expMonth: end.month, expYear: end.year }
  const daysBefore = async (days: number) => {
    await moveTo(
      t,
      end.subtract({ days }).toZonedDateTime({ timeZone: 'UTC', plainTime: '12:00' }).toInstant(),
    )
    await runAll(t)
  }
  await giveCard(t, agency, expiring)
  await giveCard(t, idle, expiring)
  // A client’s own card is none of the agency’s.
  await giveCard(t, agency, { ...expiring, clientId: folder.id })
  await daysBefore(31)
  assert.deepEqual(await mails(agency), [])

  await daysBefore(30)
  await daysBefore(28)
  await daysBefore(20)
  const mail = ['renewals.card_expiring', agency.owner.email]
  assert.deepEqual(await mails(agency), [mail])
  const day = end.toLocaleString('fr', { day: 'numeric', month: 'long', year: 'numeric' })
  const notice = [
    'card_expiring',
    `La carte finissant par 4242 expire le ${day}. Remplacez-la pour que rien ne soit refusé.`,
    '/facturation',
  ]
  assert.deepEqual(await told(agency.owner), [notice])

  // Another card that ends as soon is another notice; one that outlives is none.
  await giveCard(t, agency, expiring)
  await daysBefore(18)
  await daysBefore(16)
  assert.deepEqual(await mails(agency), [mail, mail])
  await giveCard(t, agency)
  await daysBefore(10)
  await daysBefore(0)
  assert.deepEqual(await mails(agency), [mail, mail])
  assert.equal((await told(agency.owner)).length, 2)

  assert.deepEqual(await told(holder), [])
  assert.deepEqual(await mails(idle), [])
  assert.deepEqual(await told(idle.owner, idle), [])
  assert.deepEqual(await t.sql(`select from mail where to_email like '%@fleurs.example'`), [])
})
