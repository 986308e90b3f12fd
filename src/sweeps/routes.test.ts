import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startAccessSession } from '../features/access/contract.ts'
import { hashPassword } from '../features/passwords/public.ts'
import { routes } from '../app.ts'
import type { Endpoint } from '../contract/endpoint.ts'
import { fromPublicId } from '../contract/ids.ts'
import { holds, roles, type Role } from '../contract/rights.ts'
import { exampleOf } from '../server/openapi-example.ts'
import { jsonSchema } from '../server/openapi.ts'
import { signInAs, type TestMember } from '../server/testing-people.ts'
import { startTestApp, type Browser, type TestApp } from '../server/testing.ts'
import { digestOf, makeWorld, sharedPrefixes, type World } from './world.ts'

/** In every text of the foreign agency, and nowhere else. */
const mark = 'ETRANGERE'
/** In every text of the neighbour's branch. */
const besideMark = 'VOISINE'
/** Answered on the agency's host. */
const endpoints = routes.map((r) => r.endpoint).filter((e) => e.realms.includes('agency'))
const elsewhere = routes.map((r) => r.endpoint).filter((e) => !e.realms.includes('agency'))
/** Server-sent events never end by themselves: their doors are tried, not what is behind. */
const endless = new Set(['streamEvents'])

type Input = {
  params?: Record<string, string>
  query?: Record<string, string>
  body?: Record<string, unknown>
}

/**
 * Samples for what a schema cannot say; every other input is made from the schema, ids included. An endpoint
 * whose sample is refused as ill-formed fails the sweep: it would have tested nothing.
 */
const samples: Record<string, Pick<Input, 'params' | 'body'>> = {
  listClientValues: { params: { field: 'city' } },
  // The mode it has: another would move everybody whom the sweep has placed.
  switchMode: { body: { mode: 'full' } },
  downloadInvoiceYear: { params: { year: String(new Date().getUTCFullYear()) } },
  getBankQuestion: { params: { id: '00000000000070008000000000000001' } },
  answerBankQuestion: { params: { id: '00000000000070008000000000000001' } },
}

let t: TestApp
let here: World
let there: World
/** A neighbour's branch of the same agency. */
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

/** A well-formed input whose every id is of that world. */
function inputOf(e: Endpoint, world: World): Input {
  const id = (prefix: string) => {
    const known = world.ids[prefix]
    assert.ok(known !== undefined, `${e.name} takes an id ${prefix}_…: give world.ts one`)
    return known
  }
  const part = (name: 'params' | 'body') => {
    const schema = e[name]
    return (
      schema && {
        [name]: { ...(exampleOf(jsonSchema(schema, 'input'), { id }) as object), ...samples[e.name]?.[name] },
      }
    )
  }
  const query =
    e.query && (exampleOf(jsonSchema(e.query, 'input'), { id, requiredOnly: true }) as Record<string, string>)
  return { ...part('params'), ...part('body'), ...(query && { query }) }
}

/** Every optional id of a query set to that world's. */
function queryIdsOf(e: Endpoint, world: World): Record<string, string> {
  const { properties = {} } = e.query
    ? (jsonSchema(e.query, 'input') as { properties?: Record<string, unknown> })
    : {}
  const found: Record<string, string> = {}
  for (const [name, schema] of Object.entries(properties)) {
    const prefix = /`([a-z]{3})_…`/.exec(JSON.stringify(schema))?.[1]
    const id = prefix && world.ids[prefix]
    if (id) found[name] = id
  }
  return found
}

const send = (browser: Browser, e: Endpoint, input: Input) =>
  browser.send(
    e,
    input as never,
    e.idempotencyKey === 'required' ? { 'idempotency-key': crypto.randomUUID() } : {},
  )
const takesIds = (e: Endpoint) =>
  e.params !== undefined &&
  [...JSON.stringify(jsonSchema(e.params, 'input')).matchAll(/`([a-z]{3})_…`/g)].some(
    ([, prefix]) => !(sharedPrefixes as readonly string[]).includes(prefix!),
  )
const may = (role: Role, e: Endpoint) => e.may === 'signedIn' || e.may === 'anyone' || holds(role, e.may)

/** A fresh session, and the password that samples send: some endpoints end the one and change the other. */
async function enter(member: TestMember): Promise<Browser> {
  member.browser.cookies = {}
  await t.sql(`update realm_user set password_hash = $2 where id = $1`, [member.userId, passwordHash])
  await signInAs(t, here.agency, member)
  return member.browser
}

test('every endpoint has a well-formed sample', () => {
  const ill: string[] = []
  for (const e of endpoints) {
    const input = inputOf(e, here)
    for (const part of ['params', 'body'] as const) {
      const parsed = e[part]?.safeParse(input[part])
      if (parsed?.error) ill.push(`${e.name} ${part}: ${parsed.error.message}`)
    }
  }
  assert.deepEqual(ill, [])
  assert.ok(endpoints.length > 100)
})

test('the samples reach something: the agency’s own owner finds it all by the same calls', async () => {
  const lost: string[] = []
  let marked = 0
  for (const e of endpoints) {
    if (e.method !== 'GET' || e.may === 'anyone' || endless.has(e.name)) continue
    const response = await send(there.people.owner.browser, e, inputOf(e, there))
    // 410: the export's file is gone, and only those who may read it are told so.
    if (response.statusCode >= 400 && response.statusCode !== 410)
      lost.push(`${e.name} ${response.statusCode}`)
    if (response.body.includes(mark)) marked++
  }
  // What is each person's own (a colleague's passkey or session) has no address that reads it.
  assert.deepEqual(lost, [])
  assert.ok(marked > 20, `${marked} answers bear the mark`)
})

test('signed out: 401 everywhere, and other realms’ endpoints do not exist here', async () => {
  for (const e of endpoints) {
    if (e.may === 'anyone') continue
    assert.equal((await send(t.browser(here.agency.slug), e, inputOf(e, here))).statusCode, 401, e.name)
  }
  for (const e of elsewhere) {
    const owner = await enter(here.people.owner)
    assert.equal((await send(owner, e, inputOf(e, there))).statusCode, 404, `${e.name} on an agency's host`)
    // The agency's cookie is nobody's on the base host.
    const base = t.browser()
    base.cookies = { ...owner.cookies }
    if (e.may !== 'anyone')
      assert.equal(
        (await send(base, e, inputOf(e, there))).statusCode,
        e.realms.includes('operator') ? 401 : 404,
        `${e.name} on the base host`,
      )
  }
})

test('a cookie of one agency is nobody on the other’s host', async () => {
  const owner = await enter(here.people.owner)
  const stranger = t.browser(there.agency.slug)
  stranger.cookies = { ...owner.cookies }
  for (const e of endpoints) {
    if (e.may === 'anyone') continue
    const response = await send(stranger, e, inputOf(e, there))
    assert.equal(response.statusCode, 401, e.name)
    assert.ok(!response.body.includes(mark), e.name)
  }
})

test('a role without the right is refused, whatever it names', async () => {
  for (const role of roles)
    for (const e of endpoints) {
      if (may(role, e)) continue
      const browser = await enter(here.people[role])
      for (const world of [here, there])
        assert.equal((await send(browser, e, inputOf(e, world))).statusCode, 403, `${e.name} as ${role}`)
    }
})

for (const role of roles)
  test(`${role}: what is another agency’s does not exist, and not one byte of it comes back`, async () => {
    const before = await digestOf(t, there.agency.id)
    for (const e of endpoints) {
      if (!may(role, e) || endless.has(e.name)) continue
      const foreign = await send(await enter(here.people[role]), e, inputOf(e, there))
      assertNothing(e, foreign)
      const query = queryIdsOf(e, there)
      if (Object.keys(query).length > 0)
        assertNothing(
          e,
          await send(await enter(here.people[role]), e, {
            ...inputOf(e, here),
            query: { ...inputOf(e, here).query, ...query },
          }),
        )
    }
    assert.deepEqual(await digestOf(t, there.agency.id), before, 'the other agency is as it was')
  })

for (const role of ['manager', 'consultant', 'client'] as const)
  test(`${role}: what is in a neighbour’s branch does not exist either`, async () => {
    const faults: string[] = []
    for (const e of endpoints) {
      if (!may(role, e) || e.may === 'anyone' || endless.has(e.name)) continue
      const browser = await enter(here.people[role])
      const named = await send(browser, e, inputOf(e, beside))
      const answers = [named]
      const query = queryIdsOf(e, beside)
      if (Object.keys(query).length > 0)
        answers.push(
          await send(browser, e, { ...inputOf(e, here), query: { ...inputOf(e, here).query, ...query } }),
        )
      for (const { statusCode, body } of answers)
        if (statusCode >= 500 || body.includes(besideMark)) faults.push(`${e.name} ${statusCode} ${body}`)
      if (takesIds(e) && named.statusCode !== 404) faults.push(`${e.name} ${named.statusCode} ${named.body}`)
    }
    assert.deepEqual(faults, [])
  })

test('client: of a client nobody took on there is the file (A22), and neither its money nor its work', async () => {
  const free = await makeWorld(t, 'DELAISSEE', here.agency)
  const bare = fromPublicId('client', free.ids['cli']!)
  await t.sql('delete from assignment where client_id = $1', [bare])
  await t.sql('update client set home_id = null where id = $1', [bare])
  const files = (await enter(here.people.client)).raw({ url: `/api/v1/clients/${free.ids['cli']}` })
  assert.equal((await files).statusCode, 200)
  const before = await digestOf(t, here.agency.id)
  const faults: string[] = []
  for (const e of endpoints) {
    if (!may('client', e) || ['clients.read', 'signedIn', 'anyone'].includes(e.may)) continue
    const browser = await enter(here.people.client)
    const named = await send(browser, e, inputOf(e, free))
    const answers = [named]
    const query = queryIdsOf(e, free)
    if (Object.keys(query).length > 0)
      answers.push(
        await send(browser, e, { ...inputOf(e, here), query: { ...inputOf(e, here).query, ...query } }),
      )
    for (const { statusCode, body } of answers)
      if (statusCode >= 500 || body.includes('DELAISSEE'))
        faults.push(`${e.name} ${statusCode} ${body.slice(0, 100)}`)
    if (takesIds(e) && named.statusCode !== 404) faults.push(`${e.name} ${named.statusCode}`)
  }
  assert.deepEqual(faults, [])
  const after = await digestOf(t, here.agency.id)
  for (const table of ['client_order', 'cart_line', 'project', 'campaign', 'order_message', 'entry', 'hold'])
    assert.equal(after[table], before[table], `${table} is as it was`)
})

test('acting for somebody opens no other agency, and what it may never do is refused', async () => {
  const before = await digestOf(t, there.agency.id)
  const forbidden: string[] = []
  for (const e of endpoints) {
    if (e.may === 'anyone' || endless.has(e.name)) continue
    const browser = await enter(here.people.owner)
    await browser.call(startAccessSession, {
      body: { memberId: here.ids['mem']!, mode: 'acting', reason: 'Balayage' },
    })
    const response = await send(browser, e, inputOf(e, there))
    if (e.refusedWhileActing) {
      assert.equal(response.statusCode, 403, e.name)
      assert.equal(response.json().code, 'acting.forbidden', e.name)
      forbidden.push(e.name)
    } else if (may('consultant', e)) assertNothing(e, response)
    else assert.equal(response.statusCode, 403, `${e.name} has the subject's rights, not the actor's`)
  }
  assert.deepEqual(await digestOf(t, there.agency.id), before)
  // Credentials, second factors, address (quality.md, check 7).
  for (const name of [
    'changePassword',
    'requestEmailChange',
    'beginTotp',
    'disableTotp',
    'regenerateRecoveryCodes',
    'beginPasskey',
    'addPasskey',
    'removePasskey',
  ])
    assert.ok(forbidden.includes(name), `${name} must be refused while acting`)
})

test('looking through somebody’s eyes writes nothing', async () => {
  const browser = await enter(here.people.owner)
  await browser.call(startAccessSession, {
    body: { memberId: here.ids['mem']!, mode: 'viewing', reason: 'Balayage' },
  })
  for (const e of endpoints) {
    if (e.method === 'GET' || e.may === 'anyone' || e.allowedWhenReadOnly) continue
    const response = await send(browser, e, inputOf(e, here))
    assert.equal(response.statusCode, 403, e.name)
    assert.match(response.json().code, /^acting\./, e.name)
  }
})

/** A path that names foreign things is 404; a body may be refused otherwise; nothing foreign comes back. */
function assertNothing(e: Endpoint, response: { statusCode: number; body: string }): void {
  assert.ok(response.statusCode < 500, `${e.name} answered ${response.statusCode}: ${response.body}`)
  assert.ok(!response.body.includes(mark), `${e.name} gives away: ${response.body}`)
  if (takesIds(e) && e.may !== 'anyone')
    assert.equal(response.statusCode, 404, `${e.name} answered ${response.statusCode}: ${response.body}`)
}
