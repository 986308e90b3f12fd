import { hash, verify } from '@node-rs/argon2'
import type { Figure, Measure } from './bench-run.ts'
import { ordinaryAgencies, signInCallers } from './callers.ts'
import { wireRequest } from './connection.ts'
import { benchPassword } from './databases.ts'
import { digits, median, spread } from './figures.ts'
import { httpLoad } from './http-load.ts'
import { busyShare } from './machine.ts'
import { startProduct } from './product.ts'
import { disturbance } from './read-paths.ts'

/** As many hashes at once as the product allows itself. */
const atOnce = 3

/** Sign in with a password, each time as another of sixty people, against argon2 alone. */
export const signInPath: Measure = {
  name: 'sign-in',
  async run({ cluster, plan }): Promise<Figure[]> {
    const { database } = plan.main
    const product = await startProduct({
      dataDir: cluster.config.dataDir,
      databaseUrl: cluster.ownerUrl(database),
    })
    try {
      const callers = await signInCallers(cluster, database, product.port, {
        agencies: ordinaryAgencies(plan.main.agencies, 60),
        member: 3,
      })
      const requests = callers.map((c) =>
        wireRequest({
          method: 'POST',
          path: '/api/v1/sign-in',
          host: c.host,
          body: { login: c.email, password: benchPassword },
        }),
      )
      const busy = await busyShare()
      const apps: number[] = []
      const bares: number[] = []
      let turn = 0
      for (let round = 0; round < 3; round += 1) {
        bares.push(await hashesASecond(plan.seconds / 2))
        const load = await httpLoad({
          port: product.port,
          connections: 8,
          seconds: plan.seconds,
          warmUp: 1,
          next: () => requests[turn++ % requests.length]!,
        })
        apps.push(load.perSecond)
      }
      const ratios = apps.map((a, i) => a / bares[i]!)
      return [
        {
          path: 'sign in with a password',
          data: `${callers.length} people, 8 at once`,
          measured: `${digits(median(apps))}/s; ${digits(median(ratios))} of the hashes alone`,
          against: `argon2id alone (19 MiB, 2 passes, ${atOnce} at once): ${digits(median(bares))}/s`,
          goal: 'none set: bound by argon2id',
          reached: null,
          disturbed: disturbance(busy, spread(ratios)),
        },
      ]
    } finally {
      await product.stop()
    }
  },
}

async function hashesASecond(seconds: number): Promise<number> {
  const stored = await hash(benchPassword, { memoryCost: 19_456, timeCost: 2, parallelism: 1 })
  const begin = performance.now()
  let done = 0
  const one = async () => {
    while (performance.now() - begin < seconds * 1000) {
      if (!(await verify(stored, benchPassword))) throw new Error('the hash does not hold')
      done += 1
    }
  }
  await Promise.all(Array.from({ length: atOnce }, one))
  return done / ((performance.now() - begin) / 1000)
}
