import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { toPublicId } from '../src/contract/ids.ts'
import {
  makeAgency,
  makeClient,
  makeMember,
  signInAs,
  type TestAgency,
  type TestMember,
} from '../src/server/testing-people.ts'
import { checkAccessible } from './axe.ts'
import { startProduct, type Product, type Visitor } from './product.ts'

// Who sees what and why, acting as somebody below and back, without a mouse.

let product: Product
let agency: TestAgency
let manager: TestMember
let lea: TestMember
let client: { id: string }

before(async () => {
  product = await startProduct()
  const { t } = product
  agency = await makeAgency(t, { slug: 'doublure', name: 'Studio Doublure' })
  manager = await makeMember(t, agency, { role: 'manager', name: 'Marc Manager' })
  lea = await makeMember(t, agency, { role: 'consultant', parent: manager, name: 'Léa Bernard' })
  client = await makeClient(t, agency, { name: 'Maison Berthe', assignees: [lea] })
})
after(() => product.close())

async function enter(member: TestMember, path: string): Promise<Visitor> {
  await signInAs(product.t, agency, member)
  const visitor = await product.visitor()
  const value = member.browser.cookies['session'] ?? ''
  await visitor.context.addCookies([{ name: 'session', value, url: product.url('/', agency.slug) }])
  await visitor.page.goto(product.url(path, agency.slug))
  await visitor.page.locator('main h1').first().waitFor()
  return visitor
}

/** Goes to a button by Tab alone and presses it. */
async function pressByKeyboard(page: Page, name: RegExp): Promise<void> {
  const button = page.getByRole('button', { name }).first()
  await button.waitFor()
  for (let i = 0; i < 120; i++) {
    if ((await button.and(page.locator(':focus')).count()) > 0) return page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never reached ${name}`)
}

const bar = (page: Page) => page.getByRole('region', { name: 'Session pour le compte de quelqu’un' })

test('a client says who sees it and who does not, each with its reasons', async () => {
  const { page, context, faults } = await enter(
    agency.owner,
    `/clients/${toPublicId('client', client.id)}/acces`,
  )
  await page.getByText('3 sous-comptes voient ce client').waitFor()
  const row = page.getByRole('listitem').filter({ hasText: 'Marc Manager' }).first()
  assert.match(await row.innerText(), /Assigné à Léa Bernard, dans son équipe/)
  await checkAccessible(page, 'who sees a client')
  await pressByKeyboard(page, /Ne le voient pas/)
  await page.getByText('Tous les sous-comptes voient ce client').waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

test('acting, one step further by looking, and back to where one left, without a mouse', async () => {
  const path = `/sous-comptes/${toPublicId('member', manager.memberId)}/acces`
  const { page, context, faults } = await enter(agency.owner, path)
  await pressByKeyboard(page, /Agir pour Marc Manager/)
  await bar(page).getByText('Marc Manager').waitFor()
  assert.equal(new URL(page.url()).pathname, '/')
  assert.match(await page.title(), /^Marc Manager/)
  await page.goto(product.url(`/sous-comptes/${toPublicId('member', lea.memberId)}/acces`, agency.slug))
  await pressByKeyboard(page, /Voir comme Léa Bernard/)
  await bar(page).getByText('Léa Bernard').waitFor()
  assert.match(await bar(page).innerText(), /→ Marc Manager/)
  await page.getByRole('heading', { name: /Bonjour Léa/ }).waitFor()
  await checkAccessible(page, 'acting')
  await pressByKeyboard(page, /Quitter l’espace/)
  await page.waitForURL(/\/sous-comptes\/mem_.*\/acces/)
  await bar(page).getByText('Marc Manager').waitFor()
  await pressByKeyboard(page, /Passer en lecture seule/)
  await page.getByRole('button', { name: 'Lecture seule activée' }).waitFor()
  await pressByKeyboard(page, /Quitter l’espace/)
  await page.waitForURL(product.url(path, agency.slug))
  await bar(page).waitFor({ state: 'detached' })
  assert.deepEqual(faults, [])
  await context.close()
})

test('from the palette: a member, its eyes, and back', async () => {
  const { page, context, faults } = await enter(
    agency.owner,
    `/sous-comptes/${toPublicId('member', lea.memberId)}`,
  )
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('textbox').waitFor()
  await page.keyboard.type('voir comme')
  await page.getByRole('button', { name: /Voir comme Léa Bernard/ }).waitFor()
  await page.keyboard.press('Enter')
  await bar(page).getByText('Léa Bernard').waitFor()
  await pressByKeyboard(page, /Quitter l’espace/)
  await page.waitForURL(/\/sous-comptes\/mem_/)
  assert.deepEqual(faults, [])
  await context.close()
})

test('the subject reads who acted', async () => {
  const { page, context, faults } = await enter(manager, '/profil?onglet=sessions')
  const tab = page.getByRole('tab', { name: /Sessions/ })
  await tab.click()
  await page.getByRole('heading', { name: 'Qui a agi pour moi' }).waitFor()
  await page.getByText('a agi en votre nom').waitFor()
  await checkAccessible(page, 'who acted')
  assert.deepEqual(faults, [])
  await context.close()
})

test('a reason is asked for where the agency demands one', async () => {
  await product.t.sql(`update agency set acting_reason_required = true where agency_id = $1`, [agency.id])
  const { page, context, faults } = await enter(
    agency.owner,
    `/sous-comptes/${toPublicId('member', lea.memberId)}/acces`,
  )
  await pressByKeyboard(page, /Agir pour Léa Bernard/)
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Raison').waitFor()
  await checkAccessible(page, 'acting reason')
  await page.keyboard.press('Enter')
  await dialog.getByText('Votre agence demande d’indiquer la raison.').waitFor()
  await page.keyboard.type('Aide au téléphone')
  await page.keyboard.press('Enter')
  await bar(page).getByText('Léa Bernard').waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

test('when the session ends by itself, the bar goes and nothing is written in one’s own name', async () => {
  await product.t.sql(`update agency set acting_reason_required = false where agency_id = $1`, [agency.id])
  const { page, context } = await enter(
    agency.owner,
    `/sous-comptes/${toPublicId('member', lea.memberId)}/acces`,
  )
  await pressByKeyboard(page, /Agir pour Léa Bernard/)
  await bar(page).getByText('Léa Bernard').waitFor()
  await page.goto(product.url(`/clients/${toPublicId('client', client.id)}/tableau-de-bord`, agency.slug))
  const note = page.getByRole('textbox', { name: /note/i }).first()
  await note.fill('Au nom de Léa')
  await product.t.sql(
    `update access_session set expires_at = now() where agency_id = $1 and ended_at is null`,
    [agency.id],
  )
  await page.keyboard.press('Control+Enter')
  await page
    .getByText(/en tant que.*est terminée/)
    .first()
    .waitFor()
  await bar(page).waitFor({ state: 'detached' })
  assert.equal(await note.inputValue(), 'Au nom de Léa', 'what was typed is kept')
  const [written] = await product.t.sql<{ n: number }>(
    `select count(*)::int as n from client_note where agency_id = $1`,
    [agency.id],
  )
  assert.equal(written?.n, 0)
  await context.close()
})
