import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { hashToken, newToken } from '../src/server/keys.ts'
import { newId } from '../src/server/ids.ts'
import { Installation } from './installation.ts'

const clients = 6_000
const slug = 'fracas'
const here = new Installation()
after(() => here.end())

/** An agency and its owner, signed in. */
async function signIn(): Promise<string> {
  const [agency, user, member] = [newId(), newId(), newId()]
  const token = newToken()
  await here.owner(async (c) => {
    await c.query(
      `insert into agency (agency_id, kind, name, slug, created_at) values ($1, 'agency', 'Fracas', $2, now())`,
      [agency, slug],
    )
    await c.query(
      `insert into host_name (name, kind, agency_id, realm_id, realm_kind, verified_at) values ($1, 'slug', $2, $2, 'agency', now())`,
      [slug, agency],
    )
    await c.query(
      `insert into realm_user (agency_id, id, realm_id, realm_kind, email, email_key, name, created_at) values ($1, $2, $1, 'agency', 'a@exemple.fr', 'a@exemple.fr', 'Ada', now())`,
      [agency, user],
    )
    await c.query(
      `insert into member (agency_id, id, user_id, role, state, created_at) values ($1, $2, $3, 'owner', 'active', now())`,
      [agency, member, user],
    )
    await c.query(
      `insert into session (agency_id, id, user_id, realm_id, host, token_hash, created_at, last_seen_at, idle_seconds, expires_at, method)
       values ($1, $2, $3, $1, $4, $5, now(), now(), 43200, now() + interval '1 day', 'password')`,
      [agency, newId(), user, `${slug}.localhost:${here.port}`, hashToken(token)],
    )
  })
  here.cookie = `session=${token}`
  return agency
}

async function importState(
  id: string,
): Promise<{ state: string; counts: Record<string, number> } | undefined> {
  const answer = await here.call('GET', `/api/v1/imports/${id}`, undefined, slug).catch(() => undefined)
  return answer?.status === 200 ? answer.body : undefined
}

async function until(id: string, states: string[], seconds: number): Promise<void> {
  const end = performance.now() + seconds * 1000
  for (;;) {
    const found = await importState(id)
    if (found && states.includes(found.state)) return
    assert.ok(performance.now() < end, `${states} within ${seconds} s, still ${found?.state}`)
    await sleep(50)
  }
}

test('kill -9 of application and database during an import: it ends complete, nothing twice', async () => {
  await here.start()
  const agency = await signIn()
  const file = Buffer.from(
    [
      'Nom;Ville;E-mail;Remarques',
      ...Array.from(
        { length: clients },
        (_, i) => `Maison ${i};Ville ${i % 50};c${i}@exemple.fr;"Note\r\n${i}"`,
      ),
    ].join('\r\n'),
  )
  const created = await here.call(
    'POST',
    '/api/v1/imports',
    { fileName: 'clients.csv', size: file.length },
    slug,
  )
  assert.equal(created.status, 201, JSON.stringify(created.body))
  const { id, chunkBytes, chunkCount } = created.body
  for (let n = 0; n < chunkCount; n++)
    await here.call(
      'PUT',
      `/api/v1/imports/${id}/chunks/${n}`,
      { data: file.subarray(n * chunkBytes, (n + 1) * chunkBytes).toString('base64') },
      slug,
    )
  await here.call('POST', `/api/v1/imports/${id}/read`, {}, slug)
  await until(id, ['mapping'], 60)
  await here.call(
    'POST',
    `/api/v1/imports/${id}/check`,
    { mapping: { 0: 'name', 1: 'city', 2: 'email', 3: 'note' } },
    slug,
  )
  await until(id, ['checked'], 60)
  await here.call('POST', `/api/v1/imports/${id}/run`, {}, slug)
  let kills = 0
  for (const wait of [150, 300, 500]) {
    await sleep(wait)
    const found = await importState(id)
    if (found?.state !== 'running') break
    // Once the application, once the database under it, once both.
    if (kills !== 1) await here.killApplication()
    if (kills !== 0) here.killDatabase()
    kills++
    if (kills !== 2) await here.start()
  }
  assert.ok(kills >= 2, `the import was over after ${kills} kills`)
  await until(id, ['done'], 120)
  const done = (await importState(id))!
  assert.equal(done.counts['created'], clients)
  const rows = await here.owner(
    async (c) =>
      (
        await c.query(
          `select count(*)::int as n, count(distinct name)::int as names, (select count(*)::int from client_note where agency_id = $1) as notes from client where agency_id = $1`,
          [agency],
        )
      ).rows[0],
  )
  assert.deepEqual(rows, { n: clients, names: clients, notes: clients })
  const audited = await here.owner(
    async (c) =>
      (
        await c.query(
          `select count(*)::int as n from audit_event where agency_id = $1 and action = 'client.imported'`,
          [agency],
        )
      ).rows[0],
  )
  assert.equal(audited.n, clients)
})
