import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { makeAgency, makeClient, makeMember, type TestMember } from '../src/server/testing-people.ts'
import { verifyData } from '../src/server/verify-data.ts'
import { checkAccessible } from './axe.ts'
import { pictures, startProduct, type Product, type Visitor } from './product.ts'

// A client's own person pays for itself: from an empty balance to the invoice, by three cards (C21, C13).

let product: Product
let claire: TestMember
let visitor: Visitor

before(async () => {
  product = await startProduct()
  const { t } = product
  const agency = await makeAgency(t, { slug: 'payante', name: 'Studio Payant' })
  claire = await makeMember(t, agency, { role: 'client', name: 'Claire Duval', seesUnassigned: false })
  const bakery = await makeClient(t, agency, { name: 'Boulangerie Berthe', assignees: [claire] })
  await t.sql(
    `insert into billing_profile (agency_id, id, client_id, legal_name, siren, email, address_line1, postal_code, city, country, updated_at)
     values ($1, uuidv7(), $2, 'Boulangerie Berthe SARL', '732829320', 'compta@berthe.example', '3 place du Marché', '69002', 'Lyon', 'FR', now())`,
    [agency.id, bakery.id],
  )
  visitor = await product.visitor()
  await visitor.context.addCookies([
    { name: 'session', value: claire.browser.cookies['session']!, url: product.url('/', 'payante') },
  ])
})
after(async () => {
  for (const { check, broken } of await verifyData(product.t.app.database.owner))
    assert.deepEqual(broken, [], check)
  await product.close()
})

async function step(what: string, work: (page: Visitor['page']) => Promise<void>): Promise<void> {
  try {
    await work(visitor.page)
    assert.deepEqual(visitor.faults, [])
  } catch (error) {
    await visitor.page.screenshot({ path: join(pictures, `client-pays-${what}.png`) }).catch(() => {})
    throw error
  }
}

type Page = Visitor['page']
const fill = async (page: Page, euros: string) => {
  await page.getByRole('button', { name: 'Recharger' }).first().click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Budget à ajouter').fill(euros)
  await form.getByRole('button', { name: /^Payer \d/ }).click()
  return form
}
const addCard = async (page: Page, number: string) => {
  await page.getByRole('button', { name: /^(Ajouter une|Remplacer la) carte$/ }).click()
  const form = page.getByRole('dialog')
  await form.getByText(number).click()
  await form.getByRole('button', { name: 'Enregistrer la carte' }).click()
}

test('without a card the way to one is there; a card that pays fills the balance, and the invoice is in its name', () =>
  step('first', async (page) => {
    await page.goto(product.url('/solde', 'payante'))
    const form = await fill(page, '50')
    await form.getByText(/Il manque 60,00/).waitFor()
    assert.equal(await form.getByLabel('Budget à ajouter').inputValue(), '50')
    await form.getByRole('link', { name: 'Ajouter une carte' }).click()
    await page.getByRole('heading', { name: 'Moyen de paiement', level: 1 }).waitFor()
    await page.getByText('La carte qui paie les recharges et les abonnements de Boulangerie Berthe').waitFor()
    await checkAccessible(page, 'payment method, none')
    await addCard(page, '4242 4242 4242 4242')
    await page.getByRole('img', { name: 'Carte Visa finissant par 4242' }).waitFor()
    await page.getByRole('link', { name: 'Solde' }).click()
    const paying = await fill(page, '50')
    await paying
      .getByText(/50,00\s€/)
      .last()
      .waitFor()
    await paying.locator('.top-up-paid').waitFor()
    await paying.getByRole('button', { name: 'Fermer' }).last().click()
    await page
      .locator('.key-figure', { hasText: 'Disponible' })
      .getByText(/^50,00\s€$/)
      .waitFor()
    await page.getByRole('link', { name: 'Factures' }).click()
    await page.getByText('Recharge du budget de Boulangerie Berthe').first().click()
    await page.getByText('Boulangerie Berthe SARL').first().waitFor()
  }))

test('3-D Secure: the bank asks on its own page, and the payment says it is made', () =>
  step('bank', async (page) => {
    await page.goto(product.url('/moyen-de-paiement', 'payante'))
    await addCard(page, '4000 0025 0000 3155')
    await page.getByRole('button', { name: 'Confirmer' }).click()
    await page.getByRole('img', { name: 'Carte Visa finissant par 3155' }).waitFor()
    await page.goto(product.url('/solde', 'payante'))
    await fill(page, '20')
    await page.getByRole('button', { name: 'Confirmer' }).click()
    await page.getByRole('heading', { name: /24,00\s€/, level: 2 }).waitFor()
    await page.locator('.payment-state[data-state=paid]').waitFor()
    await page.getByRole('navigation', { name: 'Fil d’Ariane' }).getByRole('link', { name: 'Solde' }).click()
    await page
      .locator('.key-figure', { hasText: 'Disponible' })
      .getByText(/^70,00\s€$/)
      .waitFor()
  }))

test('declined: why, that nothing was charged, and another card pays', () =>
  step('declined', async (page) => {
    await page.goto(product.url('/moyen-de-paiement', 'payante'))
    await addCard(page, '4000 0000 0000 0341')
    await page.getByRole('img', { name: 'Carte Visa finissant par 0341' }).waitFor()
    await page.goto(product.url('/solde', 'payante'))
    const form = await fill(page, '10')
    await form.getByText('Rien n’a été débité').waitFor()
    await checkAccessible(page, 'top-up declined')
    await form.getByRole('link', { name: 'Changer de carte' }).click()
    await addCard(page, '4242 4242 4242 4242')
    await page.getByRole('img', { name: 'Carte Visa finissant par 4242' }).waitFor()
    // What was refused waits to be paid or given up.
    await page.getByText('Recharge du budget de Boulangerie Berthe').click()
    await page.getByRole('button', { name: /^Réessayer de payer/ }).click()
    await page.locator('.payment-state[data-state=paid]').waitFor()
    await page.goto(product.url('/solde', 'payante'))
    await page
      .locator('.key-figure', { hasText: 'Disponible' })
      .getByText(/^80,00\s€$/)
      .waitFor()
    await page.goto(product.url('/moyen-de-paiement', 'payante'))
    await page.getByRole('button', { name: 'Retirer la carte' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Retirer la carte' }).click()
    await page.getByText('Aucune carte enregistrée').waitFor()
  }))

test('on a phone', async () => {
  const phone = await product.visitor({ width: 390, height: 844 })
  await phone.context.addCookies([
    { name: 'session', value: claire.browser.cookies['session']!, url: product.url('/', 'payante') },
  ])
  await phone.page.goto(product.url('/moyen-de-paiement', 'payante'))
  await phone.page.getByText('Aucune carte enregistrée').waitFor()
  const wide = await phone.page.evaluate(() => document.documentElement.scrollWidth)
  assert.ok(wide <= 390, `${wide} px wide`)
  assert.deepEqual(phone.faults, [])
  await phone.context.close()
})
