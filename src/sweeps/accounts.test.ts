import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { arriveInAccount, enterAccount, setVisitReadOnly } from '../features/account-access/contract.ts'
import { signInToAccount, type TestAccountUser } from '../features/account-users/testing.ts'
import { hashPassword } from '../features/passwords/public.ts'
import { routes } from '../app.ts'
import type { Endpoint } from '../contract/endpoint.ts'
import { toPublicId } from '../contract/ids.ts'
import { accountHolds, accountRoles, type AccountRole } from '../contract/rights.ts'
import { exampleOf } from '../server/openapi-example.ts'
import { jsonSchema } from '../server/openapi.ts'
import { signInAs } from '../server/testing-people.ts'
import { startTestApp, type Browser, type TestApp } from '../server/testing.ts'
import { digestOf, makeWorld, type World } from './world.ts'

/** In every text of the other agency. */
const mark = 'ETRANGERE'
/** In every text of the same agency's other account. */
const besideMark = 'VOISINE'
/** Answered on a hosted account's host. */
const endpoints = routes.map((r) => r.endpoint).filter((e) => e.realms.includes('hosted_account'))
const elsewhere = routes.map((r) => r.endpoint).filter((e) => !e.realms.includes('hosted_account'))
/** Server-sent events never end by themselves. */
const endless = new Set(['streamEvents'])
const closed = endpoints.filter((e) => e.may !== 'anyone' && !endless.has(e.name))

let t: TestApp
let here: World
let there: World
let beside: World
let passwordHash: string

before(async () => {
  t = await startTestApp()
  here = await makeWorld(t, 'ICI')
  there = await makeWorld(t, mark)
  beside = await makeWorld(t, besideMark, here.agency)
  passwordHash = await hashPassword(String(exampleOf({ type: 'string' }, {}, 'currentPassword')))
})
after(() => t.close())

type Input = { params?: unknown; query?: unknown; body?: unknown }

/** A well-formed input whose every id is of that world; the user is one of its account. */
function inputOf(e: Endpoint, world: World): Input {
  const ids: Record<string, string> = { ...world.ids, usr: toPublicId('user', world.account.user.userId) }
  const id = (prefix: string) => {
    assert.ok(ids[prefix] !== undefined, `${e.name} takes an id ${prefix}_…: give world.ts one`)
    return ids[prefix]
  }
  const part = (name: 'params' | 'body') =>
    e[name] && { [name]: exampleOf(jsonSchema(e[name], 'input'), { id }) as object }
  const query = e.query && (exampleOf(jsonSchema(e.query, 'input'), { id, requiredOnly: true }) as object)
  return { ...part('params'), ...part('body'), ...(query && { query }) }
}

const send = (browser: Browser, e: Endpoint, input: Input) => browser.send(e, input as never)
const takesIds = (e: Endpoint) =>
  e.params !== undefined && JSON.stringify(jsonSchema(e.params, 'input')).includes('_…')
const may = (role: AccountRole, e: Endpoint) =>
  e.may === 'signedIn' || e.may === 'anyone' || accountHolds(role, e.may)
const personOf = (world: World, role: AccountRole): TestAccountUser =>
  role === 'admin' ? world.account.admin : world.account.user

/** A fresh session with the password that samples send: some endpoints end the one and change the other. */
async function enter(world: World, role: AccountRole = 'admin'): Promise<Browser> {
  const person = personOf(world, role)
  person.browser.cookies = {}
  await t.sql(`update realm_user set password_hash = $2 where id = $1`, [person.userId, passwordHash])
  await t.sql(`update account_user set state = 'active', role = $2 where user_id = $1`, [person.userId, role])
  await signInToAccount(t, { agencyId: world.agency.id, id: world.account.id }, person)
  return person.browser
}

/** The same cookie shown on another host. */
function shownAt(host: Browser, browser: Browser): Browser {
  host.cookies = { ...browser.cookies }
  return host
}

async function setStatus(status: string): Promise<void> {
  await t.sql(`update hosted_account set status = $2 where id = $1`, [here.account.id, status])
}

/** The agency's owner inside the account, by "Connexion". */
async function visit(): Promise<Browser> {
  const { owner } = here.people
  owner.browser.cookies = {}
  await signInAs(t, here.agency, owner)
  const { url } = await owner.browser.call(enterAccount, {
    params: { id: here.ids['hac']! },
    body: { backTo: '/revente', reason: 'Balayage' },
  })
  const browser = t.browser(here.account.slug)
  await browser.call(arriveInAccount, { body: { code: new URL(url).hash.slice(1) } })
  return browser
}

test('the account’s own people get through, so that the refusals below mean something', async () => {
  assert.ok(closed.length > 30, `${closed.length} endpoints`)
  const lost: string[] = []
  for (const e of closed) {
    if (e.method !== 'GET') continue
    const { statusCode } = await send(await enter(here), e, inputOf(e, here))
    if (statusCode !== 200) lost.push(`${e.name} ${statusCode}`)
  }
  assert.deepEqual(lost, [])
})

test('signed out: 401 everywhere, and the agency’s and operator’s endpoints do not exist', async () => {
  const browser = await enter(here)
  for (const e of closed)
    assert.equal((await send(t.browser(here.account.slug), e, inputOf(e, here))).statusCode, 401, e.name)
  for (const e of elsewhere)
    assert.equal((await send(browser, e, inputOf(e, here))).statusCode, 404, `${e.name} on an account's host`)
})

test('a cookie is good on its own host only: not the agency’s, the base host’s, nor another account’s', async () => {
  const admin = await enter(here)
  for (const slug of [
    here.agency.slug,
    undefined,
    beside.account.slug,
    there.account.slug,
    there.agency.slug,
  ]) {
    const stranger = shownAt(t.browser(slug), admin)
    const kind = slug === undefined ? 'operator' : slug.startsWith('hac-') ? 'hosted_account' : 'agency'
    for (const { endpoint: e } of routes)
      if (e.may !== 'anyone' && e.realms.includes(kind))
        assert.equal((await send(stranger, e, inputOf(e, here))).statusCode, 401, `${e.name} at ${slug}`)
  }
  // And the other way round: whoever is signed in to the agency is nobody in the account without "Connexion".
  const { owner } = here.people
  await signInAs(t, here.agency, owner)
  const stranger = shownAt(t.browser(here.account.slug), owner.browser)
  for (const e of closed) assert.equal((await send(stranger, e, inputOf(e, here))).statusCode, 401, e.name)
})

test('a role without the right is refused', async () => {
  for (const role of accountRoles)
    for (const e of closed)
      if (!may(role, e))
        assert.equal(
          (await send(await enter(here, role), e, inputOf(e, here))).statusCode,
          403,
          `${e.name} ${role}`,
        )
})

for (const role of accountRoles)
  test(`${role}: what is another account’s does not exist, be it of the same agency or not`, async () => {
    const untouched = await digestOf(t, there.agency.id)
    for (const world of [beside, there])
      for (const e of endpoints) {
        if (!may(role, e) || endless.has(e.name)) continue
        const { statusCode, body } = await send(await enter(here, role), e, inputOf(e, world))
        assert.ok(statusCode < 500, `${e.name} ${statusCode} ${body}`)
        assert.ok(!body.includes(mark) && !body.includes(besideMark), `${e.name} gives away: ${body}`)
        if (takesIds(e) && e.may !== 'anyone') assert.equal(statusCode, 404, `${e.name} ${body}`)
      }
    assert.deepEqual(await digestOf(t, there.agency.id), untouched)
  })

test('expired: everything is read, nothing is written but one’s own means of sign-in', async () => {
  await setStatus('expired')
  for (const e of closed) {
    const { statusCode, body } = await send(await enter(here), e, inputOf(e, here))
    if (e.method === 'GET') assert.equal(statusCode, 200, `${e.name} ${body}`)
    else if (e.ofThePerson) assert.doesNotMatch(body, /account\.read_only/, e.name)
    else assert.deepEqual([statusCode, JSON.parse(body).code], [403, 'account.read_only'], e.name)
  }
  await setStatus('trial')
})

test('disabled, suspended, archived or gone: closed to everybody at the next request, and why is not said', async () => {
  for (const status of ['disabled', 'suspended', 'archived', 'transferred']) {
    await setStatus('trial')
    const browser = await enter(here)
    const visitor = await visit()
    await setStatus(status)
    for (const who of [browser, visitor, t.browser(here.account.slug)])
      for (const e of endpoints) {
        const { statusCode, body } = await send(who, e, inputOf(e, here))
        if (e.name === 'getRealm') {
          assert.equal(JSON.parse(body).door, 'closed')
          assert.doesNotMatch(body, /disabled|suspended|archived|transferred/)
        } else
          assert.deepEqual(
            [statusCode, JSON.parse(body).code],
            [403, 'account.closed'],
            `${e.name} ${status}`,
          )
      }
  }
  await setStatus('trial')
})

test('inside by "Connexion": credentials, address and second factors are refused; a look writes nothing', async () => {
  const forbidden: string[] = []
  for (const e of closed) {
    const response = await send(await visit(), e, inputOf(e, there))
    if (!e.refusedWhileActing) continue
    assert.deepEqual([response.statusCode, response.json().code], [403, 'acting.forbidden'], e.name)
    forbidden.push(e.name)
  }
  for (const name of [
    'changePassword',
    'requestEmailChange',
    'beginTotp',
    'disableTotp',
    'addPasskey',
    'removePasskey',
  ])
    assert.ok(forbidden.includes(name), name)
  for (const e of closed) {
    if (e.method === 'GET' || e.allowedWhenReadOnly) continue
    const browser = await visit()
    await browser.call(setVisitReadOnly, { body: { readOnly: true } })
    const response = await send(browser, e, inputOf(e, here))
    assert.equal(response.statusCode, 403, e.name)
    assert.match(response.json().code, /^acting\./, e.name)
  }
})
