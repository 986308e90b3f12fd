import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { makeAgency, makeClient } from '../src/server/testing-people.ts'
import type { TestAgency } from '../src/server/testing-people.ts'
import { checkAccessible } from './axe.ts'
import { startProduct } from './product.ts'
import type { Product, Visitor } from './product.ts'

// What surrounds every page: keyboard, languages, themes, a lost session, a lost network, a phone.

let product: Product
let agency: TestAgency

before(async () => {
  product = await startProduct()
  agency = await makeAgency(product.t, { slug: 'coquille', name: 'Studio Coquille' })
  await makeClient(product.t, agency, { name: 'Maison Berthe' })
})

after(() => product.close())

/** A visitor with the owner's session, on a page. */
async function owner(path: string, options?: Parameters<Product['visitor']>[0]): Promise<Visitor> {
  const visitor = await product.visitor(options)
  const value = agency.owner.browser.cookies['session'] ?? ''
  await visitor.context.addCookies([{ name: 'session', value, url: product.url('/', agency.slug) }])
  await visitor.page.goto(product.url(path, agency.slug))
  await visitor.page.locator('main h1').first().waitFor()
  return visitor
}

async function pathOf(page: Page, expected: string): Promise<void> {
  await page.waitForURL((url) => url.pathname === expected)
}

test('the palette, sequences and the sheet lead everywhere without a mouse', async () => {
  const { page, context, faults } = await owner('/')
  await checkAccessible(page, 'home')
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('textbox').waitFor()
  await checkAccessible(page, 'palette')
  await page.keyboard.type('journal')
  await page.getByRole('button', { name: /Journal/ }).waitFor()
  await page.keyboard.press('Enter')
  await pathOf(page, '/journal')
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await pathOf(page, '/')
  await page.keyboard.press('Shift+?')
  await page.getByRole('dialog').getByText('Ouvrir la palette de commandes').waitFor()
  await checkAccessible(page, 'shortcut sheet')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  assert.deepEqual(faults, [])
  await context.close()
})

test('the switcher opens a client by its digit', async () => {
  const { page, context, faults } = await owner('/')
  await page.getByRole('button', { name: /changer d’espace/ }).click()
  await page.getByRole('link', { name: /Maison Berthe/ }).waitFor()
  await checkAccessible(page, 'switcher')
  await page.keyboard.press('1')
  await page.waitForURL(/\/clients\/cli_/)
  assert.deepEqual(faults, [])
  await context.close()
})

test('a lost network is said, and what was typed stays', async () => {
  const { page, context } = await owner('/journal')
  const field = page.getByRole('searchbox').first()
  await field.fill('berthe')
  await context.setOffline(true)
  await page.getByText('Vous êtes hors ligne').waitFor()
  assert.equal(await field.inputValue(), 'berthe')
  await context.setOffline(false)
  await page.getByText('Vous êtes hors ligne').waitFor({ state: 'detached' })
  await context.close()
})

test('without a session, or once it is gone, sign-in leads back to the page', async () => {
  const stranger = await product.visitor()
  await stranger.page.goto(product.url('/journal', agency.slug))
  await stranger.page.waitForURL(/\/connexion\?retour=%2Fjournal/)
  await stranger.context.close()

  const { page, context } = await owner('/journal')
  await context.clearCookies()
  // The next call finds the session gone: this search, unless one in the background was quicker.
  await page
    .getByRole('searchbox')
    .first()
    .fill('berthe', { timeout: 2_000 })
    .catch(() => undefined)
  await page.waitForURL(/\/connexion\?retour=%2Fjournal/)
  await context.close()
})

test('an address nobody has says so inside the shell', async () => {
  const { page, context, faults } = await owner('/nulle-part')
  await page.getByRole('heading', { name: 'Cette page n’existe pas' }).waitFor()
  await page.getByRole('navigation', { name: 'Navigation principale' }).waitFor()
  await checkAccessible(page, 'not found')
  assert.deepEqual(faults, [])
  await context.close()
})

test('a phone has its bar of places, the others under "Plus"; the dark theme reads', async () => {
  const { page, context, faults } = await owner('/', { width: 390, height: 844, dark: true })
  await checkAccessible(page, 'home on a phone, dark')
  const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
  assert.equal(overflow, 0)
  await page.getByRole('button', { name: 'Plus' }).click()
  await page
    .getByRole('dialog')
    .getByRole('link', { name: /Journal/ })
    .waitFor()
  await checkAccessible(page, 'more places on a phone')
  await page
    .getByRole('dialog')
    .getByRole('link', { name: /Journal/ })
    .click()
  await pathOf(page, '/journal')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  assert.deepEqual(faults, [])
  await context.close()
})

// Last: the language chosen follows the user to every later visit.
test('the language changes at once, without a reload, and stays', async () => {
  const { page, context, faults } = await owner('/')
  await page.evaluate('window.sameDocument = true')
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /Propriétaire/ })
    .click()
  await page.getByRole('menuitem', { name: 'Langue' }).click()
  await page.getByRole('menuitemradio', { name: 'English' }).click()
  await page.getByRole('button', { name: 'Search' }).first().waitFor()
  assert.equal(await page.evaluate('window.sameDocument'), true)
  assert.equal(await page.locator('html').getAttribute('lang'), 'en')
  await page.reload()
  await page.getByRole('button', { name: 'Search' }).first().waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})
