import { existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { backUp } from '../server/backup.ts'
import { readConfig } from '../server/config.ts'
import { StartupRefusal } from '../server/startup-refusal.ts'
import { reachDatabase } from './open.ts'

/** `backup FILE`: writes everything into one private file, whether or not the application runs. */
export async function backupCommand(args: string[]): Promise<void> {
  const file = resolve(args[0] ?? '')
  if (args.length !== 1)
    throw new StartupRefusal(
      'Usage : npm run canopee -- backup FICHIER',
      'Usage: npm run canopee -- backup FILE',
    )
  if (existsSync(file)) {
    throw new StartupRefusal(
      `${file} existe déjà. Choisissez un autre nom.`,
      `${file} already exists. Choose another name.`,
    )
  }
  if (!statSync(dirname(file), { throwIfNoEntry: false })?.isDirectory()) {
    throw new StartupRefusal(
      `Le dossier ${dirname(file)} n’existe pas.`,
      `The folder ${dirname(file)} does not exist.`,
    )
  }
  const config = readConfig()
  const { url, stop } = await reachDatabase(config, 'visit')
  try {
    const sums = await backUp({ url, secret: config.secret }, file)
    const rows = sums.reduce((total, table) => total + table.rows, 0)
    console.log(`${file} : ${sums.length} tables, ${rows} lignes, ${statSync(file).size} octets.
Ce fichier contient le secret de l’installation et les données de tous les clients : gardez-le à l’abri.
${file}: ${sums.length} tables, ${rows} rows, ${statSync(file).size} bytes.
This file holds the installation’s secret and every client’s data: keep it safe.`)
  } finally {
    await stop()
  }
}
