import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { toPublicId } from '../src/contract/ids.ts'
import { enterAsOperator } from '../src/features/operator/testing.ts'
import { fundClient, makeItem } from '../src/features/orders/testing.ts'
import { makeAgency, makeClient, makeMember } from '../src/server/testing-people.ts'
import type { TestAgency, TestMember } from '../src/server/testing-people.ts'
import { checkAccessible } from './axe.ts'
import { startProduct } from './product.ts'
import type { Product, Visitor } from './product.ts'

// An order from a consultant's cart to its client's approval, through the operator's queue.

let product: Product
let agency: TestAgency
let lea: TestMember
let claire: TestMember
let site: Server
let client: { id: string }

before(async () => {
  site = createServer((_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end('<title>Les Savons de Claire</title><a href="https://savons.fr/">Savons</a>')
  })
  await new Promise<void>((done) => site.listen(0, '127.0.0.1', done))
  product = await startProduct({ FETCH_ALLOWED: `127.0.0.1:${(site.address() as AddressInfo).port}` })
  const { t } = product
  agency = await makeAgency(t, { slug: 'commandes', name: 'Studio Commandes' })
  lea = await makeMember(t, agency, { role: 'consultant', name: 'Léa Morel' })
  claire = await makeMember(t, agency, { role: 'client', name: 'Claire Roux' })
  client = await makeClient(t, agency, { name: 'Savonnerie Roux', assignees: [lea, claire] })
  await fundClient(t, agency, client.id, 100_000n)
  await makeItem(t, { price: 25_000, name: 'Article du Journal des savons' })
})

after(async () => {
  await product.close()
  site.closeAllConnections()
  site.close()
})

async function visit(
  path: string,
  who: TestMember,
  options?: Parameters<Product['visitor']>[0],
): Promise<Visitor> {
  const visitor = await product.visitor(options)
  const value = who.browser.cookies['session'] ?? ''
  await visitor.context.addCookies([{ name: 'session', value, url: product.url('/', agency.slug) }])
  await visitor.page.goto(product.url(path, agency.slug))
  await visitor.page.locator('main h1').first().waitFor()
  return visitor
}

test('a consultant plans a campaign and orders for the client; before and after are shown', async () => {
  const { page, context, faults } = await visit(`/clients/${toPublicId('client', client.id)}/projets`, lea)
  await page.getByRole('button', { name: 'Nouvelle campagne' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Nom de la campagne').fill('Printemps')
  await dialog.getByLabel('Budget').fill('600')
  await checkAccessible(page, 'new campaign')
  await dialog.getByRole('button', { name: 'Créer la campagne' }).click()
  await page.getByRole('heading', { name: 'Printemps' }).waitFor()
  await checkAccessible(page, 'campaign')
  await page.getByRole('link', { name: 'Nouvelle commande' }).first().click()
  await page.getByRole('heading', { name: 'Commander pour Savonnerie Roux' }).waitFor()
  await page.getByRole('textbox', { name: 'Ajouter un article' }).fill('savons')
  await page.getByRole('option', { name: /Article du Journal des savons/ }).click()
  await page.getByLabel('Page cible').fill('savons.fr')
  await page.getByLabel('Texte du lien').fill('Savons')
  await page.getByLabel('Consignes').click()
  await checkAccessible(page, 'cart')
  await page.getByText('750,00').first().waitFor()
  await page.getByRole('button', { name: /Commander pour 250,00/ }).click()
  await checkAccessible(page, 'place')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Commander pour 250,00/ })
    .click()
  await page.getByRole('heading', { name: /Commande n°\s1$/ }).waitFor()
  await page.getByText('Savons', { exact: true }).first().waitFor()
  await page.getByLabel('Message', { exact: true }).fill('Merci de publier avant le 15.')
  await page.getByRole('button', { name: 'Envoyer le message' }).click()
  await page.locator('.note-text', { hasText: 'avant le 15' }).waitFor()
  await checkAccessible(page, 'order')
  assert.deepEqual(faults, [])
  await context.close()
})

test('the operator accepts, answers and delivers with a proof, which is checked while one looks', async () => {
  const staff = await enterAsOperator(product.t)
  const { page, context, faults } = await product.visitor()
  await context.addCookies([
    { name: 'session', value: staff.cookies['session'] ?? '', url: product.url('/') },
  ])
  await page.goto(product.url('/exploitant/commandes'))
  const row = page.locator('tr.grid-row')
  await row.first().waitFor()
  await checkAccessible(page, 'queue')
  await row.first().focus()
  await page.keyboard.press('x')
  await page.getByRole('button', { name: 'Accepter 1 commande' }).click()
  await page.getByRole('tab', { name: /À livrer/ }).click()
  await row.first().waitFor()
  await row.first().click()
  await page.getByRole('heading', { name: /Commande n°\s1$/ }).waitFor()
  assert.equal(await page.getByText('Savonnerie').count(), 0, 'nothing names the client')
  await checkAccessible(page, 'queue order')
  await page.getByRole('button', { name: 'Livrer', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog
    .getByLabel('Adresse de la preuve')
    .fill(`http://127.0.0.1:${(site.address() as AddressInfo).port}/article`)
  await checkAccessible(page, 'deliver')
  await dialog.getByRole('button', { name: /Livrer pour 250,00/ }).click()
  await page.getByText('Page vérifiée').waitFor()
  await page.getByText('lien présent').waitFor()
  await page.getByText('Les Savons de Claire').waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

test('the client follows on a phone: dashboard, order, approval', async () => {
  const { page, context, faults } = await visit('/', claire, { width: 390, height: 844 })
  await page.getByText('Solde disponible').waitFor()
  await page.getByText('750,00').first().waitFor()
  await checkAccessible(page, 'client dashboard')
  await page.getByRole('link', { name: /Article du Journal des savons/ }).click()
  await page.getByRole('heading', { name: /Commande n°\s1$/ }).waitFor()
  assert.equal(await page.getByText('Merci de publier').count(), 0, 'the team’s words stay the team’s')
  await checkAccessible(page, 'order on a phone')
  await page.getByRole('button', { name: 'Valider la livraison' }).click()
  await page.getByText('Validée').first().waitFor()
  await page.goto(product.url('/commandes', agency.slug))
  await page.locator('.row-card').first().waitFor()
  await checkAccessible(page, 'orders on a phone')
  assert.deepEqual(faults, [])
  await context.close()
})
