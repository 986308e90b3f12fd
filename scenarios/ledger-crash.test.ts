import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { toPublicId } from '../src/contract/ids.ts'
import { newId } from '../src/server/ids.ts'
import { hashToken, newToken } from '../src/server/keys.ts'
import { verifyData } from '../src/server/verify-data.ts'
import pg from 'pg'
import { clusterUrl, readAccess } from '../src/server/postgres-cluster.ts'
import { Installation } from './installation.ts'

/** Transfers asked for; more on demand: `CRASH_TRANSFERS=10000` takes some minutes. */
const asked = Number(process.env['CRASH_TRANSFERS'] ?? 400)
/** Asked for at the same time. */
const atOnce = 16
/** Times the application, the database or both are killed. */
const kills = Number(process.env['CRASH_KILLS'] ?? 3)
const clients = 40
const slug = 'fracas'
/** Minor units the agency begins with, and of each transfer. */
const float = 1_000_000_00
const each = 1_37

const here = new Installation()
after(() => here.end())

type Folder = { id: string }

/** An agency in the simple mode with its owner signed in, its clients, and money at its top. */
async function setUp(): Promise<{ agency: string; folders: Folder[] }> {
  const [agency, user, member] = [newId(), newId(), newId()]
  const token = newToken()
  const folders = Array.from({ length: clients }, () => ({ id: newId() }))
  await here.owner(async (c) => {
    const run = (text: string, values: unknown[]) => c.query(text, values)
    await run(
      `insert into agency (agency_id, kind, name, slug, mode, created_at) values ($1, 'agency', 'Fracas', $2, 'simple', now())`,
      [agency, slug],
    )
    await run(
      `insert into host_name (name, kind, agency_id, realm_id, realm_kind, verified_at) values ($1, 'slug', $2, $2, 'agency', now())`,
      [slug, agency],
    )
    await run(
      `insert into realm_user (agency_id, id, realm_id, realm_kind, email, email_key, name, created_at) values ($1, $2, $1, 'agency', 'a@exemple.fr', 'a@exemple.fr', 'Ada', now())`,
      [agency, user],
    )
    await run(
      `insert into member (agency_id, id, user_id, role, state, created_at) values ($1, $2, $3, 'owner', 'active', now())`,
      [agency, member, user],
    )
    await run(
      `insert into session (agency_id, id, user_id, realm_id, host, token_hash, created_at, last_seen_at, idle_seconds, expires_at, method)
       values ($1, $2, $3, $1, $4, $5, now(), now(), 43200, now() + interval '1 day', 'password')`,
      [agency, newId(), user, `${slug}.localhost:${here.port}`, hashToken(token)],
    )
    for (const [i, f] of folders.entries())
      await run(
        `insert into client (agency_id, id, name, last_activity_at, created_at, updated_at) values ($1, $2, $3, now(), now(), now())`,
        [agency, f.id, `Maison ${i}`],
      )
    await c.query(`begin; set local app.agency_id = '${agency}'`)
    await run(
      `select move_money(now(), null, 'Fracas', null, null, array['counterpart', 'agency'], array[$1, $1]::uuid[],
        array['counterpart', 'budget'], array['bank', ''], array['EUR', 'EUR'], array['float'], array['\\x00']::bytea[],
        array['budget.topped_up'], array[null]::text[], array[null]::uuid[], array[null]::text[], null, null, null,
        array[1, 1], array[1, 2], array[$2::bigint * -1, $2::bigint])`,
      [agency, float],
    )
    await c.query('commit')
  })
  here.cookie = `session=${token}`
  return { agency, folders }
}

type Transfer = { key: string; from: Folder | null; to: Folder | null }

/** Down to a client, back up, or from one client to another. */
function transfersAmong(folders: Folder[]): Transfer[] {
  return Array.from({ length: asked }, (_, i) => ({
    key: newId(),
    from: i % 3 === 2 ? folders[(i * 7) % clients]! : null,
    to: folders[(i * 7 + 1 + (i % 5)) % clients]!,
  }))
}

/** Asks for it until somebody says yes or no; a lost answer is asked for again under the same key. */
async function insist(transfer: Transfer, said: Map<string, boolean>): Promise<void> {
  const node = (f: Folder | null) => (f ? { client: toPublicId('client', f.id) } : { agency: true })
  for (;;) {
    const answer = await here
      .call(
        'POST',
        '/api/v1/budgets/moves',
        { from: node(transfer.from), to: node(transfer.to), amount: { amount: each, currency: 'EUR' } },
        slug,
        { 'idempotency-key': transfer.key },
      )
      .catch(() => undefined)
    if (answer?.status === 200) return void said.set(transfer.key, true)
    // Too little: what it would take back may not have come down yet.
    if (answer?.status === 409 && (answer.body as { code?: string }).code === 'wallet.insufficient')
      return void said.set(transfer.key, false)
    if (answer && answer.status < 500 && answer.status !== 409)
      throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
    await sleep(30)
  }
}

test('kill -9 of application and database during transfers: none lost, none doubled, sums exact', async () => {
  await here.start()
  const { agency, folders } = await setUp()
  const transfers = transfersAmong(folders)
  const said = new Map<string, boolean>()
  const waiting = [...transfers]
  const work = Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await insist(next, said)
    }),
  )
  let killed = 0
  for (let k = 0; k < kills; k++) {
    const until = (asked * (k + 0.5)) / kills
    while (said.size < until) await sleep(20)
    // In the midst of whatever is under way: the application, the database under it, both.
    await sleep(Math.random() * 60)
    if (k % 3 !== 1) await here.killApplication()
    if (k % 3 !== 0) here.killDatabase()
    killed++
    if (k % 3 !== 1) await here.start()
  }
  await work
  assert.equal(killed, kills)
  assert.equal(said.size, asked)
  const { rows } = await here.owner((c) =>
    c.query<{ owner_kind: string; owner_id: string; balance: string }>(
      `select owner_kind, owner_id, balance from wallet where agency_id = $1 and owner_kind <> 'counterpart'`,
      [agency],
    ),
  )
  // What was said is what is there: nobody's yes was lost, nothing was done twice.
  const expected = new Map<string, number>([[agency, float]])
  const add = (id: string, by: number) => expected.set(id, (expected.get(id) ?? 0) + by)
  for (const { key, from, to } of transfers) {
    if (!said.get(key)) continue
    // From one client to another it goes through the agency.
    add(from?.id ?? agency, -each)
    add(to?.id ?? agency, each)
  }
  assert.deepEqual(
    Object.fromEntries(
      rows.filter((r) => Number(r.balance) !== 0).map((r) => [r.owner_id, Number(r.balance)]),
    ),
    Object.fromEntries([...expected].filter(([, balance]) => balance !== 0)),
  )
  const yes = [...said.values()].filter(Boolean).length
  assert.ok(yes > asked / 2, `${yes} of ${asked} went through`)
  const events = await here.owner(
    async (c) =>
      (
        await c.query<{ n: number }>(
          `select count(*)::int as n from audit_event where agency_id = $1 and action like 'budget.%'`,
          [agency],
        )
      ).rows[0]!.n,
  )
  assert.equal(events, yes)
  const pool = new pg.Pool({ connectionString: clusterUrl(readAccess(here.dataDir)!, 'canopee') })
  try {
    const findings = await verifyData(pool)
    assert.deepEqual(
      findings.flatMap((f) => f.broken),
      [],
    )
    // Every index agrees with its table (amcheck).
    await pool.query('create extension if not exists amcheck')
    const { rows: indexes } = await pool.query<{ name: string }>(
      `select i.indexrelid::regclass::text as name, bt_index_check(i.indexrelid, true)
       from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class r on r.oid = i.indrelid join pg_am a on a.oid = c.relam
       where a.amname = 'btree' and r.relname in ('wallet', 'entry', 'money_transfer', 'hold', 'audit_event')`,
    )
    assert.ok(indexes.length > 10)
  } finally {
    await pool.end()
  }
})
