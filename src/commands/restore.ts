import { resolve } from 'node:path'
import { hasOwnSecret, readConfig, replaceSecret } from '../server/config.ts'
import { openLog } from '../server/log.ts'
import { restore } from '../server/restore.ts'
import { StartupRefusal } from '../server/startup-refusal.ts'
import { reachDatabase } from './open.ts'

/** `restore FILE [--force]`: puts a backup back into an empty database, or over what is there with `--force`. */
export async function restoreCommand(args: string[]): Promise<void> {
  const [name, ...more] = args.filter((arg) => arg !== '--force')
  if (name === undefined || more.length > 0) {
    throw new StartupRefusal(
      'Usage : npm run canopee -- restore FICHIER [--force]',
      'Usage: npm run canopee -- restore FILE [--force]',
    )
  }
  const config = readConfig()
  const { url, stop } = await reachDatabase(config, 'visit')
  try {
    const fixedSecret = hasOwnSecret(config) ? undefined : config.secret
    const target = { url, fixedSecret, force: args.includes('--force'), log: openLog(config.logLevel) }
    const { sums, secret } = await restore(resolve(name), target)
    replaceSecret(config, secret)
    const rows = sums.reduce((total, table) => total + table.rows, 0)
    console.log(`Restauré et vérifié : ${sums.length} tables, ${rows} lignes.`)
    console.log(`Restored and verified: ${sums.length} tables, ${rows} rows.`)
  } finally {
    await stop()
  }
}
