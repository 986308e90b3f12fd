import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { toPublicId } from '../src/contract/ids.ts'
import { runInTenant } from '../src/server/run-in-tenant.ts'
import { makeAgency, type TestAgency } from '../src/server/testing-people.ts'
import { hashPassword } from '../src/features/passwords/public.ts'
import { openPurchase, type Fulfilment } from '../src/features/payments/public.ts'
import { checkAccessible } from './axe.ts'
import { pictures, startProduct, type Product, type Visitor } from './product.ts'

// Billing in the browser: details, a card with 3-D Secure, a payment refused and paid on the next try.

const password = 'quatre corbeaux 91 violets'
const thing: Fulfilment = { kind: 'test.thing', run: async () => {}, cancelled: async () => {} }
let product: Product
let agency: TestAgency
let owner: Visitor

before(async () => {
  product = await startProduct()
  const { t } = product
  Object.assign(t.app, { fulfilments: [...t.app.fulfilments, thing] })
  agency = await makeAgency(t, { slug: 'payeuse', name: 'Studio Payeur' })
  await t.sql(
    `update realm_user set name = 'Camille Rousseau', email = 'camille@payeuse.example', email_key = 'camille@payeuse.example', password_hash = $2 where id = $1`,
    [agency.owner.userId, await hashPassword(password)],
  )
  owner = await product.visitor()
  const { page } = owner
  await page.goto(product.url('/connexion?retour=/facturation', 'payeuse'))
  await page.getByLabel('Adresse électronique').fill('camille@payeuse.example')
  await page.getByLabel('Mot de passe', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Facturation', level: 1 }).waitFor()
})
after(() => product.close())

async function step(what: string, work: (page: Visitor['page']) => Promise<void>): Promise<void> {
  try {
    await work(owner.page)
    assert.deepEqual(owner.faults, [])
  } catch (error) {
    await owner.page.screenshot({ path: join(pictures, `billing-${what}.png`) }).catch(() => {})
    throw error
  }
}

/** Something to pay, bought by somebody at the screen. */
async function buy(key: string): Promise<string> {
  const { purchaseId } = await runInTenant(product.t.app, { agencyId: agency.id }, (ctx) =>
    openPurchase(ctx, {
      operationKey: key,
      kind: thing.kind,
      payer: { kind: 'agency' },
      lines: [
        {
          label: 'Formule Plus, 500 contacts',
          quantity: 1,
          unitPrice: 10_000n,
          discount: 2_500n,
          net: 7_500n,
          vatRateBasisPoints: 2000,
          kind: 'plan',
        },
      ],
      currency: 'EUR',
      subject: {},
      use: 'prepaid_then_card',
      attended: true,
    }),
  )
  return toPublicId('purchase', purchaseId)
}

async function addCard(page: Visitor['page'], number: string): Promise<void> {
  await page.getByRole('button', { name: /^(Ajouter une|Remplacer la) carte$/ }).click()
  const form = page.getByRole('dialog')
  await form.getByText(number).click()
  await form.getByRole('button', { name: 'Enregistrer la carte' }).click()
}

test('details first: a wrong number is named while one types, the right ones are kept', () =>
  step('details', async (page) => {
    await page.getByText('Complétez vos coordonnées').waitFor()
    await checkAccessible(page, 'billing, nothing yet')
    await page.getByRole('tab', { name: 'Coordonnées' }).click()
    await page.getByLabel('Dénomination').fill('Studio Payeur SAS')
    await page.getByLabel('SIREN', { exact: true }).fill('732 829 321')
    await page.keyboard.press('Tab')
    await page.getByText('Ce SIREN n’existe pas').first().waitFor()
    await page.getByLabel('SIREN', { exact: true }).fill('732 829 320')
    await page.getByRole('button', { name: /FR44732829320/ }).click()
    await page.getByLabel('Adresse', { exact: true }).fill('12 rue des Lilas')
    await page.getByLabel('Code postal').fill('69003')
    await page.getByLabel('Ville').fill('Lyon')
    await checkAccessible(page, 'billing details')
    await page.getByRole('button', { name: 'Enregistrer les coordonnées' }).click()
    await page.getByText('Coordonnées enregistrées.').waitFor()
  }))

test('a card is added, its bank asks, and it is kept once the holder has confirmed', () =>
  step('card', async (page) => {
    await page.getByRole('tab', { name: 'Paiement' }).click()
    await page.getByRole('button', { name: 'Ajouter une carte' }).click()
    const form = page.getByRole('dialog')
    await form.getByLabel('Numéro de la carte').fill('4111 1111 1111 1111')
    await checkAccessible(page, 'card form')
    await form.getByRole('button', { name: 'Enregistrer la carte' }).click()
    await form.getByText('Ne tapez jamais une vraie carte.', { exact: false }).last().waitFor()
    await form.getByText('4000 0025 0000 3155').click()
    await form.getByRole('button', { name: 'Enregistrer la carte' }).click()
    await page.getByRole('heading', { name: 'Banque du bac à sable' }).waitFor()
    await checkAccessible(page, 'bank')
    await page.getByRole('button', { name: 'Confirmer', exact: true }).click()
    await page.getByText('Carte enregistrée.').waitFor()
    await page.getByRole('img', { name: 'Carte Visa finissant par 3155' }).waitFor()
    await checkAccessible(page, 'billing, with a card')
  }))

test('a payment: the bank refuses, the reason is said, another card pays it', () =>
  step('payment', async (page) => {
    const id = await buy('one')
    await page.goto(product.url(`/paiements/${id}`, 'payeuse'))
    await page.getByRole('link', { name: 'Confirmer auprès de la banque' }).click()
    await page.getByText(/Confirmez-vous le paiement de 90,00/).waitFor()
    await page.getByRole('button', { name: 'Refuser' }).click()
    await page.getByRole('heading', { name: /Le paiement de 90,00.* a été refusé/ }).waitFor()
    await page.getByText('La confirmation auprès de la banque a échoué.', { exact: false }).first().waitFor()
    await checkAccessible(page, 'payment refused')
    await addCard(page, '4242 4242 4242 4242')
    await page.getByRole('img', { name: 'Carte Visa finissant par 4242' }).waitFor()
    await page.getByRole('button', { name: /Réessayer de payer 90,00/ }).click()
    await page.getByRole('heading', { name: /90,00.* payés/ }).waitFor()
    await page.getByText(/Facture F-/).waitFor()
    await checkAccessible(page, 'payment done')
  }))

test('what is refused waits under "À régler" and can be given up, on a phone too', () =>
  step('open', async (page) => {
    await page.goto(product.url('/facturation', 'payeuse'))
    await addCard(page, '4000 0000 0000 9995')
    await page.getByRole('img', { name: 'Carte Visa finissant par 9995' }).waitFor()
    await buy('two')
    await page.getByText('Refusé').waitFor()
    await page.setViewportSize({ width: 390, height: 844 })
    await checkAccessible(page, 'billing on a phone')
    await page.getByRole('link', { name: /Formule Plus, 500 contacts/ }).click()
    await page.getByText('La provision est insuffisante.', { exact: false }).first().waitFor()
    await page.getByRole('button', { name: 'Abandonner l’achat' }).click()
    await page.getByRole('heading', { name: 'Achat abandonné' }).waitFor()
  }))
