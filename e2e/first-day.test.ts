import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { checkAccessible } from './axe.ts'
import { linkIn, pictures, startProduct, type Product, type Visitor } from './product.ts'

// The first day of an agency, by hand: sign-up, import, invitation, who sees what, why, and access ended.

const file = join(import.meta.dirname, '../src/features/imports/test-files/clients-export.csv')
const password = 'quatre corbeaux 91 violets'
let product: Product
let owner: Visitor
let lea: Visitor

before(async () => {
  product = await startProduct()
  owner = await product.visitor()
  lea = await product.visitor({ width: 390, height: 844 })
})
after(() => product.close())

/** Runs a step; a failure leaves a picture of both screens. */
async function step(what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    for (const [name, visitor] of Object.entries({ owner, lea }))
      await visitor.page
        .screenshot({ path: join(pictures, `${what.replaceAll(/\W+/g, '-')}-${name}.png`) })
        .catch(() => {})
    throw error
  }
}

test('sign-up on an empty installation', () =>
  step('sign-up', async () => {
    const { page } = owner
    await page.goto(product.url('/'))
    await page.getByRole('link', { name: 'Créer votre agence' }).click()
    await page.getByLabel('Nom de l’agence').fill('Studio Aurore')
    await page.getByLabel('Votre nom').fill('Camille Rousseau')
    await page.getByLabel('Votre adresse électronique').fill('camille@aurore.example')
    await page.getByLabel('Mot de passe', { exact: true }).fill(password)
    await checkAccessible(page, 'sign-up')
    await page.getByRole('button', { name: 'Créer l’agence' }).click()
    await page.waitForURL(product.url('/', 'studio-aurore'))
    await page.getByRole('heading', { name: /Bonjour Camille/ }).waitFor()
    await checkAccessible(page, 'home')
    await page.goto(linkIn(await product.mailTo('camille@aurore.example')))
    await page.getByRole('button', { name: 'Confirmer mon adresse' }).click()
    await page
      .getByText(/confirmée/i)
      .first()
      .waitFor()
  }))

test('the real file goes in, each fault said', () =>
  step('import', async () => {
    const { page } = owner
    await page.goto(product.url('/clients', 'studio-aurore'))
    await page
      .getByRole('link', { name: /Importer/ })
      .first()
      .click()
    await page.setInputFiles('input[type=file]', file)
    await page.getByRole('button', { name: 'Vérifier 126 lignes' }).click()
    await page.getByRole('button', { name: 'Importer 121 clients' }).waitFor()
    for (const fault of [
      'SIREN dont la clé est fausse',
      'Date qui n’existe pas',
      'Adresse électronique mal formée',
      'Nom du client absent',
      'Client présent deux fois dans le fichier',
      'Formule gardée comme texte',
      'Montant avec un signe de monnaie',
      'Adresse mise en minuscules',
    ])
      await page.getByText(fault).waitFor()
    await checkAccessible(page, 'import')
    // A reload in the middle loses nothing.
    await page.reload()
    await page.getByRole('button', { name: 'Importer 121 clients' }).click()
    await page.getByRole('link', { name: 'Voir les clients' }).click()
    await page.getByText('121 clients', { exact: true }).first().waitFor()
    await checkAccessible(page, 'clients')
  }))

test('an invited colleague sets a password and sees exactly what is theirs', () =>
  step('invitation', async () => {
    const { page } = owner
    await page.goto(product.url('/sous-comptes', 'studio-aurore'))
    await page.getByRole('button', { name: 'Nouveau sous-compte' }).first().click()
    const form = page.getByRole('dialog')
    await form.getByLabel('Nom', { exact: true }).fill('Léa Garnier')
    await form.getByLabel('Adresse électronique').fill('lea@aurore.example')
    await form
      .getByRole('combobox', { name: 'Clients assignés' })
      .or(form.getByLabel('Clients assignés'))
      .first()
      .fill('michelin')
    await page.getByRole('option', { name: /Michelin/ }).click()
    await checkAccessible(page, 'new sub-account')
    await form.getByRole('button', { name: 'Créer le sous-compte' }).click()
    await page
      .getByText(/Invitation envoyée/)
      .first()
      .waitFor()

    await lea.page.goto(linkIn(await product.mailTo('lea@aurore.example')))
    await lea.page.getByLabel('Choisissez un mot de passe', { exact: true }).fill('douze hérissons bleus 47')
    await checkAccessible(lea.page, 'invitation on a phone')
    await lea.page.getByRole('button', { name: 'Ouvrir mon espace' }).click()
    await lea.page.waitForURL(/\/(clients)?$/)
    await lea.page.goto(product.url('/clients', 'studio-aurore'))
    // Seed A: her own client and all those assigned to nobody.
    await lea.page.getByText('Michelin').first().waitFor()
    await lea.page.getByText('Accor').first().waitFor()
    await checkAccessible(lea.page, 'clients on a phone')
  }))

test('the unassigned rule is turned off, and explain says why', () =>
  step('unassigned', async () => {
    const { page } = owner
    await page.goto(product.url('/sous-comptes', 'studio-aurore'))
    await page.getByText('Léa Garnier').first().click()
    await page.getByRole('switch', { name: /clients non assignés/ }).click()
    await page.getByText(/ne voit plus les clients non assignés/).waitFor()
    await lea.page.goto(product.url('/clients', 'studio-aurore'))
    await lea.page.getByText('Michelin').first().waitFor()
    assert.equal(await lea.page.getByText('Accor').count(), 0)
    await page.goto(product.url('/clients?q=michelin', 'studio-aurore'))
    await page.getByText('Michelin').first().click()
    await page.getByRole('tab', { name: 'Accès' }).click()
    await page.getByText('Qui voit ce client').first().waitFor()
    await page.getByText('Assignation directe').first().waitFor()
    await checkAccessible(page, 'who sees this client')
  }))

test('disabling closes her session at once and mails her', () =>
  step('disable', async () => {
    const { page } = owner
    await page.goto(product.url('/sous-comptes', 'studio-aurore'))
    await page.getByText('Léa Garnier').first().click()
    await page.getByRole('button', { name: /Accès activé/ }).click()
    await page.getByRole('menuitem', { name: /Accès désactivé|Désactiver l’accès/ }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Désactiver l’accès/ })
      .click()
    await page
      .getByText(/désactivé/)
      .first()
      .waitFor()
    await product.mailTo('lea@aurore.example', /désactivé/)
    await lea.page.goto(product.url('/clients', 'studio-aurore'))
    await lea.page.waitForURL(/connexion/)
  }))

test('the journal tells it all, and no page complained', () =>
  step('journal', async () => {
    const { page } = owner
    await page.goto(product.url('/journal', 'studio-aurore'))
    await page.getByText('Import terminé').first().waitFor()
    await checkAccessible(page, 'journal')
    assert.deepEqual([...owner.faults, ...lea.faults], [])
  }))
