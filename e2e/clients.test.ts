import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { makeAgency, makeClient, makeMember } from '../src/server/testing-people.ts'
import type { TestAgency, TestMember } from '../src/server/testing-people.ts'
import { checkAccessible } from './axe.ts'
import { startProduct } from './product.ts'
import type { Product, Visitor } from './product.ts'

// The client list in a browser: keyboard alone, undo, views in the address, long work, a phone.

let product: Product
let agency: TestAgency
let lea: TestMember

before(async () => {
  product = await startProduct()
  agency = await makeAgency(product.t, { slug: 'carnet', name: 'Studio Carnet' })
  lea = await makeMember(product.t, agency, { role: 'consultant', name: 'Léa Garnier' })
  for (const name of ['Atelier Vidal', 'Boulangerie Berthe', 'Clinique Delmas', 'Domaine Lacombe'])
    await makeClient(product.t, agency, { name, assignees: name.startsWith('C') ? [lea] : [] })
})

after(() => product.close())

async function visit(
  path: string,
  who: TestMember = agency.owner,
  options?: Parameters<Product['visitor']>[0],
): Promise<Visitor> {
  const visitor = await product.visitor(options)
  const value = who.browser.cookies['session'] ?? ''
  await visitor.context.addCookies([{ name: 'session', value, url: product.url('/', agency.slug) }])
  await visitor.page.goto(product.url(path, agency.slug))
  await visitor.page.locator('main h1').first().waitFor()
  return visitor
}

const holders = async (name: string) =>
  (
    await product.t.sql<{ name: string }>(
      `select u.name from assignment a join client c on c.id = a.client_id join member m on m.id = a.member_id join realm_user u on u.id = m.user_id
     where c.agency_id = $1 and c.name = $2 order by 1`,
      [agency.id, name],
    )
  ).map((r) => r.name)

test('by keyboard alone: move, select, assign, undo, open', async () => {
  const { page, context, faults } = await visit('/clients')
  const rows = page.locator('tr.grid-row')
  await rows.first().waitFor()
  await page.getByText('3 clients ne sont assignés à personne.').waitFor()
  await checkAccessible(page, 'clients')
  await rows.first().focus()
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('Shift+X')
  await page.getByText('2 sélectionnés', { exact: true }).last().waitFor()
  await page.keyboard.press('a')
  await page.getByRole('textbox', { name: 'Rechercher une personne ou une équipe' }).waitFor()
  await page.keyboard.type('garnier')
  const person = page.getByRole('checkbox', { name: /Léa Garnier/ })
  await person.waitFor()
  await checkAccessible(page, 'people picker')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'Assigner 2 clients' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('2 clients assignés.').waitFor()
  assert.deepEqual(await holders('Atelier Vidal'), ['Léa Garnier'])
  assert.deepEqual(await holders('Boulangerie Berthe'), ['Léa Garnier'])
  await page.getByText('1 client n’est assigné à personne.').waitFor()
  await page.keyboard.press('Control+z')
  await page.getByText('3 clients ne sont assignés à personne.').waitFor()
  assert.deepEqual(await holders('Atelier Vidal'), [])
  await rows.nth(2).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Clinique Delmas' }).waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

test('a search forgives, a view is saved, its changes live in the address', async () => {
  const { page, context, faults } = await visit('/clients')
  await page.locator('tr.grid-row').first().waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('boulangrie')
  await page.getByText('1 client', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Enregistrer la vue' }).click()
  await page.getByLabel('Nom de la vue').fill('Boulangers')
  await page.getByLabel('Épingler au menu').check()
  await checkAccessible(page, 'save a view')
  await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer la vue' }).click()
  await page.waitForURL(/vue=viw_/)
  await page.getByRole('tab', { name: /Boulangers/, selected: true }).waitFor()
  await page.getByRole('link', { name: /Boulangers/ }).waitFor()
  await page.getByRole('searchbox').fill('')
  await page.getByText('4 clients', { exact: true }).waitFor()
  await page.reload()
  await page.getByText('4 clients', { exact: true }).waitFor()
  await page.getByRole('tab', { name: /Boulangers/, selected: true }).waitFor()
  await page.getByRole('button', { name: 'Enregistrer la vue' }).click()
  await page.getByRole('menuitem', { name: 'Revenir à la vue enregistrée' }).click()
  await page.getByText('1 client', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Actions sur la vue Boulangers' }).click()
  await page.getByRole('menuitem', { name: 'Supprimer la vue' }).click()
  await page.getByText(/Vue .*Boulangers.* supprimée/).waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

test('nobody there: the typed name becomes a client', async () => {
  const { page, context } = await visit('/clients?q=Xylophones')
  await page.getByText(/Aucun client pour .*Xylophones/).waitFor()
  await checkAccessible(page, 'no match')
  await page.getByRole('button', { name: /Créer .*Xylophones/ }).click()
  await page.getByRole('dialog').getByLabel('Nom', { exact: true }).waitFor()
  assert.equal(await page.getByRole('dialog').getByLabel('Nom', { exact: true }).inputValue(), 'Xylophones')
  await context.close()
})

test('archiving is done at once and undone; an export holds what the list shows', async () => {
  const { page, context, faults } = await visit('/clients')
  const row = page.locator('tr.grid-row', { hasText: 'Domaine Lacombe' })
  await row.hover()
  await page.getByRole('button', { name: 'Archiver Domaine Lacombe' }).click()
  await row.waitFor({ state: 'detached' })
  await page.getByText('1 client archivé.').waitFor()
  await page.getByRole('button', { name: 'Annuler' }).click()
  await row.waitFor()
  await page.getByRole('button', { name: 'Exporter' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Fichier CSV' }).click()
  const file = await (await download).path()
  const lines = parse(readFileSync(file), { bom: true, delimiter: ';' }) as string[][]
  assert.deepEqual(
    lines.slice(1).map((l) => l[0]),
    ['Atelier Vidal', 'Boulangerie Berthe', 'Clinique Delmas', 'Domaine Lacombe'],
  )
  assert.deepEqual(faults, [])
  await context.close()
})

test('all that match, by a job whose progress survives a reload and which can be undone', async () => {
  await product.t.sql(
    `insert into client (agency_id, id, name, last_activity_at, created_at, updated_at) select $1, uuidv7(), 'Lot ' || lpad(n::text, 4, '0'), now(), now(), now() from generate_series(1, 1500) n`,
    [agency.id],
  )
  const { page, context } = await visit('/clients?q=lot')
  const tagged = async () =>
    (
      await product.t.sql<{ n: number }>(
        `select count(*)::int as n from client where agency_id = $1 and 'Noël' = any(tags)`,
        [agency.id],
      )
    )[0]!.n
  await page.getByText(/1.500 clients/).waitFor()
  await page.locator('thead input.box').check()
  await page.getByRole('button', { name: 'Étiqueter' }).click()
  await page.getByRole('combobox', { name: 'Étiquettes à ajouter' }).fill('Noël')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^Étiqueter 1.500 clients$/ }).click()
  await page.waitForFunction(() => sessionStorage.getItem('canopee.clients.jobs') !== null)
  await page.reload()
  for (let tries = 0; (await tagged()) < 1500 && tries < 150; tries++) await page.waitForTimeout(100)
  assert.equal(await tagged(), 1500)
  const line = page.getByRole('region', { name: 'Étiquetage de clients' })
  await line.getByRole('button', { name: 'Annuler' }).click()
  for (let tries = 0; (await tagged()) > 0 && tries < 150; tries++) await page.waitForTimeout(100)
  assert.equal(await tagged(), 0)
  await context.close()
})

test('on a phone rows are cards, and acts are in reach', async () => {
  const { page, context, faults } = await visit('/clients?q=vidal', agency.owner, { width: 390, height: 844 })
  await page.getByRole('link', { name: 'Atelier Vidal' }).waitFor()
  await checkAccessible(page, 'clients on a phone')
  await page.getByRole('button', { name: 'Sélectionner' }).click()
  await page.getByRole('checkbox', { name: /Atelier Vidal/ }).check()
  await page
    .getByRole('toolbar')
    .getByRole('button', { name: /Assigner/ })
    .click()
  await page.getByRole('checkbox', { name: /Léa Garnier/ }).click()
  await page.getByRole('button', { name: 'Assigner 1 client' }).click()
  await page.getByText('1 client assigné.').waitFor()
  assert.deepEqual(await holders('Atelier Vidal'), ['Léa Garnier'])
  assert.deepEqual(faults, [])
  await context.close()
})

test('a consultant sees what is theirs, and no act their role may not do', async () => {
  const { page, context, faults } = await visit('/clients', lea)
  await page.getByText('Clinique Delmas').first().waitFor()
  assert.equal(await page.getByRole('link', { name: 'Importer' }).count(), 0)
  assert.equal(await page.getByRole('button', { name: 'Exporter' }).count(), 0)
  assert.equal(await page.locator('button.unassigned').count(), 0)
  await checkAccessible(page, 'clients of a consultant')
  assert.deepEqual(faults, [])
  await context.close()
})
