import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { hashPassword } from '../src/features/passwords/public.ts'
import { readyToPay } from '../src/features/payments/testing-payments.ts'
import { makeAccount, testTerms } from '../src/features/renewals/testing-renewals.ts'
import { makeAgency, type TestAgency } from '../src/server/testing-people.ts'
import { checkAccessible } from './axe.ts'
import { pictures, startProduct, type Product, type Visitor } from './product.ts'

// Credit bought by card, handed out, taken back; its invoice found, opened and read.

const password = 'quatre corbeaux 91 violets'
let product: Product
let agency: TestAgency
let owner: Visitor

before(async () => {
  product = await startProduct()
  const { t } = product
  agency = await makeAgency(t, { slug: 'lumiere', name: 'Agence Lumière & Fils' })
  await t.sql(
    `update realm_user set name = 'Camille Rousseau', email = 'camille@lumiere.example', email_key = 'camille@lumiere.example', password_hash = $2 where id = $1`,
    [agency.owner.userId, await hashPassword(password)],
  )
  await readyToPay(t, agency)
  await makeAccount(t, agency, { name: 'Boulangerie Martin' })
  await makeAccount(t, agency, { name: 'Garage Petit', terms: testTerms({ planCode: 'lite' }) })
  owner = await product.visitor({ width: 1440, height: 900 })
  const { page } = owner
  await page.goto(product.url('/connexion?retour=/revente/credits/sms', 'lumiere'))
  await page.getByLabel('Adresse électronique').fill('camille@lumiere.example')
  await page.getByLabel('Mot de passe', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Crédits SMS' }).waitFor()
})
after(() => product.close())

async function step(what: string, work: (page: Visitor['page']) => Promise<void>): Promise<void> {
  try {
    await work(owner.page)
    assert.deepEqual(owner.faults, [])
  } catch (error) {
    await owner.page.screenshot({ path: join(pictures, `invoices-${what}.png`) }).catch(() => {})
    throw error
  }
}

test('SMS are bought by card, handed out and taken back; Lite cannot have any', () =>
  step('credits', async (page) => {
    await page.getByRole('button', { name: /^Acheter et payer 28,80/ }).click()
    await page.getByText('Payé. Votre crédit est disponible.').waitFor()
    await page.getByText('500 SMS', { exact: true }).first().waitFor()
    assert.ok(await page.getByRole('button', { name: 'Attribuer à Garage Petit' }).isDisabled())
    await page.getByText('Formule Lite : ne peut pas s’en servir').waitFor()
    await page.getByRole('button', { name: 'Attribuer à Boulangerie Martin' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Quantité').fill('120')
    await dialog.getByRole('button', { name: 'Attribuer' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByText('120 SMS', { exact: true }).first().waitFor()
    await page.getByText('380 SMS', { exact: true }).first().waitFor()
    await checkAccessible(page, 'credits')
    await page.screenshot({ path: join(pictures, 'credits.png') })
  }))

test('the invoice is found, opened, and its PDF reads as it should', () =>
  step('history', async (page) => {
    await page.goto(product.url('/facturation/historique', 'lumiere'))
    await page.getByRole('heading', { name: 'Factures' }).waitFor()
    await page.getByRole('searchbox').fill('sms')
    await page.getByText('Lot de 500 SMS').first().waitFor()
    await checkAccessible(page, 'invoice history')
    await page.screenshot({ path: join(pictures, 'invoices.png') })
    await page.getByText('Lot de 500 SMS').first().click()
    const details = page.getByRole('dialog')
    await details.getByText('28,80 €').first().waitFor()
    await checkAccessible(page, 'invoice details')
    await page.screenshot({ path: join(pictures, 'invoice-details.png') })
    const href = await details.getByRole('link', { name: 'Ouvrir le PDF' }).getAttribute('href')
    const { type, body } = await page.evaluate(async (address) => {
      const response = await fetch(address)
      const bytes = new Uint8Array(await response.arrayBuffer())
      return { type: response.headers.get('content-type'), body: [...bytes] }
    }, href!)
    assert.equal(type, 'application/pdf')
    const pdf = await getDocument({ data: new Uint8Array(body), verbosity: 0 }).promise
    const { items } = await (await pdf.getPage(1)).getTextContent()
    const text = items.map((i) => ('str' in i ? i.str : '')).join('')
    for (const said of ['Facture', 'Studio Exemple SARL', 'Lot de 500 SMS', 'Facture payée par carte'])
      assert.ok(text.includes(said), `${said} is not in ${text}`)
    assert.deepEqual(
      [...((await pdf.getAttachments()) ?? new Map<string, unknown>()).keys()],
      ['factur-x.xml'],
    )
  }))

test('renewals to come, by day and month, with a retail price written in place', () =>
  step('cockpit', async (page) => {
    await page.goto(product.url('/revente/renouvellements', 'lumiere'))
    await page.getByRole('heading', { name: 'Renouvellements' }).waitFor()
    const price = page.getByLabel('Prix de vente de Boulangerie Martin')
    await price.fill('150')
    await price.press('Enter')
    await page.getByText('Prix de vente de Boulangerie Martin enregistré').waitFor()
    await page.getByText(/vente 150,00/).waitFor()
    await checkAccessible(page, 'cockpit')
    await page.screenshot({ path: join(pictures, 'cockpit.png'), fullPage: true })
  }))

test('on a phone, both pages hold', () =>
  step('phone', async (page) => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(product.url('/revente/credits/prepaye', 'lumiere'))
    await page.getByRole('heading', { name: 'Crédit prépayé' }).waitFor()
    await checkAccessible(page, 'credits on a phone')
    await page.screenshot({ path: join(pictures, 'credits-phone.png') })
    await page.goto(product.url('/facturation/historique', 'lumiere'))
    await page
      .getByText(/^F-\d{4}-\d{6}$/)
      .first()
      .waitFor()
    await checkAccessible(page, 'invoices on a phone')
    await page.screenshot({ path: join(pictures, 'invoices-phone.png') })
  }))
