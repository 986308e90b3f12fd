import pg from 'pg'
import { readConfig } from '../src/server/config.ts'
import { buildProduct, closeApp, openApp } from '../src/app.ts'
import type { Cluster } from './databases.ts'
import type { Caller } from './callers.ts'

/** One statement as the product sent it. */
export type Sent = { text: string; values: unknown[] }

/** A request of a caller, as it goes over the wire. */
export type Asked = { method: 'GET' | 'POST'; path: string; body?: object }

/**
 * The statements that the product sends for each caller's request, taken from the product itself, opened in
 * this process over the same database: the ceiling can never be of other SQL than the product's.
 */
export async function recordStatements(
  cluster: Cluster,
  database: string,
  port: number,
  asked: readonly { caller: Caller; request: Asked }[],
): Promise<Sent[][]> {
  const config = readConfig({
    DATA_DIR: cluster.config.dataDir,
    BASE_URL: `http://localhost:${port}`,
    LOG_LEVEL: 'error',
    RATE_LIMIT: '1000000000',
  })
  const app = openApp(config, cluster.ownerUrl(database))
  const server = buildProduct(app)
  const plain = pg.Client.prototype.query
  let sent: Sent[] = []
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [first, second] = args as [string | { text?: string; values?: unknown[] }, unknown[] | undefined]
    const text = typeof first === 'string' ? first : first.text
    if (text !== undefined)
      sent.push({ text, values: [...((typeof first === 'string' ? second : first.values) ?? [])] })
    return (plain as (...a: unknown[]) => unknown).apply(this, args)
  } as never
  try {
    await server.ready()
    const all: Sent[][] = []
    for (const { caller, request } of asked) {
      // Twice: what is kept for seconds (the host's realm, the reach of a sight) is not of each request.
      for (let turn = 0; turn < 2; turn += 1) {
        sent = []
        const answer = await server.inject({
          method: request.method,
          url: request.path,
          headers: { host: caller.host },
          cookies: { session: caller.token },
          ...(request.body && { payload: request.body }),
        })
        if (answer.statusCode > 299)
          throw new Error(`${request.path} answered ${answer.statusCode}: ${answer.body}`)
      }
      all.push(whole(sent))
    }
    return all
  } finally {
    pg.Client.prototype.query = plain
    await server.close()
    await closeApp(app)
  }
}

/** A read-only transaction is ended with the next one's first packet: its end comes before, or is still to come. */
function whole(sent: readonly Sent[]): Sent[] {
  const own = sent.slice(sent.findIndex((s) => s.text.startsWith('begin')))
  return own.at(-1)?.text === 'commit' ? own : [...own, { text: 'commit', values: [] }]
}
