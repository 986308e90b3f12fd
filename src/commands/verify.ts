import { closeApp } from '../app.ts'
import { verifyData } from '../server/verify-data.ts'
import { openProduct } from './open.ts'

/** `verify`: checks what must always hold of the data, one line a check; fails when one does not. */
export async function verifyCommand(): Promise<void> {
  const { app, stopDatabase } = await openProduct('visit')
  const findings = await verifyData(app.database.owner)
  for (const { check, broken } of findings) {
    console.log(`${broken.length === 0 ? '✔' : '✖'} ${check}`)
    for (const fault of broken) console.log(`    ${fault}`)
  }
  await closeApp(app)
  await stopDatabase()
  if (findings.some((f) => f.broken.length > 0)) process.exitCode = 1
}
