import assert from 'node:assert/strict'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { buildProduct } from '../src/app.ts'
import { startTestApp, type TestApp } from '../src/server/testing.ts'

// Connections that send a byte now and then, to hold the server's hands: all closed, others served meanwhile.

let t: TestApp
let port: number
let server: ReturnType<typeof buildProduct>
before(async () => {
  t = await startTestApp()
  server = buildProduct(t.app)
  await server.listen({ port: 0, host: '127.0.0.1' })
  port = (server.server.address() as AddressInfo).port
})
after(async () => {
  await server.close()
  await t.close()
})

function slow(first: string): { socket: Socket; closed: Promise<void> } {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  socket.resume()
  socket.write(first)
  const drip = setInterval(() => socket.write('a'), 500)
  const closed = new Promise<void>((done) =>
    socket.on('close', () => {
      clearInterval(drip)
      done()
    }),
  )
  return { socket, closed }
}

test('300 slow headers and 300 slow bodies are closed within 15 s, and nobody else waits', async () => {
  const headers = Array.from({ length: 300 }, () =>
    slow('GET /api/v1/realm HTTP/1.1\r\nHost: localhost:3000\r\nX-'),
  )
  const bodies = Array.from({ length: 300 }, () =>
    slow(
      'POST /api/v1/sign-in HTTP/1.1\r\nHost: localhost:3000\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{',
    ),
  )
  const all = Promise.all([...headers, ...bodies].map((s) => s.closed)).then(() => 'closed')
  for (let i = 0; i < 20; i++) {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`)
    assert.equal(answer.status, 200)
    await sleep(100)
  }
  // Ten seconds for a body, a second between looks, and some for a busy machine.
  assert.equal(await Promise.race([all, sleep(15_000, 'still open')]), 'closed')
})
