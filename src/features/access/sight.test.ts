import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { inTenant } from '../../server/db.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import type { SightRule } from './contract.ts'
import { sightPathsSql } from './sight-paths.ts'
import { insertAgencies, oracleRules, randomAgency, randomFrom, type PlainAgency } from './testing-sight.ts'
import { visibleClientCondition, type Viewer } from './visible-clients.ts'

/** quality.md, check 2. */
const trees = 2000
const seed = 20_261_122

let t: TestApp
const random = randomFrom(seed)
const agencies = Array.from({ length: trees }, () => randomAgency(random))

before(async () => {
  t = await startTestApp()
  await insertAgencies(t, agencies)
})
after(() => t.close())

/** `member client` of every pair that the condition opens, in one shape, for every member at once. */
function pairsSql(reach: Viewer['reach']): string {
  const condition = visibleClientCondition({ role: 'consultant', reach }, 'client', '$1', 'm.id')
  return `select m.id || ' ' || client.id as pair from member m join client on client.agency_id = m.agency_id
    where m.agency_id = $1 and case when m.role = 'owner' then ${visibleClientCondition({ role: 'owner' })} else ${condition} end`
}
const shapes = ([undefined, 'wide', 'narrow'] as const).map((reach) => ({ reach, text: pairsSql(reach) }))

/** Compares every pair of an agency in every shape, and explain, with the oracle; gives how many pairs. */
async function compare(agency: PlainAgency): Promise<number> {
  const expected = new Map<string, SightRule[]>()
  let pairs = 0
  for (const m of agency.members)
    for (const c of agency.clients) {
      pairs++
      const rules = oracleRules(agency, m, c)
      if (rules.length > 0) expected.set(`${m.id} ${c.id}`, rules)
    }
  const seen = [...expected.keys()].toSorted()
  await inTenant(t.app.database.app, agency.id, async (tx) => {
    for (const { reach, text } of shapes) {
      const rows = await tx.query<{ pair: string }>(`pairs_${reach}`, text, [agency.id])
      assert.deepEqual(
        rows.map((r) => r.pair).toSorted(),
        seen,
        `condition ${reach} of agency ${JSON.stringify(agency)}`,
      )
    }
    const paths = await tx.query<{ member_id: string; client_id: string; rule: SightRule }>(
      'paths',
      sightPathsSql,
      [agency.id, agency.clients.map((c) => c.id), null],
    )
    const explained = Map.groupBy(paths, (p) => `${p.member_id} ${p.client_id}`)
    assert.deepEqual(
      [...explained.keys()].toSorted(),
      seen,
      'explain is non-empty exactly when the client is visible',
    )
    for (const [pair, rows] of explained)
      assert.deepEqual(rows.map((r) => r.rule).toSorted(), expected.get(pair), JSON.stringify(agency))
  })
  return pairs
}

test('2,000 random trees: what each member sees, and why, equals a brute-force oracle', async () => {
  let pairs = 0
  for (const agency of agencies) pairs += await compare(agency)
  assert.ok(pairs >= 10_000, `${pairs} pairs`)
})

test('the same after random moves, assignments, switches and homes', async () => {
  for (const agency of agencies.slice(0, 600)) {
    const m = random.pick(agency.members)
    const to = agency.mode === 'simple' ? null : random.chance(0.2) ? null : random.pick(agency.members)
    const below = (id: string | null): boolean =>
      id !== null && (id === m.id || below(agency.members.find((x) => x.id === id)!.parent))
    const move = t.sql(
      `update member set parent_id = $3, sees_unassigned = $4 where agency_id = $1 and id = $2`,
      [agency.id, m.id, to?.id ?? null, !m.seesUnassigned],
    )
    if (below(to?.id ?? null)) {
      await assert.rejects(move, to === m ? /violates check|cycle/ : /cycle/)
    } else {
      await move
      m.parent = to?.id ?? null
      m.seesUnassigned = !m.seesUnassigned
    }
    const c = agency.clients[0]
    if (c) {
      await t.sql(`delete from assignment where agency_id = $1 and client_id = $2`, [agency.id, c.id])
      c.assignees = random.chance(0.5) ? [] : [random.pick(agency.members).id]
      for (const a of c.assignees)
        await t.sql(
          `insert into assignment (agency_id, client_id, member_id, assigned_by_name, assigned_at) values ($1, $2, $3, 'Hasard', now())`,
          [agency.id, c.id, a],
        )
      c.home = random.chance(0.5) ? null : random.pick(agency.members).id
      await t.sql(`update client set home_id = $3 where agency_id = $1 and id = $2`, [
        agency.id,
        c.id,
        c.home,
      ])
    }
    await compare(agency)
  }
})
