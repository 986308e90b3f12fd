import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { toPublicId } from '../../contract/ids.ts'
import { newId, operatorId } from '../../server/ids.ts'
import { startTestApp, type Browser, type TestApp } from '../../server/testing.ts'
import {
  makeAgency,
  makeClient,
  makeMember,
  type TestAgency,
  type TestMember,
} from '../../server/testing-people.ts'
import { enterAsOperator } from '../operator/testing.ts'
import {
  downloadOrderFile,
  listOrderTimeline,
  readOrderMessages,
  writeOrderMessage,
} from '../order-talk/contract.ts'
import { sniffType } from '../order-talk/sniff-type.ts'
import { getOrder } from '../orders/contract.ts'
import { fundClient, makeItem, orderOf, setRetail } from '../orders/testing.ts'
import {
  advanceOrders,
  answerOrder,
  countOrderQueue,
  deliverOrder,
  downloadQueueFile,
  getQueueOrder,
  listOrderQueue,
  setLineSupplier,
} from './contract.ts'
import { honestName } from '../order-talk/sniff-type.ts'
import { readPage, sameAddress } from './proof-page.ts'

let t: TestApp
let agency: TestAgency
let lea: TestMember
let holder: TestMember
let client: { id: string; name: string }
let staff: Browser
let site: Server
let port: number
before(async () => {
  site = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    if (request.url === '/article')
      response.end(
        '<html><head><title>Un&nbsp;article &amp; son lien</title></head><body><a rel="sponsored" href="https://www.cible.fr/page/">ici</a></body></html>',
      )
    else if (request.url === '/vide')
      response.end('<title>Sans lien</title><!-- <a href="https://cible.fr/page"> -->')
    else if (request.url === '/ailleurs')
      response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
    else response.writeHead(404).end('<title>Introuvable</title>')
  })
  await new Promise<void>((done) => site.listen(0, '127.0.0.1', done))
  port = (site.address() as AddressInfo).port
  t = await startTestApp({ FETCH_ALLOWED: `127.0.0.1:${port}` })
  agency = await makeAgency(t, { name: 'Agence Dupont' })
  lea = await makeMember(t, agency, { role: 'consultant', name: 'Léa Morel' })
  holder = await makeMember(t, agency, { role: 'client', name: 'Claire Roux' })
  client = await makeClient(t, agency, { name: 'Secret Défense SARL', assignees: [lea, holder] })
  await fundClient(t, agency, client.id, 1_000_000n)
  staff = await enterAsOperator(t)
})
after(async () => {
  await t.close()
  site.closeAllConnections()
  site.close()
})

const key = () => ({ 'idempotency-key': newId() })
const address = (o: { id: string }) => ({ agencyId: toPublicId('agency', agency.id), id: o.id })
const upload = async (browser: Browser, url: string, name: string, bytes: Buffer) => {
  const line = '----canopee'
  const response = await browser.raw({
    method: 'POST',
    url: `/api/v1${url}`,
    headers: { 'content-type': `multipart/form-data; boundary=${line}` },
    payload: Buffer.concat([
      Buffer.from(
        `--${line}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: image/png\r\n\r\n`,
      ),
      bytes,
      Buffer.from(`\r\n--${line}--\r\n`),
    ]),
  })
  return {
    status: response.statusCode,
    body: response.json() as { id: string; code: string; contentType: string; name: string },
  }
}

test('the queue names the agency and the work, never the client nor what it pays', async () => {
  const item = await makeItem(t, { price: 5_000, name: 'Article du Nord' })
  await setRetail(t, agency, item.id, 6_543)
  const o = await lea.browser.call(
    ...orderOf(client.id, [{ item: { ...item, price: 6_543 }, targetUrl: 'https://cible.fr/page' }]),
  )
  const list = await staff.send(listOrderQueue, {
    query: { state: 'placed', q: 'article nord', total: 'true' },
  } as never)
  const row = list.json().data[0]
  assert.deepEqual(
    [row.agency.name, row.number, row.cost.amount, list.json().total],
    ['Agence Dupont', o.number, 5_000, 1],
  )
  const whole = await staff.send(getQueueOrder, { params: address(o) })
  for (const answer of [list, whole]) {
    assert.ok(!answer.body.includes('Secret'), answer.body)
    assert.ok(!answer.body.includes('6543'), 'what the client pays')
  }
  assert.equal((await staff.call(listOrderQueue, { query: { q: 'Secret Défense' } })).data.length, 0)
  await staff.call(setLineSupplier, {
    params: { ...address(o), lineId: o.lines[0]!.id },
    body: { supplier: 'Presse & Co' },
  })
  assert.equal((await staff.call(listOrderQueue, { query: { supplier: 'Presse & Co' } })).data.length, 1)
  assert.ok(!(await lea.browser.send(getOrder, { params: { id: o.id } })).body.includes('Presse'))
  assert.ok((await staff.call(countOrderQueue, {})).placed >= 1)
  // What was reached is in the operator's journal; what was done, in the agency's too.
  await staff.call(advanceOrders, { body: { to: 'accepted', orders: [address(o)] } })
  const own = await t.sql<{ action: string }>(
    `select action from audit_event where agency_id = $1 and action like 'order.%' order by seq`,
    [operatorId],
  )
  assert.deepEqual(
    own.map((e) => e.action),
    ['order.opened', 'order.supplier_set', 'order.accepted'],
  )
  const theirs = await t.sql<{ action: string; actor_name: string }>(
    `select action, actor_name from audit_event where agency_id = $1 and action like 'order.%' order by seq`,
    [agency.id],
  )
  assert.deepEqual(theirs, [
    { action: 'order.placed', actor_name: 'Léa Morel' },
    { action: 'order.accepted', actor_name: 'Ada Exploitante' },
  ])
  for (const who of [lea, agency.owner])
    assert.equal((await who.browser.refusal(getQueueOrder, { params: address(o) })).status, 404)
})

test('a proof is visited by a job: title, link and its rel, errors, and never a private address', async () => {
  const item = await makeItem(t, { price: 100 })
  const o = await lea.browser.call(
    ...orderOf(client.id, [{ item, quantity: 6, targetUrl: 'https://cible.fr/page' }]),
  )
  await staff.call(advanceOrders, { body: { to: 'accepted', orders: [address(o)] } })
  const pages = ['article', 'vide', 'rien', 'ailleurs'].map((p) => `http://127.0.0.1:${port}/${p}`)
  for (const proofUrl of pages)
    await t.sql(
      `insert into order_delivery (agency_id, id, order_id, line_id, quantity, proof_url, delivered_on, delivered_by_name, created_at, check_state)
       select $1, $2, id, (select id from order_line l where l.order_id = o.id), 1, $3, current_date, 'Test', now(), 'pending' from client_order o where number = $4`,
      [agency.id, newId(), proofUrl, o.number],
    )
  const { checkDeliveredProof } = await import('./check-proof.ts')
  const rows = await t.sql<{ id: string }>(`select id from order_delivery order by created_at, id`)
  for (const { id } of rows) await checkDeliveredProof(t.app, agency.id, { deliveryId: id, version: 1 })
  const found = new Map(
    (
      await t.sql<{
        proof_url: string
        check_state: string
        check_title: string
        check_link: boolean
        check_rel: string
      }>(`select proof_url, check_state, check_title, check_link, check_rel from order_delivery`)
    ).map((d) => [new URL(d.proof_url).pathname, [d.check_state, d.check_title, d.check_link, d.check_rel]]),
  )
  assert.deepEqual(found.get('/article'), [
    'found',
    'Un\u00a0article & son lien'.replace('\u00a0', ' '),
    true,
    'sponsored',
  ])
  assert.deepEqual(found.get('/vide'), ['link_missing', 'Sans lien', false, null])
  assert.deepEqual(found.get('/rien'), ['not_found', null, null, null])
  assert.deepEqual(found.get('/ailleurs'), ['refused', null, null, null])
  // Handed in by the API, the job is queued and its finding is on the order.
  await t.sql('delete from order_delivery')
  const delivered = await staff.call(
    deliverOrder,
    {
      params: address(o),
      body: {
        deliveries: [
          { lineId: o.lines[0]!.id, quantity: 1, proofUrl: 'https://site-qui.n-existe-pas.example/a' },
        ],
      },
    },
    key(),
  )
  assert.equal(delivered.deliveries[0]!.check.state, 'pending')
  await t.runJobs()
  const after = await lea.browser.call(getOrder, { params: { id: o.id } })
  assert.equal(after.deliveries[0]!.check.state, 'unreachable')
  const none = await staff.refusal(
    deliverOrder,
    { params: address(o), body: { deliveries: [{ lineId: o.lines[0]!.id, quantity: 1 }] } },
    key(),
  )
  assert.equal(none.code, 'order.no_proof')
  const many = await staff.refusal(
    deliverOrder,
    {
      params: address(o),
      body: { deliveries: [{ lineId: o.lines[0]!.id, quantity: 9, proofUrl: 'https://exemple.fr' }] },
    },
    key(),
  )
  assert.deepEqual([many.code, many.data?.['most']], ['order.units', 5])
})

test('messages reach the other side, the client’s people only what is for them', async () => {
  const item = await makeItem(t, { price: 100 })
  const o = await lea.browser.call(...orderOf(client.id, [{ item }]))
  const params = { id: o.id }
  await lea.browser.call(writeOrderMessage, { params, body: { body: 'Entre nous' } })
  await lea.browser.call(writeOrderMessage, { params, body: { body: 'Pour tous', forClient: true } })
  await holder.browser.call(writeOrderMessage, { params, body: { body: 'Merci' } })
  await staff.call(answerOrder, { params: address(o), body: { body: 'Interne à l’agence' } })
  const said = async (b: Browser) =>
    (await b.call(listOrderTimeline, { params })).data
      .flatMap((e) => (e.kind === 'message' ? [e.body] : []))
      .toSorted()
  assert.deepEqual(await said(lea.browser), ['Entre nous', 'Interne à l’agence', 'Merci', 'Pour tous'])
  assert.deepEqual(await said(holder.browser), ['Merci', 'Pour tous'])
  assert.equal((await lea.browser.call(getOrder, { params })).unread, 1)
  await holder.browser.call(readOrderMessages, { params })
  assert.equal(
    (await lea.browser.call(getOrder, { params })).unread,
    1,
    'its client reading is not the team reading',
  )
  await lea.browser.call(readOrderMessages, { params })
  assert.equal((await lea.browser.call(getOrder, { params })).unread, 0)
  const queue = await staff.call(getQueueOrder, { params: address(o) })
  assert.equal(queue.unread, 3)
  const messages = queue.timeline.filter((e) => e.kind === 'message')
  assert.equal(messages.length, 4)
  assert.equal(messages.find((e) => e.body === 'Merci')?.actor, '', 'a client’s own person is not named')
  assert.ok(!JSON.stringify(queue).includes('Claire Roux'))
})

test('files: their bytes say what they are, only attachments are sent, and nobody sees a draft', async () => {
  const item = await makeItem(t, { price: 100 })
  const o = await lea.browser.call(...orderOf(client.id, [{ item }]))
  const png = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    Buffer.alloc(100),
  ])
  const kept = await upload(lea.browser, `/orders/${o.id}/files`, '../../brief.png', png)
  assert.deepEqual([kept.status, kept.body.contentType], [201, 'image/png'])
  const html = await upload(
    lea.browser,
    `/orders/${o.id}/files`,
    'page.html',
    Buffer.from('<script>alert(1)</script>'),
  )
  assert.deepEqual([html.status, html.body.contentType, html.body.name], [201, 'text/plain', 'page.html.txt'])
  const exe = await upload(
    lea.browser,
    `/orders/${o.id}/files`,
    'facture.pdf',
    Buffer.from('MZ\u0000\u0003binaire'),
  )
  assert.deepEqual([exe.status, exe.body.code], [422, 'order.file_type'])
  const large = await upload(lea.browser, `/orders/${o.id}/files`, 'x.txt', Buffer.alloc(8_100_000, 'a'))
  assert.deepEqual([large.status, large.body.code], [413, 'order.file_too_large'])
  const params = { id: o.id, fileId: kept.body.id }
  const queueParams = { ...address(o), fileId: kept.body.id }
  assert.equal((await holder.browser.send(downloadOrderFile, { params })).statusCode, 404)
  assert.equal((await staff.send(downloadQueueFile, { params: queueParams })).statusCode, 404)
  await lea.browser.call(writeOrderMessage, {
    params: { id: o.id },
    body: { body: 'Le brief', fileIds: [kept.body.id] },
  })
  const sent = await staff.send(downloadQueueFile, { params: queueParams })
  assert.equal(sent.statusCode, 200)
  assert.ok(sent.rawPayload.equals(png))
  assert.match(String(sent.headers['content-disposition']), /^attachment; filename="brief.png"/)
  assert.equal(sent.headers['x-content-type-options'], 'nosniff')
  assert.equal(
    (await holder.browser.send(downloadOrderFile, { params })).statusCode,
    404,
    'not for the client',
  )
  // Somebody else's file, or one sent already, goes with no other message.
  for (const [browser, id] of [
    [holder.browser, html.body.id],
    [lea.browser, kept.body.id],
  ] as const)
    assert.equal(
      (await browser.refusal(writeOrderMessage, { params: { id: o.id }, body: { body: 'x', fileIds: [id] } }))
        .status,
      404,
    )
})

test('a file’s name says what its bytes are, whatever its sender called it', () => {
  for (const [given, type, name] of [
    ['facture.pdf', 'application/pdf', 'facture.pdf'],
    ['PHOTO.JPEG', 'image/jpeg', 'PHOTO.JPEG'],
    ['mots-clés.csv', 'text/plain', 'mots-clés.csv'],
    ['facture.bat', 'text/plain', 'facture.bat.txt'],
    ['lancer', 'text/plain', 'lancer.txt'],
    ['facture\u202etxt.scr', 'image/png', 'facturetxt.scr.png'],
    ['rapport.pdf.html', 'application/pdf', 'rapport.pdf.html.pdf'],
    ['brief.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'brief.docx'],
    ['lot.zip', 'application/zip', 'lot.zip'],
  ] as const)
    assert.equal(honestName(given, type), name)
})

test('pages are read by their tags: entities, bases, relative links, odd quotes', () => {
  const page = (html: string, contentType = 'text/html') =>
    readPage({ body: Buffer.from(html, 'latin1'), contentType, url: 'https://blog.fr/a/b' })
  assert.equal(page('<title>\n L&#39;été \n</title>', 'text/html; charset=iso-8859-1').title, "L'été")
  assert.deepEqual(
    page(
      `<base href="/c/"><a class=x href='d?e=1&amp;f=2'>x</a><A HREF=//autre.fr/>y</A><a href="javascript:void(0)">`,
    ).links.map((l) => l.href),
    ['https://blog.fr/c/d?e=1&f=2', 'https://autre.fr/', 'javascript:void(0)'],
  )
  assert.deepEqual(page('<script>"<a href=https://cible.fr>"</script>').links, [])
  assert.ok(sameAddress('http://www.cible.fr/page/', 'https://cible.fr/page#x'))
  assert.ok(!sameAddress('https://cible.fr/page?a=1', 'https://cible.fr/page'))
  const start = performance.now()
  page(`<a ${'x'.repeat(1_000_000)}`)
  page('<title'.repeat(200_000))
  page('<!--'.repeat(200_000))
  assert.ok(performance.now() - start < 2_000, 'no page makes reading it slow')
  assert.equal(sniffType(Buffer.from('%PDF-1.7 x'), 'a.png'), 'application/pdf')
})
