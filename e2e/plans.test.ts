import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { enterAsOperator } from '../src/features/operator/testing.ts'
import { makeAgency, signInAs, type TestAgency } from '../src/server/testing-people.ts'
import { checkAccessible } from './axe.ts'
import { startProduct, type Product } from './product.ts'

// The operator changes a price, sees the difference, publishes it; an agency reads its prices.

let product: Product
let agency: TestAgency
before(async () => {
  product = await startProduct()
  agency = await makeAgency(product.t, { slug: 'studio', name: 'Studio Lumière' })
})
after(() => product.close())

const shots = process.env['SHOTS']

test('a price is changed in its cell, compared, published for today, and is what agencies then read', async () => {
  const staff = await enterAsOperator(product.t)
  const { page, context, faults } = await product.visitor()
  await context.addCookies([
    { name: 'session', value: staff.cookies['session'] ?? '', url: product.url('/') },
  ])
  await page.goto(product.url('/exploitant/formules'))
  const cell = page.getByLabel(/^Plus, 1.000 contacts$/)
  await cell.waitFor()
  assert.equal(await cell.inputValue(), '59')
  assert.ok(await page.getByRole('button', { name: 'Publier l’édition' }).isDisabled())
  await checkAccessible(page, 'plans of the operator')
  // A slip of the keyboard is refused at its cell, and nothing else moves.
  await cell.fill('6')
  await cell.press('Enter')
  await page.getByText('Ce prix n’est pas plus élevé que celui de la limite précédente.').waitFor()
  await cell.fill('61,50')
  await cell.press('Enter')
  await page.getByText('61,50').first().waitFor()
  await page.getByRole('checkbox', { name: 'API du compte hébergé, Plus' }).check()
  const changes = page.getByRole('complementary', { name: 'Ce qui change' })
  await changes.getByText(/Plus · Fonction/).waitFor()
  await changes.getByText(/Plus · Mensuel · 1.000 contacts/).waitFor()
  // A limit that is not sold yet gets prices between its neighbours; a rung comes after the last.
  await page.getByLabel('Nouvelle limite de contacts').fill('1000')
  await page.getByRole('button', { name: 'Ajouter la limite' }).click()
  await page.getByText('Cette limite figure déjà dans le tableau.').waitFor()
  await page.getByLabel('Nouvelle limite de contacts').fill('1 500')
  await page.getByRole('button', { name: 'Ajouter la limite' }).click()
  await page.getByLabel(/^Plus, 1.500 contacts$/).waitFor()
  await changes
    .getByText(/Plus · Annuel · 1.500 contacts/)
    .first()
    .waitFor()
  await page.getByRole('button', { name: /Retirer la limite de 1.500 contacts/ }).click()
  await page.getByLabel(/^Plus, 1.500 contacts$/).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Ajouter un palier' }).click()
  await changes.getByText('Remise dès 200 comptes').waitFor()
  if (shots) await page.screenshot({ path: `${shots}/plans.png` })
  await checkAccessible(page, 'plans with changes')
  await page.getByRole('button', { name: 'Publier l’édition' }).click()
  await page.getByLabel('Note').fill('Tarifs de printemps')
  await checkAccessible(page, 'publishing plans')
  if (shots) await page.screenshot({ path: `${shots}/plans-publish.png` })
  await page.getByRole('button', { name: 'Publier 3 changements' }).click()
  await page.getByRole('heading', { name: 'Édition 2' }).waitFor()
  await page.getByText('En vigueur').first().waitFor()
  if (shots) await page.screenshot({ path: `${shots}/plans-editions.png` })
  await checkAccessible(page, 'editions of the plans')

  await signInAs(product.t, agency, agency.owner)
  const owner = await product.visitor()
  await owner.context.addCookies([
    {
      name: 'session',
      value: agency.owner.browser.cookies['session'] ?? '',
      url: product.url('/', 'studio'),
    },
  ])
  await owner.page.goto(product.url('/revente/tarifs', 'studio'))
  await owner.page.getByText('61,50').first().waitFor()
  if (shots) await owner.page.screenshot({ path: `${shots}/prices.png` })
  await checkAccessible(owner.page, 'prices of an agency')
  // Looked at with another rung, then by the year.
  await owner.page.getByText(/^35\s%/).click()
  await owner.page.getByText('Vous regardez les prix').waitFor()
  await owner.page
    .getByText(/39,97|39,98/)
    .first()
    .waitFor()
  await owner.page.getByText('Annuel', { exact: true }).click()
  await owner.page.waitForURL(/rythme=annuel/)
  await checkAccessible(owner.page, 'prices at another rung')
  const phone = await product.visitor({ width: 390, height: 844, dark: true })
  await phone.context.addCookies([
    {
      name: 'session',
      value: agency.owner.browser.cookies['session'] ?? '',
      url: product.url('/', 'studio'),
    },
  ])
  await phone.page.goto(product.url('/revente/tarifs', 'studio'))
  await phone.page.getByText('61,50').first().waitFor()
  if (shots) await phone.page.screenshot({ path: `${shots}/prices-phone.png` })
  await checkAccessible(phone.page, 'prices on a phone')
  assert.deepEqual([...faults, ...owner.faults, ...phone.faults], [])
})
