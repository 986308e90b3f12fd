import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { makeAccount, type TestAccount } from '../src/features/account-users/testing.ts'
import { hashPassword } from '../src/features/passwords/public.ts'
import { makeAgency, signInAs, type TestAgency } from '../src/server/testing-people.ts'
import { checkAccessible } from './axe.ts'
import { linkIn, startProduct, type Product, type Visitor } from './product.ts'

// A hosted account's own people on its own host, and the agency inside it by "Connexion".

const given = 'k7mq-4xtr-9vbn-2hfd'
const chosen = 'sept lanternes rouges au port'

let product: Product
let agency: TestAgency
let account: TestAccount

before(async () => {
  product = await startProduct()
  agency = await makeAgency(product.t, { slug: 'studio', name: 'Studio Lumière' })
  account = await makeAccount(product.t, agency, {
    slug: 'maison-berthe',
    name: 'Maison Berthe',
    adminName: 'Hélène Berthe',
    adminEmail: 'helene@maison-berthe.fr',
    passwordHash: await hashPassword(given),
  })
  await product.t.sql(`update account_user set password_given_at = now()`)
  await product.t.sql(`update agency set support_email = 'bonjour@studio.fr' where agency_id = $1`, [
    agency.id,
  ])
  await product.t.sql(`update realm_user set password_changed_at = now() where id = $1`, [
    account.admin.userId,
  ])
  await product.t.sql(`update account_user set password_given_at = now() where user_id = $1`, [
    account.admin.userId,
  ])
})
after(() => product.close())

/** A picture to look at, where somebody asked for them. */
async function shoot(page: Page, name: string): Promise<void> {
  if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/${name}.png` })
}

async function signIn(visitor: Visitor, login: string, password: string): Promise<void> {
  const { page } = visitor
  await page.goto(product.url('/', account.slug))
  await page.getByLabel('Adresse électronique ou identifiant').fill(login)
  await page.getByLabel('Mot de passe', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: /Bonjour/ }).waitFor()
}

test('the administrator signs in as admin, chooses a password, sets the language, invites a colleague', async () => {
  const visitor = await product.visitor()
  const { page, faults } = visitor
  await page.goto(product.url('/', account.slug))
  await page.getByText('Maison Berthe').first().waitFor()
  await checkAccessible(page, 'sign-in of a hosted account')
  await signIn(visitor, 'admin', given)
  await shoot(page, 'home')
  await checkAccessible(page, 'home of a hosted account')
  await page.getByRole('link', { name: 'Choisir votre mot de passe' }).click()
  await page.getByRole('button', { name: 'Changer de mot de passe' }).click()
  await page.getByLabel('Mot de passe actuel').fill(given)
  await page.getByLabel('Nouveau mot de passe').fill(chosen)
  await checkAccessible(page, 'changing the password of a hosted account')
  await page.getByRole('dialog').getByRole('button', { name: 'Changer de mot de passe' }).click()
  await page.getByText(/Mot de passe changé/).waitFor()
  await shoot(page, 'settings')
  await page.getByRole('link', { name: /Langue et fuseau horaire/ }).click()
  await page.getByRole('heading', { level: 1, name: 'Langue et fuseau horaire' }).waitFor()
  await checkAccessible(page, 'language of a hosted account')
  await page.getByRole('link', { name: 'Utilisateurs', exact: true }).click()
  await page.getByRole('button', { name: 'Inviter une personne' }).click()
  await page.getByLabel('Nom complet').fill('Bastien Roy')
  await page.getByRole('dialog').getByLabel('Adresse électronique').fill('bastien@maison-berthe.fr')
  await checkAccessible(page, 'inviting into a hosted account')
  await shoot(page, 'invite')
  await page.getByRole('button', { name: 'Envoyer l’invitation' }).click()
  await page.getByText('Invitation envoyée à bastien@maison-berthe.fr.').waitFor()
  await page.getByText('Bastien Roy').first().waitFor()
  await shoot(page, 'users')
  await checkAccessible(page, 'users of a hosted account')
  // The colleague comes by the mail's link, on a phone.
  const colleague = await product.visitor({ width: 390, height: 844 })
  await colleague.page.goto(linkIn(await product.mailTo('bastien@maison-berthe.fr')))
  await colleague.page.getByLabel('Votre mot de passe').fill('onze phares dans la nuit')
  await checkAccessible(colleague.page, 'invitation to a hosted account')
  await colleague.page.getByRole('button', { name: 'Entrer dans l’espace' }).click()
  await colleague.page.getByRole('heading', { level: 1, name: /Bonjour Bastien/ }).waitFor()
  await shoot(colleague.page, 'home-phone')
  assert.equal(await colleague.page.getByRole('link', { name: 'Utilisateurs', exact: true }).count(), 0)
  assert.deepEqual([...faults, ...colleague.faults], [])
})

test('the agency enters by Connexion, acts under the violet bar, and comes back to where it was', async () => {
  await signInAs(product.t, agency, agency.owner)
  const visitor = await product.visitor()
  const { page, context, faults } = visitor
  const value = agency.owner.browser.cookies['session'] ?? ''
  await context.addCookies([{ name: 'session', value, url: product.url('/', agency.slug) }])
  await page.goto(product.url('/revente?q=berthe', agency.slug))
  const row = page.getByRole('row', { name: /Maison Berthe/ })
  await row.hover()
  await row.getByRole('button', { name: /Connexion/ }).click()
  const bar = page.getByRole('region', { name: 'Session pour le compte de quelqu’un' })
  await bar.getByText('Vous agissez pour').waitFor()
  assert.equal(new URL(page.url()).host, `maison-berthe.localhost:${product.port}`)
  assert.ok((await bar.innerText()).includes('Maison Berthe'))
  await page.getByRole('heading', { level: 1, name: 'Maison Berthe' }).waitFor()
  await shoot(page, 'visit')
  await checkAccessible(page, 'inside a hosted account')
  await page.getByRole('link', { name: 'Paramètres' }).click()
  await page
    .getByText(/Mot de passe/)
    .first()
    .waitFor()
  assert.equal(await page.getByRole('button', { name: 'Changer de mot de passe' }).count(), 0)
  await bar.getByRole('button', { name: 'Passer en lecture seule' }).click()
  await bar.getByRole('button', { name: 'Lecture seule' }).waitFor()
  await bar.getByRole('button', { name: 'Quitter l’espace' }).click()
  await page.waitForURL(product.url('/revente?q=berthe', agency.slug))
  await page.locator('main h1').first().waitFor()
  // The account's administrator reads who it was.
  const hers = await product.visitor()
  await signIn(hers, 'admin', chosen)
  await hers.page.getByRole('link', { name: 'Tout voir' }).click()
  await hers.page.getByRole('heading', { level: 1, name: 'Interventions' }).waitFor()
  await hers.page.getByText(agency.owner.name).first().waitFor()
  await shoot(hers.page, 'visits')
  await checkAccessible(hers.page, 'visits to a hosted account')
  assert.deepEqual([...faults, ...hers.faults], [])
})

test('closed under one’s eyes within a second, read-only once expired; why is not said', async () => {
  const visitor = await product.visitor({ dark: true })
  const { page, faults } = visitor
  await signIn(visitor, 'helene@maison-berthe.fr', chosen)
  const set = async (status: string) => {
    await product.t.sql(`update hosted_account set status = $2 where id = $1`, [account.id, status])
    await product.t.sql(
      `select pg_notify('canopee_events', json_build_object('agencyId', $1::text, 'kind', 'hosted_accounts', 'id', $2::text)::text)`,
      [agency.id, account.id],
    )
  }
  // The stream of events opens just after the page.
  await page.waitForTimeout(500)
  const before = Date.now()
  await set('suspended')
  await page.getByRole('heading', { level: 1, name: 'Cet espace est fermé pour le moment' }).waitFor()
  assert.ok(Date.now() - before < 1500, `${Date.now() - before} ms`)
  await shoot(page, 'closed-dark')
  await checkAccessible(page, 'a closed account')
  assert.doesNotMatch(await page.innerText('body'), /suspend|impay|expir|factur/i)
  await set('expired')
  await page.reload()
  await page
    .getByText(/lecture seule/)
    .first()
    .waitFor()
  await shoot(page, 'read-only-dark')
  await page.getByRole('link', { name: 'Utilisateurs', exact: true }).click()
  assert.ok(await page.getByRole('button', { name: 'Inviter une personne' }).isDisabled())
  assert.doesNotMatch(await page.innerText('body'), /suspend|impay|expir|factur/i)
  assert.deepEqual(faults, [])
})
