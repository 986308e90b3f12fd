import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { isNotice, mailClasses, mailKinds, type MailKind } from '../../server/mail-kinds.ts'
import { queueMail } from '../../server/mail.ts'
import { runInTenant } from '../../server/run-in-tenant.ts'
import { makeAgency, makeClient, makeMember, type TestAgency } from '../../server/testing-people.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { findAll, readSource } from '../../sweeps/source.ts'
import { makeAccount, makeAccountUser, type TestAccount } from '../account-users/testing.ts'

let t: TestApp
let agency: TestAgency
let resold: TestAccount
let referred: TestAccount
let clientPaid: TestAccount
/** Address of everybody who stands somehow for a client, by who they are. */
const clients: Record<string, string> = {}

before(async () => {
  t = await startTestApp()
  agency = await makeAgency(t)
  const folder = await makeClient(t, agency, { name: 'Maison Berthe' })
  await t.sql(`update client set email = 'Dossier@Berthe.fr' where id = $1`, [folder.id])
  await t.sql(
    `insert into billing_profile (agency_id, id, client_id, legal_name, email, updated_at) values ($1, gen_random_uuid(), $2, 'Berthe SARL', 'factures@berthe.fr', now())`,
    [agency.id, folder.id],
  )
  const holder = await makeMember(t, agency, { role: 'client', email: 'holder@berthe.fr' })
  await t.sql(
    `insert into assignment (agency_id, client_id, member_id, assigned_by_name, assigned_at) values ($1, $2, $3, 'Test', now())`,
    [agency.id, folder.id, holder.memberId],
  )
  resold = await makeAccount(t, agency, {
    clientId: folder.id,
    contactEmail: 'Contact@Berthe.fr',
    adminEmail: 'admin@berthe.fr',
  })
  await makeAccountUser(t, { ...resold, agencyId: agency.id }, { email: 'bastien@berthe.fr' })
  Object.assign(clients, {
    contact: 'contact@berthe.fr',
    admin: 'ADMIN@berthe.fr',
    user: 'bastien@berthe.fr',
    holder: 'holder@berthe.fr',
    folder: 'dossier@berthe.fr',
    billing: 'factures@berthe.fr',
  })
  referred = await makeAccount(t, agency, { contactEmail: 'parraine@exemple.fr' })
  clientPaid = await makeAccount(t, agency, { contactEmail: 'payeur@exemple.fr' })
  await t.sql(`update subscription set commercial_mode = 'referred' where hosted_account_id = $1`, [
    referred.id,
  ])
  await t.sql(`update subscription set commercial_mode = 'clientPaid' where hosted_account_id = $1`, [
    clientPaid.id,
  ])
})
after(() => t.close())

const body = { subject: 'Objet', title: 'Titre', paragraphs: ['Texte'] }

/** What becomes of a mail of a kind to an address. */
async function fateOf(kind: MailKind, email: string, about?: TestAccount): Promise<string> {
  await runInTenant(t.app, { agencyId: agency.id }, (ctx) =>
    queueMail(ctx, {
      kind,
      to: { email },
      locale: 'fr',
      body,
      ...(about && { about: { hostedAccountIds: [about.id] } }),
    }),
  )
  const [row] = await t.sql<{ state: string }>(
    `select state from mail where agency_id = $1 order by id desc limit 1`,
    [agency.id],
  )
  return row!.state
}

const kinds = Object.keys(mailKinds) as MailKind[]

test('every kind that the source sends has its class, and no class is without meaning', () => {
  const source = readSource().filter((f) => !f.path.includes('.test.') && f.text.includes('queueMail('))
  const sent = new Set(
    [...findAll(source, /\bkind: '([a-z_]+\.[a-z_]+)',\n\s+(?:to|about|locale)\b/g).keys()].filter(
      (kind) => !kind.startsWith('job.'),
    ),
  )
  assert.ok(sent.size >= 8, [...sent].join(', '))
  assert.deepEqual(
    [...sent].filter((kind) => !(kind in mailKinds)),
    [],
  )
  for (const kind of kinds) assert.ok(mailClasses.includes(mailKinds[kind].class), kind)
  for (const kind of kinds)
    assert.ok(
      source.some((f) => f.text.includes(kind) || f.text.includes(`${kind.split('.')[0]}.\${`)),
      `${kind} is sent`,
    )
})

test('a notice reaches no client that is resold to, by whichever of its addresses; access mails all do', async () => {
  for (const kind of kinds)
    for (const [who, email] of Object.entries(clients))
      for (const about of [resold, undefined])
        assert.equal(
          await fateOf(kind, email, about),
          isNotice(kind) ? 'withheld' : 'queued',
          `${kind} to the ${who}`,
        )
  // Whatever kinds exist today, each class of notices is withheld and every other goes.
  for (const one of mailClasses) {
    Object.assign(mailKinds, { 'test.kind': { class: one, to: 'staff' } })
    const fate = await fateOf('test.kind' as MailKind, clients['contact']!)
    assert.equal(fate, ['account', 'renewal', 'billing'].includes(one) ? 'withheld' : 'queued', one)
  }
  await t.runJobs()
  const [sent] = await t.sql<{ n: number }>(
    `select count(*)::int as n from mail where kind = 'test.kind' and state = 'sent'`,
  )
  assert.equal(sent!.n, mailClasses.length - 3)
  for (const [who, email] of Object.entries(clients))
    assert.equal(
      await runInTenant(t.app, { agencyId: agency.id }, (ctx) =>
        t.app.mayBeTold(ctx, { kind: kinds[0]!, to: { email }, locale: 'fr', body }),
      ),
      false,
      who,
    )
})

test('the agency is told, by its people’s and its notification addresses, also when one of them is a contact', async () => {
  const told = (email: string, ...about: TestAccount[]) =>
    runInTenant(t.app, { agencyId: agency.id }, (ctx) =>
      t.app.mayBeTold(ctx, {
        kind: kinds[0]!,
        to: { email },
        locale: 'fr',
        body,
        about: { hostedAccountIds: about.map((a) => a.id) },
      }),
    )
  assert.equal(await told(agency.owner.email, resold), true)
  assert.equal(await told('notifications@exemple.fr', resold), true)
  const own = await makeAccount(t, agency, { contactEmail: agency.owner.email })
  assert.equal(await told(agency.owner.email, own), true)
  // A client that pays itself, or that the operator bills, gets the notices of that account (B84) ...
  assert.equal(await told('parraine@exemple.fr', referred), true)
  assert.equal(await told('payeur@exemple.fr', clientPaid), true)
  // ... and of no other: the same person is also somebody's silent contact.
  await makeAccount(t, agency, { contactEmail: 'parraine@exemple.fr' })
  assert.equal(await told('parraine@exemple.fr', referred), true)
  assert.equal(await told('parraine@exemple.fr', resold), false)
  assert.equal(await told('parraine@exemple.fr', referred, clientPaid), false, 'nor of both in one mail')
  assert.equal(await told('parraine@exemple.fr'), false)
  // Another agency's clients are not this one's business.
  const elsewhere = await makeAgency(t)
  assert.equal(
    await runInTenant(t.app, { agencyId: elsewhere.id }, (ctx) =>
      t.app.mayBeTold(ctx, { kind: kinds[0]!, to: { email: clients['contact']! }, locale: 'fr', body }),
    ),
    true,
  )
})
