import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { toPublicId } from '../src/contract/ids.ts'
import { explainAccess, explainMember } from '../src/features/access/contract.ts'
import {
  insertAgencies,
  oracleRules,
  randomAgency,
  randomFrom,
  type PlainAgency,
  type PlainMember,
} from '../src/features/access/testing-sight.ts'
import { getClient } from '../src/features/client-record/contract.ts'
import { listClients } from '../src/features/clients/contract.ts'
import { signInAs, type TestMember } from '../src/server/testing-people.ts'
import { startTestApp, type Browser, type TestApp } from '../src/server/testing.ts'

/** quality.md, check 2, through the API itself: fewer trees than `sight.test.ts`, every door. */
const trees = 120

let t: TestApp
const random = randomFrom(7)
const agencies = Array.from({ length: trees }, () => randomAgency(random))
const slugOf = (a: PlainAgency) => `h${a.id.replaceAll('-', '')}`
const cli = (id: string) => toPublicId('client', id)

before(async () => {
  t = await startTestApp()
  await insertAgencies(t, agencies)
  await t.sql(
    `insert into host_name (name, kind, agency_id, realm_id, realm_kind, verified_at) select slug, 'slug', agency_id, agency_id, 'agency', now() from agency where slug <> ''`,
  )
})
after(() => t.close())

async function enter(a: PlainAgency, m: PlainMember): Promise<Browser> {
  const browser = t.browser(slugOf(a))
  await signInAs(t, { id: a.id, slug: slugOf(a) }, {
    agencyId: a.id,
    memberId: m.id,
    userId: m.id,
    email: '',
    name: '',
    browser,
  } as TestMember)
  return browser
}

test('the list, the count, the search, the record and explain agree with the oracle for every member', async () => {
  let asked = 0
  for (const a of agencies)
    for (const m of a.members) {
      if (m.state !== 'active') continue
      const browser = await enter(a, m)
      const seen = a.clients.filter((c) => oracleRules(a, m, c).length > 0).map((c) => cli(c.id))
      const said = `${m.role} ${m.id} of ${JSON.stringify(a)}`
      for (const q of [undefined, 'cliënt']) {
        const list = await browser.call(listClients, {
          query: { limit: 200, total: 'true', ...(q && { q }) },
        })
        assert.deepEqual(list.data.map((c) => c.id).toSorted(), seen.toSorted(), said)
        assert.equal(list.total, seen.length, said)
      }
      for (const c of a.clients) {
        const { statusCode } = await browser.send(getClient, { params: { id: cli(c.id) } })
        assert.equal(statusCode, seen.includes(cli(c.id)) ? 200 : 404, said)
        asked++
      }
    }
  assert.ok(asked > 1000, `${asked} records asked for`)
})

test('what an owner is told of a member is what that member sees, with the oracle’s reasons', async () => {
  for (const a of agencies) {
    const owner = a.members.find((m) => m.role === 'owner' && m.state === 'active')
    if (!owner || a.clients.length === 0) continue
    const browser = await enter(a, owner)
    for (const m of a.members.slice(0, 4)) {
      const sight = await browser.call(explainMember, {
        params: { id: toPublicId('member', m.id) },
        query: { limit: 200 },
      })
      const told = new Map(sight.data.map((d) => [d.client.id, d.paths.map((p) => p.rule).toSorted()]))
      const expected = new Map(
        a.clients
          .map((c) => [cli(c.id), oracleRules(a, m, c)] as const)
          .filter(([, rules]) => rules.length > 0),
      )
      assert.deepEqual([...told].toSorted(), [...expected].toSorted())
      assert.equal(sight.total, expected.size)
      const c = random.pick(a.clients)
      const why = await browser.call(explainAccess, {
        params: { id: cli(c.id), memberId: toPublicId('member', m.id) },
      })
      assert.equal(why.visible, expected.has(cli(c.id)))
      assert.equal(why.whyNot.length > 0, !why.visible)
    }
  }
})
