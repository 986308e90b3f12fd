import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { goodPassword, makeUser } from '../src/features/sign-in/testing.ts'
import { makeAgency, type TestAgency } from '../src/server/testing-people.ts'
import { checkAccessible } from './axe.ts'
import { linkIn, startProduct, type Product, type Visitor } from './product.ts'

// The ways in, as somebody at a browser goes them: wrong, locked, forgotten, second factor, passkey, ended elsewhere.

let product: Product
let agency: TestAgency

before(async () => {
  product = await startProduct()
  agency = await makeAgency(product.t, { slug: 'entree', name: 'Maison Berthe' })
})

after(() => product.close())

async function arrive(path: string, options?: Parameters<Product['visitor']>[0]): Promise<Visitor> {
  const visitor = await product.visitor(options)
  await visitor.page.goto(product.url(path, agency.slug))
  await visitor.page.locator('h1').first().waitFor()
  return visitor
}

async function signIn(page: Page, email: string, password = goodPassword): Promise<void> {
  await page.getByLabel('Adresse électronique').fill(email)
  await page.getByLabel('Mot de passe', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
}

/** In: the profile shows, where one asked to go. */
async function isIn(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Mon profil' }).waitFor()
}

test('wrong, locked, back, forgotten, and in by the mail’s link (B50, B53, B54)', async () => {
  await makeUser(product.t, agency, 'lea@exemple.fr')
  const { page, context, faults } = await arrive('/connexion?retour=/profil')
  await checkAccessible(page, 'sign-in')
  await signIn(page, 'lea@exemple.fr', 'pas le bon')
  await page.getByText('Il reste 4 essais.').waitFor()
  await checkAccessible(page, 'wrong password')
  for (const left of ['3 essais', '2 essais', 'un essai']) {
    await signIn(page, 'lea@exemple.fr', 'pas le bon')
    await page.getByText(`Il reste ${left}.`).waitFor()
  }
  await signIn(page, 'lea@exemple.fr', 'pas le bon')
  await page.getByRole('heading', { name: 'Tentative échouée' }).waitFor()
  await page.getByRole('timer').waitFor()
  await checkAccessible(page, 'locked')
  await page.getByRole('button', { name: 'Retour' }).click()
  // The right one is refused too (B55).
  await signIn(page, 'lea@exemple.fr')
  await page.getByRole('heading', { name: 'Tentative échouée' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: /Mot de passe oublié/ }).click()
  // The form before has a field of the same name.
  await page.getByRole('heading', { name: 'Mot de passe oublié' }).waitFor()
  await page.getByLabel('Adresse électronique').fill('lea@exemple.fr')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Consultez votre messagerie' }).waitFor()
  await page.goto(linkIn(await product.mailTo('lea@exemple.fr')))
  const field = page.getByLabel('Nouveau mot de passe')
  await field.fill('motdepasse2026')
  await page.keyboard.press('Enter')
  await page.getByText('fait partie de ceux qu’on essaie en premier').waitFor()
  await checkAccessible(page, 'refused password')
  await field.fill('quatre chaises au jardin')
  await page.getByText('Très solide.').waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(product.url('/', agency.slug))
  await page
    .getByRole('button', { name: /Rechercher/ })
    .first()
    .waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

test('a session ended elsewhere leaves the page at once, and sign-in leads back', async () => {
  const user = await makeUser(product.t, agency, 'hugo@exemple.fr')
  const { page, context, faults } = await arrive('/connexion?retour=/profil/sessions')
  await signIn(page, 'hugo@exemple.fr')
  await isIn(page)
  await page.getByText('Cet appareil').waitFor()
  await checkAccessible(page, 'sessions')
  // Whoever is in has nothing to do on the sign-in page.
  await page.goto(product.url('/connexion?retour=/profil/sessions', agency.slug))
  await isIn(page)
  // The stream of events must be open before there is something to hear.
  await page.waitForTimeout(1000)
  const other = await arrive('/connexion?retour=/profil/sessions')
  await signIn(other.page, 'hugo@exemple.fr')
  await other.page.getByRole('button', { name: /Fermer les 2 autres sessions/ }).click()
  await page.getByRole('heading', { name: 'Connexion' }).waitFor()
  assert.equal(new URL(page.url()).searchParams.get('retour'), '/profil/sessions')
  await signIn(page, user.email)
  await isIn(page)
  assert.deepEqual(faults, [])
  await context.close()
  await other.context.close()
})

test('second factor: set up, asked for, and a recovery code in its place', async () => {
  await makeUser(product.t, agency, 'ines@exemple.fr')
  const { page, context, faults } = await arrive('/connexion?retour=/profil/securite')
  await signIn(page, 'ines@exemple.fr')
  await isIn(page)
  await checkAccessible(page, 'security')
  await page.getByRole('button', { name: 'Activer la double vérification' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Votre mot de passe actuel').fill(goodPassword)
  await page.keyboard.press('Enter')
  await dialog.getByRole('img', { name: /Code à scanner/ }).waitFor()
  await checkAccessible(page, 'set-up')
  const secret = ((await dialog.locator('code').textContent()) ?? '').replaceAll(' ', '')
  await dialog
    .getByLabel('Code affiché par l’application')
    .fill(new TOTP({ secret: Secret.fromBase32(secret) }).generate())
  await page.keyboard.press('Enter')
  await dialog.getByText('Gardez vos codes de secours').waitFor()
  await checkAccessible(page, 'recovery codes')
  const [code] = ((await dialog.locator('code').textContent()) ?? '').split('\n')
  await dialog.getByRole('button', { name: 'Je les ai gardés' }).click()
  await page.getByText('Il reste 10 codes de secours').waitFor()
  const other = await arrive('/connexion?retour=/profil/securite', { width: 390, height: 844 })
  await signIn(other.page, 'ines@exemple.fr')
  await other.page.getByLabel('Code de l’application').fill('000000')
  await other.page.keyboard.press('Enter')
  await other.page.getByText('Ce code n’est pas le bon').waitFor()
  await checkAccessible(other.page, 'wrong code')
  await other.page.getByRole('button', { name: 'Utiliser un code de secours' }).click()
  await other.page.getByLabel('Code de secours').fill(code!)
  await other.page.keyboard.press('Enter')
  await other.page.getByText('Il reste 9 codes de secours').waitFor()
  assert.deepEqual([...faults, ...other.faults], [])
  await context.close()
  await other.context.close()
})

test('a passkey of the device: added with the password, then in without it', async () => {
  await makeUser(product.t, agency, 'paul@exemple.fr')
  const { page, context, faults } = await arrive('/connexion?retour=/profil/securite')
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await signIn(page, 'paul@exemple.fr')
  await isIn(page)
  await page.getByRole('button', { name: 'Ajouter une clé d’accès' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Nom de la clé').fill('Ordinateur du bureau')
  await dialog.getByLabel('Votre mot de passe actuel').fill(goodPassword)
  await page.keyboard.press('Enter')
  await page.getByText('Ordinateur du bureau').waitFor()
  await checkAccessible(page, 'passkeys')
  await context.clearCookies()
  await page.goto(product.url('/connexion?retour=/profil/securite', agency.slug))
  await page.getByRole('button', { name: 'Utiliser une clé d’accès' }).click()
  await isIn(page)
  await page.getByText(/Utilisée/).waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})
