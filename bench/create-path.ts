import type { Figure, Measure } from './bench-run.ts'
import { ordinaryAgencies, signInCallers } from './callers.ts'
import { compare } from './compare.ts'
import { wireRequest } from './connection.ts'
import { onServer } from './databases.ts'
import { fresh } from './pgbench.ts'
import { startProduct } from './product.ts'
import { figureOf } from './read-paths.ts'
import { recordStatements, type Asked } from './statements.ts'

/** The name that the recorded client has; pgbench and the callers each write names of their own. */
const recorded = 'Banc enregistré'
const prefix = 'Banc '

/** Create a client over the API, audited, spread over agencies. */
export const createPath: Measure = {
  name: 'create',
  async run(bench): Promise<Figure[]> {
    const { cluster, plan } = bench
    const { database } = plan.main
    const product = await startProduct({
      dataDir: cluster.config.dataDir,
      databaseUrl: cluster.ownerUrl(database),
    })
    try {
      const callers = await signInCallers(cluster, database, product.port, {
        agencies: ordinaryAgencies(plan.main.agencies, 20),
        member: 0,
      })
      const bodyOf = (name: string) => ({
        name,
        city: 'Nîmes',
        sector: 'Conseil',
        website: 'banc.fr',
        confirmDuplicate: true,
      })
      const asked = callers.map((caller) => ({
        caller,
        request: { method: 'POST', path: '/api/v1/clients', body: bodyOf(recorded) } satisfies Asked,
      }))
      const scripts = await recordStatements(cluster, database, product.port, asked)
      const ids = new Set(
        scripts.flatMap((s) =>
          s
            .filter((x) => x.text.startsWith('insert into "client"'))
            .flatMap((x) => x.values.filter(isUuid).slice(0, 8)),
        ),
      )
      for (const caller of callers) ids.delete(caller.agencyId)
      let turn = 0
      const result = await compare({
        port: product.port,
        next: () => {
          const caller = callers[turn++ % callers.length]!
          return wireRequest({
            method: 'POST',
            path: '/api/v1/clients',
            host: caller.host,
            cookie: caller.token,
            body: bodyOf(`${prefix}${process.pid} ${turn}`),
          })
        },
        databaseUrl: cluster.appUrl(database),
        scripts,
        seconds: plan.seconds,
        own: (s) => /^insert into "client"|append_audit/.test(s.text),
        // Each transaction of pgbench makes a client of its own, as each request does.
        vary: (value, variable) => {
          if (ids.has(value as string)) return freshId
          if (value === recorded) return `('${prefix}' || ${fresh})`
          const event = typeof value === 'string' ? /^\[\{"id":"([0-9a-f-]{36})"/.exec(value)?.[1] : undefined
          return event && `replace(${variable}, '${event}', ${freshId}::text)`
        },
      })
      return [figureOf(bench, { path: 'create a client over the API, audited', goal: 0.3 }, result)]
    } finally {
      await product.stop()
      await onServer(
        cluster,
        (c) => c.query('delete from client where name like $1', [`${prefix}%`]),
        database,
      )
    }
  },
}

const freshId = `lpad(to_hex(${fresh}), 32, '0')::uuid`
const isUuid = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value)
