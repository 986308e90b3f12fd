import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { toPublicId } from '../src/contract/ids.ts'
import { makeAgency, makeClient, makeMember } from '../src/server/testing-people.ts'
import type { TestAgency, TestMember } from '../src/server/testing-people.ts'
import { checkAccessible } from './axe.ts'
import { startProduct } from './product.ts'
import type { Product, Visitor } from './product.ts'

// One client from its creation to the archive, mostly without a mouse.

let product: Product
let agency: TestAgency
let lea: TestMember

before(async () => {
  product = await startProduct()
  agency = await makeAgency(product.t, { slug: 'fiches', name: 'Studio Fiches' })
  lea = await makeMember(product.t, agency, { role: 'consultant', name: 'Léa Morel' })
})

after(() => product.close())

/** A visitor with a member's session, on a page. */
async function visit(
  path: string,
  member: TestMember = agency.owner,
  options?: Parameters<Product['visitor']>[0],
): Promise<Visitor> {
  const visitor = await product.visitor(options)
  const value = member.browser.cookies['session'] ?? ''
  await visitor.context.addCookies([{ name: 'session', value, url: product.url('/', agency.slug) }])
  await visitor.page.goto(product.url(path, agency.slug))
  await visitor.page.locator('main h1').first().waitFor()
  return visitor
}

async function onTab(page: Page, tab: string): Promise<void> {
  await page.waitForURL((url) => new RegExp(`^/clients/cli_[0-9a-f]+${tab}$`).test(url.pathname))
}

const notice = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()
const undo = (page: Page) => page.keyboard.press('Control+z')

test('N makes a client, a look-alike is shown first, and assigning it can be undone', async () => {
  const twin = await makeClient(product.t, agency, { name: 'Maison Berthe' })
  const { page, context, faults } = await visit('/')
  await page.keyboard.press('n')
  const dialog = page.getByRole('dialog', { name: 'Nouveau client' })
  await dialog.getByLabel('Nom').fill('maison-berthe')
  await checkAccessible(page, 'new client')
  await page.keyboard.press('Enter')
  await dialog.getByText('Un client ressemble déjà à celui-ci.').waitFor()
  assert.equal(
    await dialog.getByRole('link', { name: 'Ouvrir la fiche de Maison Berthe' }).getAttribute('href'),
    `/clients/${toPublicId('client', twin.id)}`,
  )
  await checkAccessible(page, 'look-alikes')
  await dialog.getByRole('button', { name: 'Créer quand même' }).click()
  await onTab(page, '')
  await page.getByRole('heading', { level: 1, name: 'maison-berthe' }).waitFor()
  await notice(page, 'Ce client n’est assigné à personne.')
  await page.getByText(/2 personnes le voient/).waitFor()

  await page.getByRole('button', { name: 'Assigner' }).focus()
  await page.keyboard.press('Enter')
  const lea = page.getByRole('checkbox', { name: /Léa Morel/ })
  await lea.waitFor()
  await checkAccessible(page, 'people picker')
  await lea.focus()
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'Enregistrer les assignations' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Léa Morel' }).waitFor()
  assert.equal(await page.getByText('Ce client n’est assigné à personne.').count(), 0)
  await undo(page)
  await notice(page, 'Ce client n’est assigné à personne.')
  assert.deepEqual(faults, [])
  await context.close()
})

test('values are edited in place, refused in their own words and undone', async () => {
  const client = await makeClient(product.t, agency, { name: 'Optique Gaillard', assignees: [lea] })
  const { page, context, faults } = await visit(`/clients/${toPublicId('client', client.id)}/profil`)
  const edit = async (field: string, text: string) => {
    await page.getByRole('button', { name: `Modifier ${field}` }).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.type(text)
    await page.keyboard.press('Enter')
  }
  await edit('Ville', 'Lyon')
  await page.getByRole('button', { name: /Modifier Ville.*Lyon/ }).waitFor()
  await undo(page)
  await page.getByRole('button', { name: /Modifier Ville.*Ajouter/ }).waitFor()
  await edit('Budget mensuel', 'beaucoup')
  await page.getByText('Indiquez un montant').waitFor()
  await checkAccessible(page, 'refused in place')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('4 100,50 €')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /Modifier Budget mensuel.*4\s100,50/ }).waitFor()
  await edit('Site web', 'pas un site')
  await page.getByText('Cette adresse de site est incomplète').waitFor()
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: /Changer le statut/ }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Archiver le client' }).press('Enter')
  await notice(page, 'Ce client est archivé')
  await checkAccessible(page, 'archived client')
  await undo(page)
  await page.getByText('Ce client est archivé').waitFor({ state: 'detached' })

  await page.getByRole('tab', { name: 'Historique' }).click()
  await onTab(page, '/historique')
  const event = page.locator('article', { hasText: 'Budget mensuel' })
  assert.match(
    ((await event.textContent()) ?? '').replaceAll(/\s/g, ' '),
    /Fiche modifiée.*Budget mensuel.*vide.*→.*4 100,50 €/,
  )
  await checkAccessible(page, 'client history')
  assert.deepEqual(faults, [])
  await context.close()
})

test('billing numbers are checked while typing, and nothing typed is lost', async () => {
  const client = await makeClient(product.t, agency, { name: 'Garage Vasseur' })
  const path = `/clients/${toPublicId('client', client.id)}/facturation`
  const { page, context, faults } = await visit(path)
  await page.getByLabel('SIREN', { exact: true }).fill('732 829 321')
  await page.keyboard.press('Tab')
  await page.getByText('Ce SIREN n’existe pas').waitFor()
  await checkAccessible(page, 'billing refused')
  await page.getByLabel('SIREN', { exact: true }).fill('732 829 320')
  await page.getByRole('button', { name: 'Utiliser FR44732829320' }).click()
  await page.getByLabel('Dénomination').fill('Garage Vasseur SARL')
  await page.waitForTimeout(600)
  await page.reload()
  await page.getByText('Nous avons repris votre brouillon.').waitFor()
  assert.equal(await page.getByLabel('Dénomination').inputValue(), 'Garage Vasseur SARL')
  await page.getByRole('button', { name: 'Enregistrer les coordonnées' }).click()
  await notice(page, 'Coordonnées de facturation enregistrées.')
  const [saved] = await product.t.sql<{ siren: string; vat_number: string }>(
    'select siren, vat_number from billing_profile where client_id = $1',
    [client.id],
  )
  assert.deepEqual(saved, { siren: '732829320', vat_number: 'FR44732829320' })
  assert.deepEqual(faults, [])
  await context.close()
})

test('notes are written, changed, deleted and taken back', async () => {
  const client = await makeClient(product.t, agency, { name: 'Clinique Delmas', assignees: [lea] })
  const { page, context, faults } = await visit(`/clients/${toPublicId('client', client.id)}`, lea)
  await page.getByLabel('Nouvelle note').fill('Rappeler jeudi.')
  await page.keyboard.press('Control+Enter')
  const card = page.locator('.note-card')
  await card.getByText('Rappeler jeudi.').waitFor()
  await card.getByRole('button', { name: 'Actions sur la note' }).click()
  await page.getByRole('menuitem', { name: 'Modifier la note' }).click()
  await card.getByRole('textbox').fill('Rappelé.')
  await checkAccessible(page, 'note being changed')
  await page.keyboard.press('Control+Enter')
  await card.getByText('Rappelé.').waitFor()
  await card.getByRole('button', { name: 'Actions sur la note' }).click()
  await page.getByRole('menuitem', { name: 'Supprimer la note' }).click()
  await card.waitFor({ state: 'detached' })
  await undo(page)
  await card.getByText('Rappelé.').waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

test('every tab is accessible, dark and on a phone', async () => {
  const client = await makeClient(product.t, agency, { name: 'Cave Noël' })
  for (const tab of ['', '/profil', '/facturation', '/acces', '/historique']) {
    const path = `/clients/${toPublicId('client', client.id)}${tab}`
    for (const options of [{ dark: true }, { width: 390, height: 844 }]) {
      const { page, context, faults } = await visit(path, agency.owner, options)
      await page.getByRole('tab', { selected: true }).waitFor()
      // What the tab reads arrives after its frame; a stream stays open, so that the network is never idle.
      await page.waitForTimeout(800)
      await checkAccessible(page, `client${tab} ${JSON.stringify(options)}`)
      assert.ok(
        await page.evaluate('document.documentElement.scrollWidth <= innerWidth'),
        `${tab} is wider than the screen`,
      )
      assert.deepEqual(faults, [])
      await context.close()
    }
  }
})
