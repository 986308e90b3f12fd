import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { makeAgency, makeClient, makeMember, type TestAgency } from '../src/server/testing-people.ts'
import { runInTenant } from '../src/server/run-in-tenant.ts'
import { startProduct, type Product } from './product.ts'

// Script in every text a tenant can set, on every page that shows it: none runs, and none is even tried.

const seeds = [
  '<script>hit()</script>',
  '<img src=x onerror=hit()>',
  '<svg onload=hit()>',
  '"><script>hit()</script>',
  "'-hit()-'",
  '</title><script>hit()</script>',
  'javascript:hit()',
  '<a href="javascript:hit()">x</a>',
  '<iframe srcdoc="<script>parent.hit()</script>">',
  '{{constructor.constructor("hit()")()}}',
  '${hit()}',
  '<math><mi//xlink:href="data:x,<script>hit()</script>">',
  '<details open ontoggle=hit()>',
  '<body onload=hit()>',
  '<input autofocus onfocus=hit()>',
  '<b>{name}</b>',
  '<style>@import "javascript:hit()"</style>',
  '<video><source onerror=hit()>',
  '<object data="javascript:hit()">',
  '<base href="//evil.example/">',
  '<meta http-equiv=refresh content="0;url=javascript:hit()">',
  '<form action="javascript:hit()"><button>x',
  '\u202e<script>hit()</script>',
  '<template><script>hit()</script></template>',
  '<noscript><p title="</noscript><img src=x onerror=hit()>">',
  '<xmp><img src=x onerror=hit()>',
  '<img src="x` `<script>hit()</script>"` `>',
  '<a/onmouseover=hit()>x',
  '<marquee onstart=hit()>',
  '<select autofocus onfocus=hit()>',
]
const wrappers = [
  (s: string) => s,
  (s: string) => `Maison ${s}`,
  (s: string) => s.toUpperCase(),
  (s: string) => s.replaceAll('<', '\uff1c'),
  (s: string) => `${s}${s}`,
]
const payloads = wrappers.flatMap((wrap) => seeds.map((s) => wrap(s).slice(0, 180)))

let product: Product
let agency: TestAgency
before(async () => {
  product = await startProduct()
  agency = await makeAgency(product.t, { slug: 'hostile', name: payloads[0]!, mode: 'full' })
  const { t } = product
  const host = `hostile.localhost:${product.port}`
  await t.sql(`update session set host = $1`, [host])
  await t.sql(`update realm_user set name = $2 where agency_id = $1`, [agency.id, payloads[1]])
  for (const [i, name] of payloads.entries()) {
    const client = await makeClient(t, agency, { name })
    await t.sql(
      `update client set website = $3, city = $3, sector = $3, description = $3, phone = $3, tags = array[left($3, 40)] where agency_id = $1 and id = $2`,
      [agency.id, client.id, payloads[(i + 7) % payloads.length]],
    )
    if (i < 20) await makeMember(t, agency, { role: 'consultant', name, email: `m${i}@exemple.fr` })
    if (i < 30)
      await t.sql(
        `insert into client_note (agency_id, id, client_id, author_name, body, created_at, updated_at) values ($1, gen_random_uuid(), $2, $3, $3, now(), now())`,
        [agency.id, client.id, name],
      )
  }
  await runInTenant(t.app, { agencyId: agency.id }, async (ctx) => {
    for (const p of payloads.slice(0, 60))
      ctx.audit({
        action: 'client.updated',
        entity: { kind: 'client', id: agency.id, name: p },
        data: { changes: { name: [p, p] } },
      })
  })
})
after(() => product.close())

test('no text runs on any page, and the content policy has nothing to report', async () => {
  const { page, context, faults } = await product.visitor()
  const hits: string[] = []
  await context.exposeFunction('hit', () => hits.push(page.url()))
  await context.exposeFunction('policy', (what: string) => hits.push(what))
  await context.addInitScript(
    `document.addEventListener('securitypolicyviolation', (e) => policy(e.violatedDirective + ' ' + e.blockedURI + ' ' + location.pathname)); window.alert = () => hit(); window.HIT = hit`,
  )
  page.on('dialog', (d) => {
    hits.push(`dialog ${d.message()}`)
    void d.dismiss()
  })
  await context.addCookies([
    {
      name: 'session',
      value: agency.owner.browser.cookies['session']!,
      domain: 'hostile.localhost',
      path: '/',
    },
  ])
  const [client] = await product.t.sql<{ id: string }>(
    `select id from client where agency_id = $1 order by id limit 1`,
    [agency.id],
  )
  const record = `/clients/cli_${client!.id.replaceAll('-', '')}`
  const pages = [
    '/',
    '/clients',
    '/clients?q=script',
    ...['tableau-de-bord', 'profil', 'facturation', 'acces', 'historique'].map((tab) => `${record}/${tab}`),
    '/sous-comptes',
    `/sous-comptes/mem_${agency.owner.memberId.replaceAll('-', '')}`,
    '/journal',
    '/parametres',
    '/profil',
    '/droits',
  ]
  for (const path of pages) {
    await page.goto(product.url(path, 'hostile'))
    await page.locator('main').first().waitFor()
    await page.waitForTimeout(700)
    assert.match(page.url(), /hostile/, path)
    await page.mouse.move(500, 300)
  }
  await page.goto(product.url('/connexion', 'hostile'))
  await page.waitForTimeout(500)
  assert.deepEqual(hits, [])
  assert.deepEqual(faults, [])
})
