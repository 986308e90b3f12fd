import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { clusterPaths, clusterUrl, readAccess } from '../src/server/postgres-cluster.ts'

/** An answer; a JSON body is read, anything else is text. */
export type Answer = {
  status: number
  body: Record<string, never> & {
    id: string
    chunkBytes: number
    chunkCount: number
    state: string
    counts: Record<string, number>
  }
}

/** A real installation in a folder of its own: its process and its embedded database can be killed. */
export class Installation {
  readonly folder = mkdtempSync(join(tmpdir(), 'canopee-installation-'))
  readonly dataDir = join(this.folder, 'data')
  port = 0
  #process: ChildProcess | undefined
  cookie = ''

  /** Starts the application and waits until it is ready; gives the milliseconds that took. */
  async start(): Promise<number> {
    this.port ||= await freePort()
    const began = performance.now()
    const child = spawn(process.execPath, [join(import.meta.dirname, '../src/main.ts'), 'start'], {
      env: {
        PATH: process.env['PATH'],
        HOME: this.folder,
        PORT: String(this.port),
        DATA_DIR: this.dataDir,
        LOG_LEVEL: 'error',
        RATE_LIMIT: '1000000',
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    this.#process = child
    while (!(await this.isReady())) {
      if (child.exitCode !== null) throw new Error(`the application left with ${child.exitCode}`)
      if (performance.now() - began > 90_000) throw new Error('not ready after 90 s')
      await sleep(50)
    }
    return performance.now() - began
  }

  async isReady(): Promise<boolean> {
    return this.call('GET', '/readyz').then(
      (r) => r.status === 200,
      () => false,
    )
  }

  /** `kill -9` of the application. */
  async killApplication(): Promise<void> {
    const child = this.#process
    if (!child || child.exitCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  /** `kill -9` of the database's postmaster. */
  killDatabase(): void {
    const file = join(clusterPaths(this.dataDir).cluster, 'postmaster.pid')
    if (existsSync(file)) process.kill(Number(readFileSync(file, 'utf8').split('\n')[0]), 'SIGKILL')
  }

  /** A connection of the database's owner, past row security. */
  async owner<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client(clusterUrl(readAccess(this.dataDir)!, 'canopee'))
    client.on('error', () => {})
    await client.connect()
    try {
      return await work(client)
    } finally {
      await client.end()
    }
  }

  /** One HTTP call on the base host or an agency's, keeping the session's cookie. */
  call(
    method: string,
    path: string,
    body?: unknown,
    slug?: string,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    return new Promise((done, fail) => {
      const payload = body === undefined ? undefined : JSON.stringify(body)
      const call = httpRequest(
        {
          host: '127.0.0.1',
          port: this.port,
          method,
          path,
          headers: {
            host: `${slug ? `${slug}.` : ''}localhost:${this.port}`,
            ...headers,
            ...(payload && {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(payload),
            }),
            ...(this.cookie && { cookie: this.cookie }),
          },
        },
        (response) => {
          const parts: Buffer[] = []
          response.on('data', (part: Buffer) => parts.push(part))
          response.on('error', fail)
          response.on('end', () => {
            const text = Buffer.concat(parts).toString()
            const set = response.headers['set-cookie']?.[0]?.split(';')[0]
            if (set) this.cookie = set
            done({
              status: response.statusCode!,
              body: text.startsWith('{') ? (JSON.parse(text) as Answer['body']) : (text as never),
            })
          })
        },
      )
      call.on('error', fail)
      call.setTimeout(15_000, () => call.destroy(new Error('no answer')))
      call.end(payload)
    })
  }

  /** Stops it and takes its folder away. */
  async end(): Promise<void> {
    this.#process?.kill('SIGTERM')
    if (this.#process && this.#process.exitCode === null) await once(this.#process, 'exit')
    rmSync(this.folder, { recursive: true, force: true })
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
