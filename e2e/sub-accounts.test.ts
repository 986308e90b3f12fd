import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { hashPassword } from '../src/features/passwords/public.ts'
import { makeAgency, makeClient, makeMember, type TestAgency } from '../src/server/testing-people.ts'
import { checkAccessible } from './axe.ts'
import { linkIn, pictures, startProduct, type Product, type Visitor } from './product.ts'

// Sub-accounts in the browser: an owner's whole round of A13 to A22, then what a manager may of it.

const password = 'quatre corbeaux 91 violets'
let product: Product
let agency: TestAgency
let owner: Visitor

before(async () => {
  product = await startProduct()
  const { t } = product
  agency = await makeAgency(t, { slug: 'equipe', name: 'Studio Équipe' })
  const passwordHash = await hashPassword(password)
  await t.sql(
    `update realm_user set name = 'Camille Rousseau', email = 'camille@equipe.example', email_key = 'camille@equipe.example', password_hash = $2 where id = $1`,
    [agency.owner.userId, passwordHash],
  )
  const karim = await makeMember(t, agency, {
    role: 'manager',
    name: 'Karim Haddad',
    email: 'karim@equipe.example',
    passwordHash,
  })
  const elise = await makeMember(t, agency, { role: 'manager', name: 'Élise Brunet', passwordHash })
  await makeMember(t, agency, { role: 'consultant', name: 'Jade Moreau', parent: elise })
  await makeMember(t, agency, { role: 'consultant', name: 'Adrien Colas', parent: karim })
  for (const name of ['Atelier Vidal', 'Boulangerie Berthe', 'Cave Noël'])
    await makeClient(t, agency, { name })
  owner = await signedIn('camille@equipe.example')
})
after(() => product.close())

async function signedIn(email: string, options = {}): Promise<Visitor> {
  const visitor = await product.visitor(options)
  const { page } = visitor
  await page.goto(product.url('/connexion?retour=/sous-comptes', 'equipe'))
  await page.getByLabel('Adresse électronique').fill(email)
  await page.getByLabel('Mot de passe', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /Sous-comptes/ }).waitFor()
  return visitor
}

async function step(
  what: string,
  visitor: Visitor,
  work: (page: Visitor['page']) => Promise<void>,
): Promise<void> {
  try {
    await work(visitor.page)
    assert.deepEqual(visitor.faults, [])
  } catch (error) {
    await visitor.page.screenshot({ path: join(pictures, `sub-accounts-${what}.png`) }).catch(() => {})
    throw error
  }
}

test('a sub-account is made without a mouse, what was typed outlives a refusal', () =>
  step('keyboard', owner, async (page) => {
    await page.getByRole('button', { name: 'Nouveau sous-compte' }).focus()
    await page.keyboard.press('Enter')
    const form = page.getByRole('dialog')
    await form.getByLabel('Nom', { exact: true }).waitFor()
    await page.keyboard.type('Paul Petit')
    await page.keyboard.press('Tab')
    await page.keyboard.type('camille@equipe.example')
    await page.keyboard.press('Enter')
    await form.getByText('Cette adresse a déjà un sous-compte dans votre agence.').waitFor()
    assert.equal(await form.getByLabel('Nom', { exact: true }).inputValue(), 'Paul Petit')
    // The field in error has the focus.
    await page.keyboard.press('Control+a')
    await page.keyboard.type('paul@equipe.example')
    await page.keyboard.press('Enter')
    await page.getByText('Invitation envoyée à paul@equipe.example.').waitFor()
    await page.getByText('Paul Petit').waitFor()
  }))

test('an address invited already is offered its link again, and only the newest works', () =>
  step('again', owner, async (page) => {
    const first = linkIn(await product.mailTo('paul@equipe.example'))
    await page.getByRole('button', { name: 'Nouveau sous-compte' }).click()
    const form = page.getByRole('dialog')
    await form.getByLabel('Nom', { exact: true }).fill('Paul')
    await form.getByLabel('Adresse électronique').fill('PAUL@equipe.example')
    await form.getByRole('button', { name: 'Créer le sous-compte' }).click()
    await form.getByRole('button', { name: 'Renvoyer l’invitation' }).click()
    await page.getByText(/Nouvelle invitation envoyée/).waitFor()
    const guest = await product.visitor()
    await guest.page.goto(first)
    await guest.page.getByRole('heading', { name: 'Cette invitation n’est plus valable' }).waitFor()
    await checkAccessible(guest.page, 'spent invitation')
  }))

test('inviting a client names the clients it would read, and hides them in one click', () =>
  step('client', owner, async (page) => {
    await page.getByRole('button', { name: 'Nouveau sous-compte' }).click()
    const form = page.getByRole('dialog')
    await form.getByLabel('Nom', { exact: true }).fill('Boulangerie Berthe')
    await form.getByLabel('Adresse électronique').fill('berthe@equipe.example')
    await form.getByText('Client', { exact: true }).click()
    await form.getByText(/3 clients aujourd’hui/).waitFor()
    await checkAccessible(page, 'inviting a client')
    await form.getByRole('button', { name: 'Ne pas les montrer' }).click()
    assert.equal(await form.getByRole('switch').isChecked(), false)
    await form.getByRole('button', { name: 'Créer le sous-compte' }).click()
    await page.getByText('Invitation envoyée à berthe@equipe.example.').waitFor()
    const [row] = await product.t.sql<{ sees_unassigned: boolean }>(
      `select m.sees_unassigned from member m join realm_user u on u.id = m.user_id where u.email = 'berthe@equipe.example'`,
    )
    assert.equal(row!.sees_unassigned, false)
  }))

test('clients are ticked from the sub-account, and Ctrl+Z takes it back', () =>
  step('assign', owner, async (page) => {
    await page.getByLabel('Rechercher dans les sous-comptes').fill('jade')
    await page.getByText('Jade Moreau').click()
    await page.getByRole('button', { name: 'Assigner des clients' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByPlaceholder('Nom, domaine, ville…').fill('noel')
    await dialog.getByRole('checkbox', { name: /Cave Noël/ }).click()
    await checkAccessible(page, 'assigning clients')
    await dialog.getByRole('button', { name: 'Assigner 1 client' }).click()
    // The notice's own sentence: the foot of the list says the same, and sooner.
    await page
      .locator('.toast')
      .getByText(/1 client assigné/)
      .waitFor()
    await page.keyboard.press('Control+z')
    await page.getByText('Aucun client n’est assigné à Jade Moreau').waitFor()
  }))

test('role and place change together, and back', () =>
  step('role', owner, async (page) => {
    await page.getByRole('tab', { name: 'Profil' }).click()
    await page.getByRole('button', { name: 'Modifier le rôle' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: /Placé sous/ }).fill('karim')
    await page.getByRole('option', { name: /Karim Haddad/ }).click()
    await checkAccessible(page, 'role and place')
    await dialog.getByRole('button', { name: 'Modifier le rôle' }).click()
    await page.getByText('Karim Haddad').waitFor()
    await page.getByRole('button', { name: 'Annuler' }).click()
    await page.getByText('Élise Brunet').waitFor()
    await page.getByRole('tab', { name: 'Historique' }).click()
    await page.getByText('Rôle modifié').first().waitFor()
    await checkAccessible(page, 'history of a sub-account')
  }))

test('a manager sees and makes what is below, on a phone', async () => {
  const karim = await signedIn('karim@equipe.example', { width: 390, height: 844 })
  await step('manager', karim, async (page) => {
    await page.getByText('Adrien Colas').waitFor()
    assert.equal(await page.getByText('Jade Moreau').count(), 0)
    await checkAccessible(page, 'sub-accounts on a phone')
    await page.getByRole('button', { name: 'Nouveau sous-compte' }).click()
    const form = page.getByRole('dialog')
    await form.getByText('Consultant', { exact: true }).waitFor()
    assert.equal(await form.getByText('Propriétaire', { exact: true }).count(), 0)
    assert.equal(await form.getByRole('textbox', { name: 'Placé sous' }).inputValue(), 'Karim Haddad')
  })
})
