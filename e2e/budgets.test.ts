import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { readyToPay } from '../src/features/payments/testing-payments.ts'
import { moveMoney } from '../src/features/wallets/public.ts'
import { newId } from '../src/server/ids.ts'
import { runInTenant } from '../src/server/run-in-tenant.ts'
import {
  makeAgency,
  makeClient,
  makeMember,
  type TestAgency,
  type TestMember,
} from '../src/server/testing-people.ts'
import { checkAccessible } from './axe.ts'
import { pictures, startProduct, type Product, type Visitor } from './product.ts'

// Budgets in the browser, from the agency down to a client: C12, C17, C19, C21.

let product: Product
let agency: TestAgency
let marc: TestMember
let lea: TestMember
let claire: TestMember

before(async () => {
  product = await startProduct()
  const { t } = product
  agency = await makeAgency(t, { slug: 'lumiere', name: 'Studio Lumière' })
  await t.sql(`update realm_user set name = 'Camille Rousseau' where id = $1`, [agency.owner.userId])
  marc = await makeMember(t, agency, { role: 'manager', name: 'Marc Petit' })
  await makeMember(t, agency, { role: 'manager', name: 'Nora Haddad' })
  lea = await makeMember(t, agency, { role: 'consultant', parent: marc, name: 'Léa Morel' })
  claire = await makeMember(t, agency, {
    role: 'client',
    parent: lea,
    name: 'Claire Duval',
    seesUnassigned: false,
  })
  const bakery = await makeClient(t, agency, {
    name: 'Boulangerie Berthe',
    home: marc,
    assignees: [lea, claire],
  })
  await t.sql(`update assignment set is_lead = true where client_id = $1 and member_id = $2`, [
    bakery.id,
    lea.memberId,
  ])
  for (const name of ['Fleurs du Port', 'Cave Joubert', 'Garage Noël']) await makeClient(t, agency, { name })
  await readyToPay(t, agency)
  await runInTenant(t.app, { agencyId: agency.id }, (ctx) =>
    moveMoney(ctx, {
      operationKey: newId(),
      reason: 'budget.topped_up',
      lines: [
        { wallet: { counterpart: 'card', unit: 'EUR' }, amount: -1_000_000n },
        { wallet: { owner: 'agency', purpose: 'budget', unit: 'EUR' }, amount: 1_000_000n },
      ],
    }),
  )
})
after(() => product.close())

async function as(member: TestMember, path = '/budgets', options = {}): Promise<Visitor> {
  const visitor = await product.visitor(options)
  await visitor.context.addCookies([
    { name: 'session', value: member.browser.cookies['session']!, url: product.url('/', 'lumiere') },
  ])
  await visitor.page.goto(product.url(path, 'lumiere'))
  return visitor
}

async function step(what: string, v: Visitor, work: (page: Visitor['page']) => Promise<void>): Promise<void> {
  try {
    await work(v.page)
    await v.page.screenshot({ path: join(pictures, `budgets-${what}.png`) })
    assert.deepEqual(v.faults, [])
  } catch (error) {
    await v.page.screenshot({ path: join(pictures, `budgets-${what}-failed.png`) }).catch(() => {})
    throw error
  } finally {
    await v.context.close()
  }
}

const row = (page: Visitor['page'], name: string) => page.getByRole('row', { name: new RegExp(name) })

test('the owner gives a manager a budget, is told what is missing, and pays more in', async () =>
  step('owner', await as(agency.owner), async (page) => {
    await page.getByRole('heading', { name: /Budgets/ }).waitFor()
    await row(page, 'Marc Petit').waitFor()
    await checkAccessible(page, 'budgets of the owner')
    await row(page, 'Marc Petit').hover()
    await row(page, 'Marc Petit').getByRole('button', { name: 'Attribuer' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Montant').fill('10 012,40')
    await dialog.getByText(/Il manque 12,40\s€/).waitFor()
    assert.equal(await dialog.getByRole('button', { name: /^Attribuer/ }).isDisabled(), true)
    await checkAccessible(page, 'giving a budget, too little')
    await dialog.getByLabel('Montant').fill('4000')
    await dialog.getByText(/6\s000,00\s€/).waitFor()
    await dialog.getByLabel(/Note/).fill('Campagnes de décembre')
    await page.keyboard.press('Enter')
    await page
      .getByText(/4\s000,00\s€ attribués à Marc Petit/)
      .first()
      .waitFor()
    await row(page, 'Marc Petit')
      .getByText(/4\s000,00\s€/)
      .first()
      .waitFor()
    await page.getByRole('button', { name: 'Recharger' }).click()
    await dialog.getByLabel('Budget à ajouter').fill('500')
    await dialog.getByRole('button', { name: /Payer 600,00\s€/ }).click()
    await dialog.getByText(/Payé\. 500,00\s€ sont disponibles/).waitFor()
    await checkAccessible(page, 'top-up paid')
    await dialog.getByRole('button', { name: 'Fermer' }).last().click()
    await page
      .getByText(/6\s500,00\s€/)
      .first()
      .waitFor()
  }))

test('the manager gives on, sets rules, and reads the statement', async () =>
  step('manager', await as(marc), async (page) => {
    await row(page, 'Léa Morel').waitFor()
    await row(page, 'Léa Morel').click()
    await page.getByRole('heading', { name: 'Léa Morel' }).waitFor()
    await page.getByRole('button', { name: 'Règles' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Attribuer chaque mois').fill('1500')
    await dialog.getByLabel(/Prévenir quand/).fill('200')
    await dialog.getByLabel(/Prélever ce qui manque/).check()
    await dialog.getByLabel('Au plus, par mois').fill('1000')
    await checkAccessible(page, 'rules of a budget')
    await dialog.getByRole('button', { name: 'Enregistrer les règles' }).click()
    await page.getByText('Règles enregistrées.').first().waitFor()
    await page
      .getByText(/alerte sous|Solde bas/)
      .first()
      .waitFor()
    await page.getByRole('button', { name: 'Attribuer', exact: true }).first().click()
    await dialog.getByLabel('Montant').fill('1000')
    await page.keyboard.press('Enter')
    await page
      .getByText(/1\s000,00\s€ attribués à Léa Morel/)
      .first()
      .waitFor()
    await page.getByRole('navigation', { name: /Fil/ }).getByRole('link').first().click()
    await page.getByRole('tab', { name: 'Relevé' }).click()
    await page.getByText('Campagnes de décembre').waitFor()
    await page.getByText(/\+4\s000,00\s€/).waitFor()
    await checkAccessible(page, 'a statement')
  }))

test('the consultant funds a client, who asks for more and is answered', async () => {
  await step('consultant', await as(lea), async (page) => {
    await row(page, 'Boulangerie Berthe').hover()
    await row(page, 'Boulangerie Berthe').getByRole('button', { name: 'Attribuer' }).click()
    await page.getByRole('dialog').getByLabel('Montant').fill('300')
    await page.keyboard.press('Enter')
    await page
      .getByText(/300,00\s€ attribués à Boulangerie Berthe/)
      .first()
      .waitFor()
  })
  await step('client', await as(claire, '/solde'), async (page) => {
    await page.getByRole('heading', { name: /Solde/ }).waitFor()
    await page
      .getByText(/300,00\s€/)
      .first()
      .waitFor()
    await row(page, 'Budget attribué').getByText('Studio Lumière').waitFor()
    await checkAccessible(page, 'balance of a client')
    await page.getByRole('button', { name: 'Demander un budget' }).click()
    await page.getByRole('dialog').getByLabel('Montant').fill('50')
    await page.getByRole('button', { name: 'Envoyer la demande' }).click()
    await page.getByText(/Une demande de 50,00\s€/).waitFor()
  })
  await step('requests', await as(lea, '/budgets?demandes=1'), async (page) => {
    await page.getByRole('button', { name: 'Répondre' }).click()
    await checkAccessible(page, 'answering a request')
    await page.getByRole('dialog').getByRole('button', { name: 'Attribuer' }).click()
    await page
      .getByText(/50,00\s€ attribués à Boulangerie Berthe/)
      .first()
      .waitFor()
    await page.getByText('Accordé').waitFor()
  })
})

test('last month’s budgets are given again at once', async () => {
  const { t } = product
  await t.advance({ hours: 24 * 31 })
  const { signInAs } = await import('../src/server/testing-people.ts')
  await signInAs(t, agency, agency.owner)
  await step('carry-over', await as(agency.owner), async (page) => {
    await page.getByRole('button', { name: 'Reconduire les budgets du mois' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Montant pour Marc Petit').waitFor()
    assert.equal(await dialog.getByLabel('Montant pour Marc Petit').inputValue(), '4000')
    await checkAccessible(page, 'carrying budgets over')
    await dialog.getByLabel('Montant pour Marc Petit').fill('2500')
    await page.screenshot({ path: join(pictures, 'budgets-carry-over-dialog.png') })
    await dialog.getByRole('button', { name: /Attribuer 2\s500,00\s€/ }).click()
    await page
      .getByText(/2\s500,00\s€ attribués/)
      .first()
      .waitFor()
  })
})

test('on a phone', async () =>
  step('phone', await as(agency.owner, '/budgets', { width: 390, height: 844 }), async (page) => {
    await page.getByText('Marc Petit').first().waitFor()
    await checkAccessible(page, 'budgets on a phone')
  }))
