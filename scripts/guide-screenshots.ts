// `npm run guide`: takes the pictures of docs/guide from the running product, with its sample agency.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { startProduct } from '../e2e/product.ts'
import { samplePassword } from '../src/features/sample-data/cast.ts'
import { startTestPostgres } from '../src/server/testing-postgres.ts'

const folder = join(import.meta.dirname, '../docs/guide/images')
const clientsFile = join(import.meta.dirname, '../src/features/imports/test-files/clients-export.csv')
mkdirSync(folder, { recursive: true })

const own = await startTestPostgres()
process.env['TEST_DATABASE_URL'] = own.url
const product = await startProduct()
const missed: string[] = []

/** Pictures to take, by name; all when none is told. */
const asked = process.argv.slice(2)

/**
 * Leads a page somewhere, waits for what it must show, and takes its picture: of the dialog alone, or of
 * the page's top so many pixels, when told.
 */
async function picture(
  page: Page,
  name: string,
  work: () => Promise<unknown>,
  part: 'dialog' | number = 0,
): Promise<void> {
  try {
    await work()
    // Fonts and the last figures; nothing moves once they are there.
    await page.evaluate('document.fonts.ready')
    await page.waitForTimeout(600)
    if (asked.length > 0 && !asked.includes(name)) return
    const options = { path: join(folder, `${name}.png`), animations: 'disabled' as const }
    if (part === 'dialog') await page.getByRole('dialog').first().screenshot(options)
    else
      await page.screenshot(
        part === 0
          ? options
          : { ...options, clip: { x: 0, y: 0, width: page.viewportSize()!.width, height: part } },
      )
  } catch (error) {
    missed.push(`${name}: ${(error as Error).message}`)
    console.error(missed.at(-1), page.url())
  }
}

const { page, context } = await product.visitor()
page.setDefaultTimeout(10_000)
await picture(page, 'accueil-installation', async () => {
  await page.goto(product.url('/'))
  await page.getByRole('link', { name: 'Créer votre agence' }).waitFor()
})
await picture(page, 'creer-agence', async () => {
  await page.goto(product.url('/inscription'))
  await page.getByRole('button', { name: 'Créer l’agence' }).waitFor()
})
await page.goto(product.url('/'))
await page.getByRole('button', { name: 'Explorer avec des données d’exemple' }).click()
await page.getByRole('heading', { name: /Bonjour/ }).waitFor({ timeout: 60_000 })
const agency = new URL(page.url()).origin
/** Opens a path of the sample agency and waits for a text of it. */
const open = async (on: Page, path: string, shown: string | RegExp) => {
  await on.goto(`${agency}${path}`)
  await on.getByText(shown).first().waitFor()
}

await picture(page, 'revente', () => open(page, '/revente', 'Votre remise actuelle'), 868)
await picture(page, 'revente-nouveau', () => open(page, '/revente/nouveau', 'Récapitulatif'))
await picture(page, 'revente-changement', async () => {
  await open(page, '/revente?type=month', 'Votre remise actuelle')
  // One that lives: what is cancelled or disabled changes no plan.
  const living = page.locator('tr.grid-row', { hasText: 'Actif' })
  await living
    .filter({ hasText: /Lite|Plus/ })
    .first()
    .click()
  await page.getByRole('tab', { name: 'Formule' }).click()
  await page.getByRole('radio', { name: /Enterprise/ }).check()
  await page.getByText('À payer maintenant').waitFor()
})
await picture(page, 'commande', async () => {
  await open(page, '/commandes?state=delivered', 'À valider')
  await page.locator('tr.grid-row').first().click()
  await page.getByText('Page vérifiée').first().waitFor()
})
await picture(page, 'campagne', async () => {
  await open(page, '/campagnes?etat=running', 'En cours')
  // One that has orders.
  await page
    .locator('tr.grid-row')
    .filter({ has: page.getByText(/^[1-9][\d\s]*€ sur/) })
    .nth(1)
    .click()
  await page.getByText('Réservé').first().waitFor()
})
await picture(page, 'panier', async () => {
  await page.getByRole('link', { name: 'Nouvelle commande' }).first().click()
  await page.getByRole('textbox', { name: 'Ajouter un article' }).fill('article de blog 500')
  await page.getByRole('option').first().click()
  await page.getByRole('button', { name: /Commander pour/ }).waitFor()
})
await picture(page, 'compte-connexion', async () => {
  await open(page, '/revente', 'Votre remise actuelle')
  await page.getByRole('row').nth(2).hover()
  await page
    .getByRole('button', { name: /^Connexion/ })
    .first()
    .click()
  await page.getByText('Vous agissez pour').waitFor()
})
await picture(page, 'compte-utilisateurs', async () => {
  await page.getByRole('link', { name: 'Utilisateurs', exact: true }).click()
  await page.getByRole('button', { name: 'Inviter une personne' }).waitFor()
})
await page.goto(`${agency}/`)
await picture(page, 'tarifs', () => open(page, '/revente/tarifs', 'Votre remise est de'), 700)
await picture(page, 'catalogue', () => open(page, '/catalogue', 'Prix et articles masqués'), 700)
await picture(page, 'catalogue-regles', () => open(page, '/catalogue/regles', 'Articles masqués'), 520)
await picture(page, 'suivi', () => open(page, '/suivi', 'Consultants'))
await picture(page, 'catalogue-article', async () => {
  await open(page, '/catalogue', 'Prix et articles masqués')
  await page.locator('tr.grid-row').first().click()
  await page.waitForTimeout(800)
})
await picture(page, 'suivi-commandes', async () => {
  await open(page, '/agence', 'Élise Brunet')
  const elise = page.getByRole('treeitem', { name: /^Élise Brunet/ })
  await elise.getByRole('button').last().click()
  await page.getByRole('menuitem', { name: 'Suivre son activité' }).click()
  await page.getByRole('tab', { name: 'Commandes' }).click()
  await page.getByText('Voir ses clients').waitFor()
})
await picture(
  page,
  'suivi-client',
  async () => {
    await open(page, '/suivi', 'Consultants')
    await page.locator('tr.grid-row').first().click()
    await page.getByText('Rapport du client').waitFor()
  },
  700,
)
await picture(page, 'factures', () => open(page, '/facturation/historique', 'Maison Berthelot'), 620)
await picture(page, 'facturation-agence', () => open(page, '/facturation', 'Carte de paiement'), 480)
await picture(page, 'accueil', () => open(page, '/', /Bonjour/))
await picture(page, 'clients', () => open(page, '/clients', 'Agence Blin'), 700)
await picture(page, 'non-assignes', () => open(page, '/clients?unassigned=true', /assignés à personne/), 600)
await picture(page, 'selection', async () => {
  // The bar floats at the bottom: a lower window keeps it in a picture of modest weight.
  await page.setViewportSize({ width: 1389, height: 640 })
  await open(page, '/clients', 'Agence Blin')
  for (const n of [1, 2, 3]) await page.getByRole('checkbox').nth(n).click()
  await page.getByRole('toolbar', { name: 'Actions sur la sélection' }).waitFor()
})
await page.setViewportSize({ width: 1389, height: 868 })
await picture(
  page,
  'nouveau-client',
  async () => {
    await open(page, '/clients?nouveau=1', 'Créer le client')
  },
  'dialog',
)
await picture(page, 'fiche', async () => {
  await open(page, '/clients?q=blin', 'Agence Blin')
  await page.getByText('Agence Blin').first().click()
  await page.getByRole('tab', { name: 'Facturation' }).waitFor()
})
await picture(page, 'facturation', async () => {
  await page.getByRole('tab', { name: 'Facturation' }).click()
  await page.getByText('Identité légale').waitFor()
})
await picture(page, 'qui-voit-ce-client', async () => {
  await page.getByRole('tab', { name: 'Accès' }).click()
  await page.getByText('Qui voit ce client').first().waitFor()
  await page.getByText('Propriétaire : voit tous les clients').first().waitFor()
})
await picture(page, 'import', async () => {
  await page.goto(`${agency}/clients?importer=1`)
  await page.setInputFiles('input[type=file]', clientsFile)
  await page.getByRole('button', { name: 'Vérifier 126 lignes' }).click()
  await page.getByText('SIREN dont la clé est fausse').waitFor()
})
await picture(page, 'sous-comptes', () => open(page, '/sous-comptes', 'Élise Brunet'), 700)
await picture(
  page,
  'inviter',
  async () => {
    await page.getByRole('button', { name: 'Nouveau sous-compte' }).first().click()
    await page.getByRole('button', { name: 'Créer le sous-compte' }).waitFor()
  },
  'dialog',
)
await picture(page, 'sous-compte', async () => {
  await open(page, '/sous-comptes?q=garnier', 'Léa Garnier')
  await page.getByText('Léa Garnier').first().click()
  await page.getByText('Rôle et place').first().waitFor()
})
await picture(page, 'que-voit', async () => {
  await page.getByRole('tab', { name: 'Que voit Léa' }).click()
  await page
    .getByText(/Assignation directe/)
    .first()
    .waitFor()
})
await picture(page, 'agence', async () => {
  await open(page, '/agence', 'Élise Brunet')
  await page
    .getByRole('treeitem', { name: /^Élise Brunet/ })
    .locator('.tree-toggle')
    .click()
  await page.waitForTimeout(400)
})
await picture(
  page,
  'retirer',
  async () => {
    await page
      .getByRole('treeitem', { name: /^Élise Brunet/ })
      .getByRole('button')
      .click()
    await page.getByRole('menuitem', { name: 'Retirer de l’agence…' }).click()
    await page.getByText('Son accès est fermé aussitôt').waitFor()
  },
  'dialog',
)
await picture(
  page,
  'mode-apercu',
  async () => {
    await open(page, '/parametres/mode', 'Intermédiaire')
    await page.getByRole('button', { name: 'Passer en mode Simple' }).click()
    await page.getByText('changent de place').waitFor()
  },
  'dialog',
)
await picture(page, 'demandes', async () => {
  await open(page, '/demandes', 'Activer les modes')
  await page.getByRole('link', { name: /Activer les modes/ }).click()
  await page.getByText('Une quinzaine de personnes').waitFor()
})
await picture(page, 'securite', () => open(page, '/profil/securite', 'Double vérification'))
await picture(page, 'sessions', () => open(page, '/profil/sessions', 'Sessions ouvertes'))
await picture(page, 'droits', () => open(page, '/droits', 'Importer des clients'))
await picture(page, 'budgets', () => open(page, '/budgets', 'Réparti en dessous'), 700)
await picture(
  page,
  'budget-attribuer',
  async () => {
    await page.getByRole('row').nth(1).hover()
    await page.getByRole('row').nth(1).getByRole('button', { name: 'Attribuer' }).click()
    await page.getByRole('dialog').getByLabel('Montant').fill('250')
  },
  'dialog',
)
await picture(
  page,
  'budget-reconduire',
  async () => {
    await open(page, '/budgets', 'Réparti en dessous')
    await page.getByRole('button', { name: 'Reconduire les budgets du mois' }).click()
    const dialog = page.getByRole('dialog')
    await dialog
      .getByLabel(/^Montant pour/)
      .first()
      .waitFor()
  },
  'dialog',
)
await picture(page, 'budget-demandes', () => open(page, '/budgets?demandes=1', 'Répondre'), 560)
await picture(page, 'releve', async () => {
  await open(page, '/budgets?onglet=releve', 'Exporter le relevé')
  await page.getByText('Recharge').first().waitFor()
})
await picture(
  page,
  'budget-regles',
  async () => {
    await open(page, '/budgets', 'Réparti en dessous')
    await page.getByRole('row').nth(1).click()
    await page.getByRole('button', { name: 'Règles' }).click()
    await page.getByLabel(/Prélever ce qui manque/).check()
  },
  'dialog',
)
await picture(page, 'journal', () => open(page, '/journal', 'Exporter le journal'))

const phone = await product.visitor({ width: 390, height: 844 })
await phone.context.addCookies(await context.cookies())
await picture(phone.page, 'telephone-clients', () => open(phone.page, '/clients', 'Agence Blin'))
await picture(phone.page, 'telephone-accueil', () => open(phone.page, '/', /Bonjour/))
await picture(page, 'voir-comme', async () => {
  await open(page, '/sous-comptes?q=garnier', 'Léa Garnier')
  await page.getByText('Léa Garnier').first().click()
  const direct = page.getByRole('button', { name: /Voir comme/ })
  if (
    !(await direct
      .first()
      .isVisible()
      .catch(() => false))
  )
    await page.getByRole('button', { name: 'Autres actions' }).click()
  await page
    .getByRole('button', { name: /Voir comme/ })
    .or(page.getByRole('menuitem', { name: /Voir comme/ }))
    .first()
    .click()
  await page.getByText(/Vous voyez comme/).waitFor()
})
// A client's own person: dashboard, card, top-up, invoices.
const helene = await product.visitor()
await helene.page.goto(`${agency}/connexion`)
await helene.page.getByLabel('Adresse électronique').fill('helene.berthe@boulangerie-berthe.example')
await helene.page.getByLabel('Mot de passe', { exact: true }).fill(samplePassword)
await helene.page.keyboard.press('Enter')
await helene.page.getByRole('heading', { name: /Bonjour/ }).waitFor()
await picture(helene.page, 'client-accueil', () => open(helene.page, '/', 'Commandes en cours'), 560)
await picture(
  helene.page,
  'client-carte',
  async () => {
    await open(helene.page, '/moyen-de-paiement', 'Carte de paiement')
    await helene.page.getByRole('button', { name: 'Ajouter une carte' }).click()
    const form = helene.page.getByRole('dialog')
    await form.getByText('4242 4242 4242 4242').click()
    await form.getByRole('button', { name: 'Enregistrer la carte' }).click()
    await helene.page.getByRole('img', { name: /Carte Visa/ }).waitFor()
    // Again, without the notice that says so.
    await open(helene.page, '/moyen-de-paiement', 'Remplacer la carte')
  },
  420,
)
await picture(
  helene.page,
  'client-recharger',
  async () => {
    await open(helene.page, '/solde', 'Disponible')
    await helene.page.getByRole('button', { name: 'Recharger' }).first().click()
    await helene.page.getByRole('dialog').getByLabel('Budget à ajouter').fill('200')
    await helene.page.getByRole('button', { name: /^Payer 240/ }).waitFor()
  },
  'dialog',
)
await picture(
  helene.page,
  'client-factures',
  () => open(helene.page, '/facturation/historique', 'Recharge du budget'),
  420,
)
const stranger = await product.visitor()
await picture(stranger.page, 'connexion', () => open(stranger.page, '/connexion', 'Mot de passe oublié'))
await product.close()
await own.stop()
if (missed.length > 0) process.exitCode = 1
