import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { addOperator } from '../src/features/operator/public.ts'
import { putOnSale } from '../src/features/catalogue-items/testing-items.ts'
import { hashPassword } from '../src/features/passwords/public.ts'
import { makeAgency, makeClient, makeMember, type TestAgency } from '../src/server/testing-people.ts'
import { newId } from '../src/server/ids.ts'
import { checkAccessible } from './axe.ts'
import { pictures, startProduct, type Product, type Visitor } from './product.ts'

// The catalogue from both ends, then the global view: the operator imports and publishes, an owner prices and
// hides, a consultant sees the result, and what was ordered is followed.

const password = 'quatre corbeaux 91 violets'
let product: Product
let agency: TestAgency
let owner: Visitor
let staff: Visitor

before(async () => {
  product = await startProduct()
  const { t } = product
  agency = await makeAgency(t, { slug: 'vitrine', name: 'Studio Vitrine' })
  const passwordHash = await hashPassword(password)
  await t.sql(
    `update realm_user set name = 'Camille Rousseau', email = 'camille@vitrine.example', email_key = 'camille@vitrine.example', password_hash = $2 where id = $1`,
    [agency.owner.userId, passwordHash],
  )
  const lea = await makeMember(t, agency, {
    role: 'consultant',
    name: 'Léa Bernard',
    email: 'lea@vitrine.example',
    passwordHash,
  })
  const client = await makeClient(t, agency, { name: 'Boulangerie Berthe', assignees: [lea] })
  await putOnSale(t, [
    {
      reference: 'A-1',
      values: {
        name: 'Le Courrier du Jardin',
        site: 'courrier.example',
        price: 10_000,
        trust: 42,
        theme: 'home',
      },
    },
    {
      reference: 'A-2',
      values: {
        name: 'Moteurs Hebdo',
        site: 'moteurs.example',
        price: 25_000,
        trust: 12,
        theme: 'automotive',
      },
    },
  ])
  await t.sql(
    `insert into client_order (agency_id, id, number, client_id, state, currency, total, held, captured, captured_cost, client_name, path_ids, path, consultant_id, consultant_name, placed_by_name, placed_at, placed_on, search_text, updated_at)
     values ($1, $2, 1, $3, 'delivered', 'EUR', 12000, 0, 12000, 10000, 'Boulangerie Berthe', array[$4::uuid], '[]', $4, 'Léa Bernard', 'Léa Bernard', now(), current_date, '', now())`,
    [agency.id, newId(), client.id, lea.memberId],
  )
  owner = await signedIn('camille@vitrine.example', '/catalogue', /Catalogue/)
  staff = await product.visitor()
  const link = await addOperator(t.app, { email: 'ada@exploitant.example', name: 'Ada Exploitante' })
  await staff.page.goto(link)
  await staff.page.getByLabel('Nouveau mot de passe').first().fill(password)
  await staff.page.keyboard.press('Enter')
  await staff.page.waitForURL((url) => !url.pathname.startsWith('/reinitialiser'))
})
after(() => product.close())

async function signedIn(email: string, path: string, heading: RegExp, options = {}): Promise<Visitor> {
  const visitor = await product.visitor(options)
  const { page } = visitor
  await page.goto(product.url(`/connexion?retour=${path}`, 'vitrine'))
  await page.getByLabel('Adresse électronique').fill(email)
  await page.getByLabel('Mot de passe', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
  return visitor
}

async function step(what: string, visitor: Visitor, work: (page: Visitor['page']) => Promise<void>) {
  try {
    await work(visitor.page)
    assert.deepEqual(visitor.faults, [])
  } catch (error) {
    await visitor.page.screenshot({ path: join(pictures, `catalogue-${what}.png`) }).catch(() => {})
    throw error
  }
}

test('an owner sets a margin, a price of its own, and hides an item; each can be undone', () =>
  step('owner', owner, async (page) => {
    await page.getByRole('row', { name: /Moteurs Hebdo/ }).waitFor()
    await checkAccessible(page, 'catalogue')
    await page.getByRole('link', { name: 'Prix et articles masqués' }).click()
    await page.getByRole('button', { name: 'Ajouter une marge' }).first().click()
    await page.getByLabel('Marge en pourcentage').fill('20')
    await page.getByRole('button', { name: 'Ajouter une marge' }).last().click()
    await page.getByText('Règle ajoutée. Les prix sont à jour.').waitFor()
    await checkAccessible(page, 'catalogue rules')
    await page.getByRole('link', { name: 'Catalogue' }).first().click()
    await page.getByRole('row', { name: /Courrier du Jardin.*120,00/ }).click()
    const panel = page.getByRole('dialog')
    await panel.getByText('Règle de marge').waitFor()
    await checkAccessible(page, 'catalogue item')
    await panel.getByLabel('Prix de vente').fill('149,90')
    await panel.getByRole('button', { name: 'Enregistrer le prix' }).click()
    await panel.getByText('Fixé à la main').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('row', { name: /Courrier du Jardin.*149,90/ }).waitFor()
    await page.getByRole('row', { name: /Moteurs Hebdo/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Masquer l’article' }).click()
    await page.getByText('1 article masqué.').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('row', { name: /Moteurs Hebdo/ }).waitFor({ state: 'detached' })
  }))

test('a consultant finds it at the agency’s price on a phone, without wholesale prices or hidden items', async () => {
  const lea = await signedIn('lea@vitrine.example', '/catalogue', /Catalogue/, { width: 390, height: 844 })
  await step('consultant', lea, async (page) => {
    await page.getByText('149,90').waitFor()
    assert.equal(await page.getByText('Moteurs Hebdo').count(), 0)
    assert.equal(await page.getByText('100,00').count(), 0)
    await page.getByRole('searchbox').fill('jardn')
    await page.getByText('Le Courrier du Jardin').waitFor()
    await checkAccessible(page, 'catalogue phone')
    // From the catalogue into the cart of one of her clients.
    await page.getByText('Le Courrier du Jardin').click()
    await page.getByRole('button', { name: 'Commander pour un client' }).click()
    const dialog = page.getByRole('dialog', { name: /Pour quel client|Nouvelle commande|client/ }).last()
    await dialog.getByRole('textbox').first().fill('Berthe')
    await page.getByRole('option', { name: /Boulangerie Berthe/ }).click()
    await dialog.getByRole('button').last().click()
    await page.waitForURL(/\/panier\//)
    await page.getByText('Le Courrier du Jardin').first().waitFor()
  })
})

test('the operator imports a file, sees what is wrong in it, and publishes the rest', () =>
  step('operator', staff, async (page) => {
    await page.goto(product.url('/exploitant/catalogue'))
    await page.getByRole('row', { name: /Moteurs Hebdo/ }).waitFor()
    await checkAccessible(page, 'operator catalogue')
    await page.getByRole('link', { name: 'Importer des articles' }).click()
    await page.setInputFiles('input[type=file]', {
      name: 'articles.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        'Référence;Type;Nom;Site;Thème;Prix\nB-1;Lien;Échos du Vin;vin.example;Cuisine et vins;89,00\nB-2;Lien;Sans prix;x.example;Sport;\n',
      ),
    })
    await page.getByRole('button', { name: 'Vérifier 2 lignes' }).click()
    await page.getByText('Le prix de l’article manque.').first().waitFor()
    await checkAccessible(page, 'operator import')
    await page.getByRole('button', { name: 'Importer 1 article' }).click()
    await page.getByRole('link', { name: 'Voir le catalogue' }).click()
    await page.getByRole('button', { name: 'Publier 1 brouillon' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Publier 1 brouillon' }).click()
    await page.getByText('1 article publié.').waitFor()
    await page.getByRole('row', { name: /Échos du Vin/ }).click()
    await page.getByRole('dialog').getByText('Version 1').waitFor()
    await checkAccessible(page, 'operator item')
    await page.keyboard.press('Escape')
    await owner.page.goto(product.url('/catalogue?q=echos', 'vitrine'))
    await owner.page.getByRole('row', { name: /Échos du Vin.*107,00/ }).waitFor()
  }))

test('what was ordered is followed by client and by person, and saved as a view', () =>
  step('following', owner, async (page) => {
    await page.goto(product.url('/suivi', 'vitrine'))
    await page.getByRole('row', { name: /Boulangerie Berthe.*120,00/ }).waitFor()
    await checkAccessible(page, 'following')
    await page.getByRole('tab', { name: 'Consultants', exact: true }).click()
    await page.getByRole('row', { name: /Léa Bernard.*120,00/ }).waitFor()
    await page.getByRole('button', { name: 'Enregistrer la vue' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Nom de la vue').fill('Par consultant')
    await dialog.getByRole('button', { name: 'Enregistrer la vue' }).click()
    await page.getByRole('tab', { name: /Par consultant/ }).waitFor()
    await page.getByRole('tab', { name: 'Clients', exact: true }).click()
    await page.getByRole('row', { name: /Boulangerie Berthe/ }).click()
    const report = page.getByRole('link', { name: 'Rapport du client' })
    await report.waitFor()
    const address = await report.getAttribute('href')
    const [status, type] = await page.evaluate(async (href) => {
      const answer = await fetch(href)
      return [answer.status, answer.headers.get('content-type')] as const
    }, address!)
    assert.deepEqual([status, type], [200, 'application/pdf'])
    await checkAccessible(page, 'following one client')
  }))
