import assert from 'node:assert/strict'
import type { lookup } from 'node:dns'
import { createServer, type Server } from 'node:http'
import { createServer as createTcp, type AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { UnsafeAddress, Unreachable, isPublicAddress, safeFetch } from './safe-fetch.ts'

let server: Server
let port: number
let own: string
/** Connections anybody made to this machine's listener. */
let connections = 0

before(async () => {
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x')
    if (pathname === '/to') response.writeHead(302, { location: searchParams.get('url') ?? '' }).end()
    else if (pathname === '/loop') response.writeHead(302, { location: '/loop' }).end()
    else if (pathname === '/large') response.end('x'.repeat(3_000_000))
    else if (pathname === '/endless') {
      response.write('x')
      setInterval(() => response.write('x'), 20).unref()
    } else response.setHeader('content-type', 'text/html').end('<title>Bonjour</title>')
  })
  server.on('connection', () => connections++)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  port = (server.address() as AddressInfo).port
  own = `127.0.0.1:${port}`
})
after(() => {
  server.closeAllConnections()
  server.close()
})

/** Names that resolve to the given addresses, whatever they are called. */
const resolving = (...addresses: string[]) =>
  ((_: string, __: unknown, done: (e: null, a: { address: string; family: number }[]) => void) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )) as unknown as typeof lookup

// Loopback, private, link-local, metadata, carrier, documentation, multicast, mapped, translated and tunnelled
// addresses, in every spelling a parser of addresses takes; names of private networks; other schemes and ports.
const literals = [
  'http://127.0.0.1/',
  'http://127.1/',
  'http://127.255.255.254/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0x7f.0x0.0x0.0x1/',
  'http://017700000001/',
  'http://0177.0.0.1/',
  'http://0/',
  'http://0.0.0.0/',
  'http://10.0.0.1/',
  'http://10.255.255.255/',
  'http://172.16.0.1/',
  'http://172.31.255.255/',
  'http://192.168.0.1/',
  'http://192.168.1.254/',
  'http://169.254.169.254/latest/meta-data/',
  'http://169.254.170.2/v2/credentials',
  'http://2852039166/latest/meta-data/',
  'http://100.64.0.1/',
  'http://100.100.100.200/latest/meta-data/',
  'http://192.0.0.192/opc/v2/instance/',
  'http://192.0.2.1/',
  'http://192.88.99.1/',
  'http://198.18.0.1/',
  'http://198.51.100.7/',
  'http://203.0.113.9/',
  'http://224.0.0.1/',
  'http://240.0.0.1/',
  'http://255.255.255.255/',
  'http://[::1]/',
  'http://[::]/',
  'http://[0:0:0:0:0:0:0:1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::ffff:169.254.169.254]/',
  'http://[::ffff:0:10.0.0.1]/',
  'http://[::127.0.0.1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[64:ff9b:1::a00:1]/',
  'http://[2002:7f00:1::]/',
  'http://[2001:0:7f00:1::]/',
  'http://[2001:db8::1]/',
  'http://[fe80::1]/',
  'http://[fc00::1]/',
  'http://[fd00:ec2::254]/latest/meta-data/',
  'http://[fec0::1]/',
  'http://[ff02::1]/',
  'http://localhost/',
  'http://LOCALHOST./',
  'http://canopee.localhost/',
  'http://metadata/',
  'http://metadata.google.internal/computeMetadata/v1/',
  'http://imprimante.local/',
  'http://routeur.lan/',
  'http://intranet/',
  'http://①②⑦.⓪.⓪.①/',
  'http://user:pass@93.184.215.14/',
  'http://93.184.215.14:22/',
  'https://93.184.215.14:6379/',
  'ftp://93.184.215.14/',
  'file:///etc/passwd',
  'gopher://127.0.0.1:70/',
  'javascript:alert(1)',
  '//127.0.0.1/',
  '',
]

test('sixty targets: none is connected to', async () => {
  assert.ok(literals.length >= 60)
  const seen: string[] = []
  for (const url of literals)
    await safeFetch(url, {
      timeoutMs: 500,
      resolve: ((host: string, _: unknown, done: (e: Error) => void) => {
        seen.push(host)
        done(new Error('asked'))
      }) as unknown as typeof lookup,
    }).then(
      () => assert.fail(`${url} was read`),
      (error: Error) => assert.ok(error instanceof UnsafeAddress, `${url}: ${error.message}`),
    )
  assert.deepEqual(seen, [], 'no name was even looked up')
  for (const url of literals.slice(0, 8)) {
    const at = URL.canParse(url) ? url.replace(/\/$/, `:${port}/`) : url
    await assert.rejects(safeFetch(at), UnsafeAddress)
  }
  assert.equal(connections, 0)
})

test('a name that leads to a private address, even as one of several, is not connected to', async () => {
  for (const found of [
    ['127.0.0.1'],
    ['93.184.215.14', '127.0.0.1'],
    ['::1'],
    ['::ffff:127.0.0.1'],
    ['10.1.2.3'],
    [],
  ])
    await assert.rejects(
      safeFetch('http://innocent.example/', { timeoutMs: 500, resolve: resolving(...found) }),
      UnsafeAddress,
      found.join(),
    )
  assert.equal(connections, 0)
})

test('rebinding: the address that was judged is the one connected to, and the name is asked once', async () => {
  let asked = 0
  const resolve = ((...args: unknown[]) => {
    asked++
    const answer = resolving(asked === 1 ? '192.0.2.1' : '127.0.0.1') as unknown as (...a: unknown[]) => void
    answer(...args)
  }) as unknown as typeof lookup
  await assert.rejects(safeFetch('http://rebind.example/', { timeoutMs: 300, resolve }), UnsafeAddress)
  assert.equal(asked, 1)
  assert.equal(connections, 0)
})

test('redirects are judged anew: to a private address none is followed', async () => {
  for (const target of [
    'http://10.0.0.1/',
    'http://[::1]/',
    'http://169.254.169.254/',
    'file:///etc/passwd',
    'http://metadata.google.internal/',
  ])
    await assert.rejects(
      safeFetch(`http://${own}/to?url=${encodeURIComponent(target)}`, { allowed: [own], maxRedirects: 3 }),
      UnsafeAddress,
      target,
    )
  // Not asked to follow, the redirect itself is the answer.
  const answer = await safeFetch(`http://${own}/to?url=http://10.0.0.1/`, { allowed: [own] })
  assert.equal(answer.status, 302)
  const loop = await safeFetch(`http://${own}/loop`, { allowed: [own], maxRedirects: 3 })
  assert.equal(loop.status, 302)
})

test('what the installation allows is read, by host and port; time and size are bounded', async () => {
  const page = await safeFetch(`http://${own}/`, { allowed: [own] })
  assert.equal(page.body.toString(), '<title>Bonjour</title>')
  await assert.rejects(safeFetch(`http://${own}/`, { allowed: [`127.0.0.1:${port + 1}`] }), UnsafeAddress)
  const large = await safeFetch(`http://${own}/large`, { allowed: [own], maxBytes: 100_000 })
  assert.deepEqual([large.body.length, large.cut], [100_000, true])
  const started = performance.now()
  await assert.rejects(safeFetch(`http://${own}/endless`, { allowed: [own], timeoutMs: 300 }), Unreachable)
  assert.ok(performance.now() - started < 3000)
  // A listener that says nothing.
  const mute = createTcp().listen(0, '127.0.0.1')
  await new Promise((done) => mute.once('listening', done))
  const silent = `127.0.0.1:${(mute.address() as AddressInfo).port}`
  await assert.rejects(safeFetch(`http://${silent}/`, { allowed: [silent], timeoutMs: 300 }), Unreachable)
  mute.close()
})

test('answers that are none end in time: other protocols, halves, garbage, headers without end', async () => {
  for (const said of [
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
    'HTTP/1.1 100 Continue\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffff\r\nabc',
    `HTTP/1.1 200 OK\r\nA: ${'x'.repeat(200_000)}\r\n\r\n`,
    'HTTP/1.1 200 OK\r\n',
    'SSH-2.0-OpenSSH_10.0\r\n',
    '',
  ]) {
    const rude = createTcp((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => socket.end(said))
    }).listen(0, '127.0.0.1')
    await new Promise((done) => rude.once('listening', done))
    const at = `127.0.0.1:${(rude.address() as AddressInfo).port}`
    const ended = safeFetch(`http://${at}/`, { allowed: [at], timeoutMs: 500 }).catch((e: Error) => e)
    const hung = new Promise((done) => setTimeout(done, 3000, 'hung'))
    assert.ok((await Promise.race([ended, hung])) instanceof Unreachable, said.slice(0, 40))
    rude.close()
  }
})

test('public addresses are public', () => {
  for (const address of ['93.184.215.14', '1.1.1.1', '2606:4700:4700::1111', '2a00:1450:4007:80f::200e'])
    assert.ok(isPublicAddress(address), address)
})
