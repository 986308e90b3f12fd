import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { getMe, signIn } from '../sign-in/contract.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { makeAgency, makeMember } from '../../server/testing-people.ts'
import { checkSlug, crossHost, findMyAgency, getRealm, signUpAgency } from './contract.ts'

let t: TestApp
before(async () => {
  t = await startTestApp()
})
after(() => t.close())

const password = 'quatre lampes sur le quai'
const form = (change: object = {}) => ({
  kind: 'agency' as const,
  name: 'Studio Lumière',
  slug: 'studio-lumiere',
  ownerName: 'Hélène Garnier',
  email: 'helene@studio.example',
  password,
  locale: 'fr' as const,
  timeZone: 'Europe/Paris',
  ...change,
})
const codeOf = (url: string) => new URL(url).hash.slice(1)

test('sign-up makes the agency, its owner, its address and the mail, and leads there signed in', async () => {
  const answer = await t.browser().call(signUpAgency, { body: form() })
  assert.equal(answer.address, 'http://studio-lumiere.localhost:3000')
  assert.match(answer.url, /^http:\/\/studio-lumiere\.localhost:3000\/entrer#[\w-]{43}$/)

  const browser = t.browser('studio-lumiere')
  await browser.call(crossHost, { body: { code: codeOf(answer.url) } })
  const me = await browser.call(getMe, {})
  assert.deepEqual(
    [me.user.name, me.member?.role, me.agency?.name, me.user.emailConfirmed],
    ['Hélène Garnier', 'owner', 'Studio Lumière', false],
  )

  const events = await t.sql(
    `select action, actor_name from audit_event where agency_id = (select agency_id from agency where slug = 'studio-lumiere')`,
  )
  assert.deepEqual(events, [{ action: 'agency.created', actor_name: 'Hélène Garnier' }])
  const mails = await t.sql<{ to_email: string; from_name: string }>(`select to_email, from_name from mail`)
  assert.deepEqual(mails, [{ to_email: 'helene@studio.example', from_name: 'Studio Lumière' }])
  assert.equal((await t.browser('studio-lumiere').call(getRealm, {})).name, 'Studio Lumière')
  assert.deepEqual(
    await t
      .browser('studio-lumiere')
      .send(signIn, { body: { login: 'helene@studio.example', password } as never })
      .then((r) => r.statusCode),
    200,
  )
})

test('an address is checked while typed, and a free one is proposed', async () => {
  const check = (query: object) => t.browser().call(checkSlug, { query })
  assert.deepEqual(await check({ name: 'Café de l’Été' }), {
    slug: 'cafe-de-l-ete',
    free: true,
    problem: null,
    suggestion: null,
    address: 'http://cafe-de-l-ete.localhost:3000',
  })
  const named = await check({ name: 'Studio Lumière' })
  assert.equal(named.free, true, 'a name gets a free address at once')
  assert.notEqual(named.slug, 'studio-lumiere')
  const typed = await check({ slug: 'Studio-Lumiere' })
  assert.equal(typed.problem?.code, 'agencies.slug_taken')
  assert.equal((await check({ slug: typed.suggestion! })).free, true)
  assert.equal((await check({ slug: 'admin' })).problem?.code, 'agencies.slug_reserved')
  assert.equal((await check({ slug: 'xn--caf-dma' })).problem?.code, 'agencies.slug_malformed')
  assert.equal((await check({ slug: 'ab' })).problem?.code, 'agencies.slug_short')
})

test('what is wrong is said at its field, and nothing is made', async () => {
  const refused = async (change: object) =>
    (await t.browser().refusal(signUpAgency, { body: form({ slug: 'autre-agence', ...change }) })).fields
  assert.equal((await refused({ name: '  ' }))?.['name']?.code, 'field.required')
  assert.equal((await refused({ email: 'helene@' }))?.['email']?.code, 'field.email')
  assert.equal((await refused({ timeZone: 'Europe/Atlantide' }))?.['timeZone']?.code, 'field.time_zone')
  assert.equal((await refused({ slug: 'www' }))?.['slug']?.code, 'agencies.slug_reserved')
  assert.equal((await refused({ password: 'court' }))?.['password']?.code, 'password.too_short')
  assert.equal((await refused({ password: 'helene garnier 1987' }))?.['password']?.code, 'password.personal')
  assert.equal((await refused({ role: 'owner' }))?.['role']?.code, 'field.unknown')
  const taken = await t.browser().refusal(signUpAgency, { body: form() })
  assert.equal(taken.fields?.['slug']?.code, 'agencies.slug_taken')
  assert.match(String(taken.data?.['suggestion']), /^studio-lumiere-/)
  assert.equal((await t.sql(`select from agency where slug = 'autre-agence'`)).length, 0)
})

test('ten sign-ups race for an address: one gets it, the others are told at the field', async () => {
  const tries = Array.from({ length: 10 }, (_, i) =>
    t.browser().send(signUpAgency, { body: form({ slug: 'course', email: `p${i}@exemple.fr` }) }),
  )
  const answers = await Promise.all(tries)
  assert.deepEqual(answers.map((r) => r.statusCode).toSorted(), [
    201,
    ...Array.from({ length: 9 }, () => 422),
  ])
  for (const r of answers)
    if (r.statusCode === 422) assert.equal(r.json().fields.slug.code, 'agencies.slug_taken')
  assert.equal((await t.sql(`select from agency where slug = 'course'`)).length, 1)
  // Losers leave nothing behind: no user without an agency, no line in the directory.
  const orphans = await t.sql(
    `select from email_directory d where not exists (select from agency a where a.agency_id = d.agency_id)`,
  )
  assert.equal(orphans.length, 0)
})

test('a double click makes one agency', async () => {
  const headers = { 'idempotency-key': 'double-clic-1' }
  const body = form({ slug: 'double-clic' })
  const first = await t.browser().call(signUpAgency, { body }, headers)
  assert.deepEqual(await t.browser().call(signUpAgency, { body }, headers), first)
  const other = await t.browser().refusal(signUpAgency, { body: { ...body, name: 'Autre' } }, headers)
  assert.equal(other.code, 'idempotency.reused')
  const kept = await t.sql<{ row: string }>(`select k::text as row from idempotency_key k`)
  for (const { row } of kept)
    assert.ok(
      !row.includes(codeOf(first.url)) && !row.includes(password),
      'neither code nor password is kept',
    )
})

test('the same person in two agencies is two people, and sign-up never tells', async () => {
  const known = await t.browser().send(signUpAgency, { body: form({ slug: 'connue-ailleurs' }) })
  const unknown = await t
    .browser()
    .send(signUpAgency, { body: form({ slug: 'inconnue-ailleurs', email: 'jamais.vue@exemple.fr' }) })
  assert.equal(known.statusCode, unknown.statusCode)
  const shape = (r: typeof known) =>
    Object.fromEntries(
      Object.entries(r.json() as Record<string, string>).map(([k, v]) => [
        k,
        v.replace(/#.*/, '').replace(/\/\/[a-z-]+\./, '//'),
      ]),
    )
  assert.deepEqual(shape(known), shape(unknown))
  const users = await t.sql<{ n: number }>(
    `select count(distinct id)::int as n from realm_user where email_key = 'helene@studio.example'`,
  )
  assert.ok(users[0]!.n >= 2)
})

test('a crossing code works once, on its host, within 60 seconds; else 410', async () => {
  const sign = async (slug: string) =>
    codeOf((await t.browser().call(signUpAgency, { body: form({ slug }) })).url)
  const spent = async (slug: string, code: string) =>
    (await t.browser(slug).refusal(crossHost, { body: { code } })).status
  const first = await sign('passage-un')
  await sign('passage-deux')
  assert.equal(await spent('passage-deux', first), 410, 'wrong host')
  const all = await Promise.all(
    Array.from({ length: 20 }, () => t.browser('passage-un').send(crossHost, { body: { code: first } })),
  )
  assert.equal(all.filter((r) => r.statusCode === 200).length, 1, 'one of twenty at once')
  assert.equal(await spent('passage-un', first), 410, 'replayed')
  assert.equal(await spent('passage-un', 'n-importe-quoi'), 410)
  const late = await sign('passage-trois')
  await t.advance({ seconds: 61 })
  assert.equal(await spent('passage-trois', late), 410, 'expired')
  const gone = await sign('passage-quatre')
  await t.sql(
    `update realm_user set state = 'disabled' where agency_id = (select agency_id from agency where slug = 'passage-quatre')`,
  )
  assert.equal(await spent('passage-quatre', gone), 410, 'disabled meanwhile')
})

test('find my agency mails the list to the address on file and says nothing on screen', async () => {
  const a = await makeAgency(t, { slug: 'maison-a', name: 'Maison A' })
  const b = await makeAgency(t, { slug: 'maison-b', name: 'Maison B' })
  const c = await makeAgency(t, { slug: 'maison-c', name: 'Maison C' })
  await makeMember(t, a, { role: 'consultant', email: 'Lea@Exemple.fr' })
  await makeMember(t, b, { role: 'client', email: 'lea@exemple.fr' })
  await makeMember(t, c, { role: 'client', email: 'lea@exemple.fr', state: 'disabled' })
  const ask = (email: string) => t.browser().send(findMyAgency, { body: { email } })
  const [known, unknown] = [await ask('LEA@exemple.fr'), await ask('personne@exemple.fr')]
  assert.deepEqual([known.statusCode, known.body], [202, '{}'])
  assert.deepEqual([unknown.statusCode, unknown.body], [202, '{}'])
  const lists = () =>
    t.sql<{ to_email: string; text: string; html: string; agency_id: string }>(
      `select to_email, text, html, agency_id from mail where kind = 'agencies.list'`,
    )
  assert.equal((await lists()).length, 0, 'the request itself looks nothing up')
  await t.runJobs()
  const [mail, ...more] = await lists()
  assert.equal(more.length, 0)
  assert.ok(
    ['Lea@Exemple.fr', 'lea@exemple.fr'].includes(mail!.to_email),
    'as she gave it, not as it was typed here',
  )
  assert.match(
    mail!.text,
    /Maison A\nhttp:\/\/maison-a\.localhost:3000\/[^]*Maison B\nhttp:\/\/maison-b\.localhost:3000\//,
  )
  assert.doesNotMatch(mail!.text + mail!.html, /Maison C|maison-c/, 'a disabled person is not sent there')

  await ask('lea@exemple.fr')
  await t.runJobs()
  assert.equal((await lists()).length, 1, 'no second list within five minutes')
  await t.advance({ minutes: 6 })
  await ask('lea@exemple.fr')
  await t.runJobs()
  assert.equal((await lists()).length, 2)
})

test('no Host header ever gets into a link', async () => {
  const variants = ['LOCALHOST:3000', 'localhost', 'localhost:80', 'localhost:65535']
  for (const [i, host] of variants.entries()) {
    const response = await t.browser().raw({
      method: 'POST',
      url: '/api/v1/agencies',
      headers: { host, 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' },
      payload: form({ slug: `hote-${i}xx`, email: `hote${i}@exemple.fr` }),
    })
    assert.equal(response.statusCode, 201, host)
    assert.ok(response.json().url.startsWith(`http://hote-${i}xx.localhost:3000/entrer#`), host)
  }
  const links = await t.sql<{ text: string; html: string }>(`select text, html from mail`)
  assert.ok(links.length > 10)
  for (const { text, html } of links) {
    for (const [url] of `${text}\n${html}`.matchAll(/https?:\/\/[^\s"'<>)]+/g)) {
      if (url.startsWith('http://www.w3.org/')) continue
      assert.match(new URL(url).host, /^([a-z0-9-]+\.)?localhost:3000$/, url)
    }
  }
})
