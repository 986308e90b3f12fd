import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { insertAccount } from '../src/features/hosted-accounts/public.ts'
import { hashPassword } from '../src/features/passwords/public.ts'
import { readyToPay } from '../src/features/payments/testing-payments.ts'
import { runInTenant } from '../src/server/run-in-tenant.ts'
import { makeAgency, makeClient, type TestAgency } from '../src/server/testing-people.ts'
import { checkAccessible } from './axe.ts'
import { pictures, startProduct, type Product, type Visitor } from './product.ts'

// Revente in the browser: from an empty page to a trial, a paid account, its change, its end.

const password = 'quatre corbeaux 91 violets'
let product: Product
let agency: TestAgency
let owner: Visitor

before(async () => {
  product = await startProduct()
  const { t } = product
  agency = await makeAgency(t, { slug: 'lumiere', name: 'Studio Lumière' })
  await t.sql(
    `update realm_user set name = 'Camille Rousseau', email = 'camille@lumiere.example', email_key = 'camille@lumiere.example', password_hash = $2 where id = $1`,
    [agency.owner.userId, await hashPassword(password)],
  )
  await readyToPay(t, agency)
  owner = await signedIn()
})
after(() => product.close())

async function signedIn(options = {}): Promise<Visitor> {
  const visitor = await product.visitor(options)
  const { page } = visitor
  await page.goto(product.url('/connexion?retour=/revente', 'lumiere'))
  await page.getByLabel('Adresse électronique').fill('camille@lumiere.example')
  await page.getByLabel('Mot de passe', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /^Revente/ }).waitFor()
  return visitor
}
const shoot = (visitor: Visitor, name: string) =>
  visitor.page.screenshot({ path: join(pictures, `revente-${name}.png`), animations: 'disabled' })

/** The form's mandatory fields, the client made in the same flow (A3, B20). */
async function fillIn(client: string): Promise<void> {
  const { page } = owner
  await page.getByRole('textbox', { name: 'Client', exact: true }).fill(client)
  await page.getByRole('option', { name: new RegExp(`Créer.*${client}`) }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Créer|^Ajouter/ })
    .click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.getByLabel('Nom du client').fill('Anne Berthe')
  await page.getByLabel('Adresse électronique du client').fill('anne@berthe.example')
  await page.getByText('Cette adresse est libre.').waitFor()
}

test('an empty Revente says how to begin; a trial is opened from it, its password shown once', async () => {
  const { page } = owner
  await page.getByRole('heading', { name: 'Revendez un espace à chacun de vos clients' }).waitFor()
  await checkAccessible(page, 'revente empty')
  await shoot(owner, 'vide')
  await page.getByRole('link', { name: 'Ouvrir un essai' }).click()
  await page.getByRole('heading', { name: 'Ajouter un compte' }).waitFor()
  await fillIn('Maison Berthe')
  assert.equal(await page.getByLabel('Adresse du compte').inputValue(), 'maison-berthe')
  await page.getByText('votre client ne recevra aucun message').waitFor()
  await checkAccessible(page, 'revente new account')
  await shoot(owner, 'essai')
  await page.getByRole('button', { name: 'Ouvrir l’essai' }).click()
  await page.getByRole('heading', { name: 'Le compte de Maison Berthe est prêt' }).waitFor()
  // Nothing is lost by reloading (B28).
  await page.reload()
  await page.getByRole('button', { name: 'Afficher les identifiants' }).click()
  await page.getByText('admin', { exact: true }).waitFor()
  await checkAccessible(page, 'revente credentials')
  await shoot(owner, 'identifiants')
  const shown = await page.locator('.secret code').allTextContents()
  assert.equal(shown.length, 3)
  assert.match(shown[0]!, /maison-berthe\.localhost/)
  await page.reload()
  await page.getByText('Les identifiants ont déjà été affichés.').waitFor()
  assert.equal(await page.getByText(shown[2]!).count(), 0)
  assert.deepEqual(owner.faults, [])
})

test('a paid account: the price follows what one chooses, the button says what is paid, the list shows it', async () => {
  const { page } = owner
  await page.goto(product.url('/revente/nouveau', 'lumiere'))
  await fillIn('Cave Joubert')
  const pay = page.getByRole('button', { name: /^Ajouter et payer/ })
  await pay.waitFor()
  // Each price is waited for by the end of the one before: the button goes on saying the last known.
  const usual = await pay.textContent()
  await page.getByRole('radio', { name: /Professional/ }).check()
  await page.getByRole('button', { name: usual!, exact: true }).waitFor({ state: 'hidden' })
  await pay.waitFor()
  const dear = await pay.textContent()
  await page.getByRole('radio', { name: /^Plus/ }).check()
  await page.getByRole('button', { name: dear!, exact: true }).waitFor({ state: 'hidden' })
  await pay.waitFor()
  await page.getByText('Remise de', { exact: false }).first().waitFor()
  await shoot(owner, 'nouveau')
  const due = /([\d,\s]+)€/.exec((await pay.textContent()) ?? '')?.[1]?.trim()
  assert.ok(due)
  await pay.click()
  await page.getByRole('heading', { name: 'Le compte de Cave Joubert est prêt' }).waitFor({ timeout: 20_000 })
  await page.getByRole('button', { name: 'Afficher les identifiants' }).click()
  await page.getByRole('link', { name: 'Voir le compte' }).click()
  await page.getByRole('heading', { name: 'Cave Joubert' }).waitFor()
  await page.getByText('Période en cours').waitFor()
  await checkAccessible(page, 'revente account')
  await shoot(owner, 'compte')
  await page.goto(product.url('/revente', 'lumiere'))
  await page.getByRole('grid', { name: 'Comptes hébergés' }).getByText('Cave Joubert').waitFor()
  await page.getByText('1 compte payant').first().waitFor()
  assert.deepEqual(owner.faults, [])
})

test('a change of plan shows what it costs before it is confirmed, and is done once paid', async () => {
  const { page } = owner
  await page.getByRole('grid', { name: 'Comptes hébergés' }).getByText('Cave Joubert').click()
  await page.getByRole('tab', { name: 'Formule' }).click()
  await page.getByText('C’est la formule actuelle').waitFor()
  await page.getByRole('radio', { name: /Enterprise/ }).check()
  await page.getByText('La nouvelle formule commence').waitFor()
  await checkAccessible(page, 'revente change')
  await shoot(owner, 'changement')
  await page.getByRole('button', { name: /^Changer et payer/ }).click()
  await page.getByText('Formule de Cave Joubert changée.').waitFor({ timeout: 20_000 })
  await page.getByText('Enterprise · Mensuel').waitFor()
  // Cheaper waits, and can be taken back.
  await page.getByRole('tab', { name: 'Formule' }).click()
  await page.getByRole('radio', { name: /Lite/ }).check()
  await page.getByRole('button', { name: /^Prévoir le changement/ }).click()
  await page.getByRole('tab', { name: 'Aperçu' }).click()
  await page.getByRole('button', { name: 'Retirer ce changement' }).click()
  await page.getByText('Changement prévu pour Cave Joubert retiré.').waitFor()
  assert.deepEqual(owner.faults, [])
})

test('disabling says that it stays billed; cancelling can be taken back', async () => {
  const { page } = owner
  await page.getByRole('button', { name: 'Autres actions pour Cave Joubert' }).click()
  await page.getByRole('menuitem', { name: 'Désactiver le compte…' }).click()
  await page.getByText('Le compte reste facturé').waitFor()
  await checkAccessible(page, 'revente disable')
  await shoot(owner, 'desactiver')
  await page.getByRole('button', { name: 'Désactiver le compte' }).click()
  await page.getByText('Ce compte est désactivé').waitFor()
  await page.getByRole('button', { name: 'Réactiver le compte' }).click()
  await page.getByText('Ce compte est désactivé').waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Autres actions pour Cave Joubert' }).click()
  await page.getByRole('menuitem', { name: 'Annuler ce compte…' }).click()
  await page.getByRole('button', { name: 'Annuler le compte' }).click()
  await page.getByText('Ce compte est annulé').waitFor()
  await page.getByRole('button', { name: 'Annuler la résiliation' }).click()
  await page.getByText('Ce compte est annulé').waitFor({ state: 'hidden' })
  for (const tab of ['Facturation', 'Accès', 'Réglages', 'Historique']) {
    await page.getByRole('tab', { name: tab }).click()
    await page.getByRole('tab', { name: tab, selected: true }).waitFor()
    await page.waitForTimeout(300)
    await checkAccessible(page, `revente ${tab}`)
    await shoot(owner, `onglet-${tab.toLowerCase().replaceAll(/\W/g, '')}`)
  }
  assert.deepEqual(owner.faults, [])
})

test('many accounts: filters, search, a day of the calendar, the row’s menu, on a desk and on a phone', async () => {
  await runInTenant(product.t.app, { agencyId: agency.id }, async (ctx) => {
    const names = [
      'Chocolaterie Roussel',
      'Cabinet Perrot',
      'Clinique des Tilleuls',
      'Maison Tessier',
      'Transports du Port',
      'Librairie Saint-Clair',
    ]
    for (let i = 0; i < 40; i++) {
      const name = i < names.length ? names[i]! : `Client ${String(i).padStart(2, '0')}`
      const client = await makeClient(product.t, agency, { name })
      const month = i % 4 !== 0
      await insertAccount(ctx, {
        clientId: client.id,
        name,
        slug: `compte-${i}`,
        contactName: 'Anne Martin',
        contactEmail: 'anne@exemple.fr',
        notificationEmail: 'compta@lumiere.example',
        locale: 'fr',
        timeZone: 'Europe/Paris',
        openedAt: ctx.now.subtract({ hours: 24 * (i % 28) }).toString(),
        subscription: {
          currency: 'EUR',
          terms:
            i % 9 === 8
              ? null
              : {
                  planCode: (['lite', 'plus', 'professional', 'enterprise'] as const)[i % 4]!,
                  planVersion: 1,
                  interval: month ? 'month' : 'year',
                  contactLimit: 1000,
                  listPrice: BigInt(2900 + 1500 * (i % 7)),
                },
          discountPercent: 35,
          net: BigInt(Math.round((2900 + 1500 * (i % 7)) * 0.65)),
          paidAccounts: 36,
        },
      })
    }
  })
  const { page } = owner
  await page.goto(product.url('/revente', 'lumiere'))
  const grid = page.getByRole('grid', { name: 'Comptes hébergés' })
  await grid.getByText('Cabinet Perrot').waitFor()
  await checkAccessible(page, 'revente list')
  await shoot(owner, 'liste')
  await page.getByRole('button', { name: 'Autres actions pour Cabinet Perrot' }).click()
  await page.getByRole('menuitem', { name: 'Désactiver le compte…' }).waitFor()
  await checkAccessible(page, 'revente row menu')
  await shoot(owner, 'menu')
  await page.keyboard.press('Escape')
  await page.getByRole('searchbox', { name: 'Rechercher un compte hébergé' }).fill('tilleuls')
  await page.getByText('1 compte', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Enregistrer la vue' }).click()
  await page.getByLabel('Nom').fill('Tilleuls')
  await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer la vue' }).click()
  await page.getByText('Tilleuls').first().waitFor()
  await page.goto(product.url('/revente?type=trial', 'lumiere'))
  await grid.getByText('Maison Berthe').waitFor()
  const phone = await signedIn({ width: 390, height: 844 })
  await phone.page.getByText('Cabinet Perrot').first().waitFor()
  await checkAccessible(phone.page, 'revente phone')
  await shoot(phone, 'telephone')
  await phone.page.getByText('Cabinet Perrot').first().scrollIntoViewIfNeeded()
  await shoot(phone, 'telephone-liste')
  const night = await signedIn({ dark: true })
  await night.page.getByText('Cabinet Perrot').first().waitFor()
  await checkAccessible(night.page, 'revente dark')
  await shoot(night, 'sombre')
  for (const v of [owner, phone, night]) assert.deepEqual(v.faults, [])
})
