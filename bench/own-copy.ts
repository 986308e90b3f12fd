import type { BenchRun } from './bench-run.ts'
import { signInCallers, type Caller } from './callers.ts'
import { copyDatabase, dropDatabase } from './databases.ts'
import { startProduct } from './product.ts'

/**
 * Runs the product over its own copy of the smallest base database and gives the work its port and a signed-in owner
 * of the first agency; the copy is dropped at the end.
 */
export async function onOwnCopy<T>(
  { cluster, plan }: BenchRun,
  database: string,
  work: (port: number, caller: Caller) => Promise<T>,
): Promise<T> {
  await dropDatabase(cluster, database)
  await copyDatabase(cluster, plan.hundredth.database, database)
  try {
    const product = await startProduct({
      dataDir: cluster.config.dataDir,
      databaseUrl: cluster.ownerUrl(database),
    })
    try {
      const [caller] = await signInCallers(cluster, database, product.port, { agencies: [0], member: 0 })
      return await work(product.port, caller!)
    } finally {
      await product.stop()
    }
  } finally {
    await dropDatabase(cluster, database)
  }
}
