import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { toPublicId } from '../src/contract/ids.ts'
import { hashPassword } from '../src/features/passwords/public.ts'
import { addOperator } from '../src/features/operator/public.ts'
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

// "Agence" in the browser: the tree by pointer, keyboard and menu, on a phone too; a change of mode with its
// preview; a removal; and how the operator grants the modes (C4, C8, C10, C11, C16).

const password = 'quatre corbeaux 91 violets'
let product: Product
let agency: TestAgency
let people: Record<'marc' | 'nora' | 'lea' | 'karim', TestMember>
let owner: Visitor

before(async () => {
  product = await startProduct()
  const { t } = product
  const passwordHash = await hashPassword(password)
  agency = await makeAgency(t, { slug: 'horizon', name: 'Studio Horizon' })
  await t.sql(
    `update realm_user set name = 'Camille Rousseau', email = 'camille@horizon.example', email_key = 'camille@horizon.example', password_hash = $2 where id = $1`,
    [agency.owner.userId, passwordHash],
  )
  const of = (role: 'manager' | 'consultant', name: string, parent?: TestMember) =>
    makeMember(t, agency, {
      role,
      name,
      email: `${name.split(' ')[0]!.toLowerCase()}@horizon.example`,
      passwordHash,
      seesUnassigned: false,
      ...(parent && { parent }),
    })
  const marc = await of('manager', 'Marc Petit')
  const nora = await of('manager', 'Nora Benali')
  const lea = await of('consultant', 'Lea Bernard', marc)
  const karim = await of('consultant', 'Karim Diallo', marc)
  people = { marc, nora, lea, karim }
  await makeClient(t, agency, { name: 'Atelier Vidal', assignees: [lea] })
  await makeClient(t, agency, { name: 'Boulangerie Berthe', assignees: [lea, karim] })
  await makeClient(t, agency, { name: 'Cave Noël', home: marc })
  owner = await signedIn('camille@horizon.example', '/agence')
})
after(() => product.close())

async function signedIn(email: string, path: string, options = {}): Promise<Visitor> {
  const visitor = await product.visitor(options)
  const { page } = visitor
  await page.goto(product.url(`/connexion?retour=${path}`, 'horizon'))
  await page.getByLabel('Adresse électronique').fill(email)
  await page.getByLabel('Mot de passe', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await page.getByRole('tree').waitFor()
  return visitor
}

async function step(
  what: string,
  visitor: Visitor,
  work: (page: Visitor['page']) => Promise<void>,
): Promise<void> {
  try {
    await work(visitor.page)
    assert.deepEqual(visitor.faults, [])
  } catch (error) {
    await visitor.page.screenshot({ path: join(pictures, `agency-mode-${what}.png`) }).catch(() => {})
    throw error
  }
}

const line = (page: Visitor['page'], name: RegExp) => page.getByRole('treeitem', { name })
const inBranch = (page: Visitor['page'], m: TestMember) =>
  page.locator(`[data-branch="${toPublicId('member', m.memberId)}"]`)
const parentOf = async (m: TestMember) =>
  (
    await product.t.sql<{ name: string | null }>(
      `select u.name from member m left join member p on p.agency_id = m.agency_id and p.id = m.parent_id
       left join realm_user u on u.agency_id = p.agency_id and u.id = p.user_id where m.id = $1`,
      [m.memberId],
    )
  )[0]!.name

test('an owner opens the tree, drags a consultant to another manager, and takes it back', () =>
  step('drag', owner, async (page) => {
    await line(page, /^Marc Petit/)
      .locator('.tree-toggle')
      .click()
    await line(page, /^Lea Bernard/).waitFor()
    await checkAccessible(page, 'tree')
    await page.screenshot({ path: join(pictures, 'agency-tree.png') })
    await line(page, /^Lea Bernard/).dragTo(line(page, /^Nora Benali/))
    await page.getByText('est maintenant sous').waitFor()
    assert.equal(await parentOf(people.lea), 'Nora Benali')
    await page.getByRole('button', { name: /Annuler/ }).click()
    await inBranch(page, people.marc).getByText('Lea Bernard').waitFor()
    assert.equal(await parentOf(people.lea), 'Marc Petit')
  }))

test('the keyboard alone goes through the tree, picks somebody up and puts them down', () =>
  step('keyboard', owner, async (page) => {
    await line(page, /^Studio Horizon/).focus()
    for (const key of ['Home', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key)
    await page.keyboard.press('ArrowDown')
    assert.match((await page.locator(':focus .tree-who b').first().textContent()) ?? '', /Karim Diallo/)
    await page.keyboard.press('m')
    await page.getByText(/Karim Diallo.*choisissez une ligne/).waitFor()
    await page.keyboard.press('End')
    assert.match((await page.locator(':focus .tree-who b').first().textContent()) ?? '', /Nora Benali/)
    await page.keyboard.press('Enter')
    await page.getByText('est maintenant sous').waitFor()
    assert.equal(await parentOf(people.karim), 'Nora Benali')
    await page.keyboard.press('Control+z')
    await page.waitForFunction(`!document.body.textContent.includes("est maintenant sous")`)
    await inBranch(page, people.marc).getByText('Karim Diallo').waitFor()
  }))

test('a search opens the tree where somebody is', () =>
  step('search', owner, async (page) => {
    await line(page, /^Marc Petit/)
      .locator('.tree-toggle')
      .click()
    await page.getByLabel('Rechercher dans l’agence').fill('léa')
    await page.getByRole('button', { name: /Lea Bernard/ }).click()
    await line(page, /^Lea Bernard/).waitFor()
    await page.waitForFunction(`document.activeElement.textContent.includes('Lea Bernard')`)
  }))

test('budget is given and taken back from the tree, which leads to a person’s clients and activity', () =>
  step('tree-budget', owner, async (page) => {
    await runInTenant(product.t.app, { agencyId: agency.id }, (ctx) =>
      moveMoney(ctx, {
        operationKey: newId(),
        reason: 'budget.topped_up',
        lines: [
          { wallet: { counterpart: 'card', unit: 'EUR' }, amount: -50_000n },
          { wallet: { owner: 'agency', purpose: 'budget', unit: 'EUR' }, amount: 50_000n },
        ],
      }),
    )
    await page.goto(product.url('/agence', 'horizon'))
    const marc = line(page, /^Marc Petit/)
    const act = async (name: string) => {
      await marc.getByRole('button', { name: 'Actions sur Marc Petit' }).click()
      await page.getByRole('menuitem', { name }).click()
    }
    await act('Attribuer un budget…')
    await page.getByRole('dialog').getByLabel('Montant').fill('120')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Attribuer 120/ })
      .click()
    await marc.getByText(/^120,00\s€$/).waitFor()
    await act('Reprendre un budget…')
    await page.getByRole('dialog').getByLabel('Montant').fill('20')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Reprendre 20/ })
      .click()
    await marc.getByText(/^100,00\s€$/).waitFor()
    await act('Suivre son activité')
    await page.getByRole('heading', { name: 'Suivi', level: 1 }).waitFor()
    await page.getByRole('link', { name: 'Voir ses clients' }).click()
    await page.getByText('Équipe de').waitFor()
    await page.getByText('Cave Noël').waitFor()
    await page.getByRole('link', { name: 'Suivi de l’activité' }).click()
    await page.getByRole('link', { name: 'Voir ses clients' }).waitFor()
    await checkAccessible(page, 'overview of a manager')
  }))

test('the mode says its consequences, changes, and is changed back', () =>
  step('mode', owner, async (page) => {
    await page.goto(product.url('/parametres/mode', 'horizon'))
    await page.getByRole('button', { name: 'Passer en mode Simple' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('2 personnes changent de place').waitFor()
    await dialog.getByText('3 assignations apparaissent').waitFor()
    await checkAccessible(page, 'mode preview')
    await page.screenshot({ path: join(pictures, 'agency-mode-preview.png') })
    await dialog.getByRole('button', { name: 'Passer en mode Simple' }).click()
    await page.getByText('Mode Simple en place').waitFor()
    // In simple mode the entry is "Sous-comptes" again.
    await page
      .getByRole('link', { name: /Sous-comptes/ })
      .first()
      .waitFor()
    assert.equal(await parentOf(people.lea), null)
    await page.getByRole('button', { name: 'Passer en mode Complet' }).click()
    await dialog.getByText('3 assignations « changement de mode » disparaissent').waitFor()
    await dialog.getByRole('button', { name: 'Passer en mode Complet' }).click()
    await page.getByText('Mode Complet en place').waitFor()
    assert.equal(await parentOf(people.lea), 'Marc Petit')
  }))

test('a manager has its own branch and clients, moves people there by the menu, also on a phone', async () => {
  const manager = await signedIn('marc@horizon.example', '/agence', { width: 390, height: 844 })
  await step('manager', manager, async (page) => {
    await line(page, /^Lea Bernard/).waitFor()
    assert.equal(await line(page, /^Nora Benali/).count(), 0)
    await checkAccessible(page, 'tree on a phone')
    await page.screenshot({ path: join(pictures, 'agency-phone.png') })
    await page.getByRole('button', { name: 'Actions sur Lea Bernard' }).click()
    await page.getByRole('menuitem', { name: 'Déplacer sous…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Ses clients suivent').waitFor()
    await checkAccessible(page, 'move dialog')
    await page.keyboard.press('Escape')
    await page.getByRole('tab', { name: 'Clients' }).click()
    await page.getByText('Atelier Vidal').first().waitFor()
    await checkAccessible(page, 'clients of the branch')
  })
  await manager.context.close()
})

test('removing somebody asks to whom, says what follows, and is undone', () =>
  step('hand-over', owner, async (page) => {
    await page.goto(product.url('/agence', 'horizon'))
    await line(page, /^Marc Petit/)
      .locator('.tree-toggle')
      .click()
    await page.getByRole('button', { name: 'Actions sur Lea Bernard' }).click()
    await page.getByRole('menuitem', { name: 'Retirer de l’agence…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Remettre ses clients à').fill('nora')
    await page.getByRole('option', { name: /Nora Benali/ }).click()
    await dialog.getByText('1 assignation ajoutée').waitFor()
    await checkAccessible(page, 'hand-over')
    await page.screenshot({ path: join(pictures, 'agency-hand-over.png') })
    await dialog.getByRole('button', { name: 'Retirer Lea Bernard' }).click()
    await page.getByText('ne fait plus partie de l’agence').waitFor()
    const assigned = () =>
      product.t
        .sql(`select from assignment where member_id = $1`, [people.lea.memberId])
        .then((r) => r.length)
    assert.equal(await assigned(), 0)
    await page.getByRole('button', { name: /Annuler/ }).click()
    for (let i = 0; i < 50 && (await assigned()) !== 2; i++) await page.waitForTimeout(100)
    assert.equal(await assigned(), 2)
  }))

test('a simple agency asks for the modes; the operator grants them', async () => {
  const { t } = product
  await t.sql(`update agency set mode = 'simple', hierarchy_enabled = false where agency_id = $1`, [
    agency.id,
  ])
  await t.sql(`update member set parent_id = null where agency_id = $1`, [agency.id])
  await step('ask', owner, async (page) => {
    await page.goto(product.url('/parametres/mode', 'horizon'))
    await page.getByRole('button', { name: 'Demander l’activation' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Message').fill('Nous sommes douze, avec trois managers.')
    await checkAccessible(page, 'ask for the modes')
    await dialog.getByRole('button', { name: 'Envoyer la demande' }).click()
    await page.getByRole('link', { name: 'Ouvrir la conversation' }).click()
    await page.getByText('Nous sommes douze').waitFor()
    await checkAccessible(page, 'request of an agency')
  })
  const staff = await product.visitor()
  await step('grant', staff, async (page) => {
    const link = new URL(
      await addOperator(t.app, { email: 'ada@exploitant.example', name: 'Ada Exploitante' }),
    )
    await page.goto(product.url(`/reinitialiser${link.hash}`))
    await page
      .getByLabel(/mot de passe/i)
      .first()
      .fill(password)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /données d’exemple/ }).waitFor()
    await page.goto(product.url('/exploitant'))
    await page.getByRole('link', { name: /Demandes/ }).click()
    await page.getByRole('link', { name: /Studio Horizon/ }).click()
    await page.getByText('Nous sommes douze').waitFor()
    await checkAccessible(page, 'requests of the operator')
    await page.screenshot({ path: join(pictures, 'operator-requests.png') })
    await page.getByRole('button', { name: 'Accepter la demande' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Accepter la demande' }).click()
    await page.getByText(/Acceptée par Ada Exploitante/).waitFor()
  })
  await staff.context.close()
  await step('granted', owner, async (page) => {
    await page.getByText(/Acceptée par Ada Exploitante/).waitFor()
    await page.goto(product.url('/parametres/mode', 'horizon'))
    await page.getByRole('button', { name: 'Passer en mode Complet' }).waitFor()
  })
})
