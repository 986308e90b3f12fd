import { accessSync, chownSync, constants, existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import pg from 'pg'
import type { InstanceLock } from './instance-lock.ts'
import { takeInstanceLock, tryInstanceLock } from './instance-lock.ts'
import { filesOf, findPostgres } from './postgres-binaries.ts'
import {
  clusterPaths,
  clusterSettings,
  clusterUrl,
  ensureCluster,
  readAccess,
  settleAccess,
} from './postgres-cluster.ts'
import { keeperScript, keepPostgres } from './postgres-keeper.ts'
import { stopLeftover } from './postgres-leftover.ts'
import { asPostgresUser, choosePostgresUser } from './postgres-user.ts'
import { StartupRefusal } from './startup-refusal.ts'

/** What the embedded database says while it lives; a pino logger fits. */
export type PostgresLog = {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
}

/** `port` is chosen and remembered when absent. */
export type EmbeddedOptions = { dataDir: string; port?: number; log: PostgresLog }

/** A running embedded database: superuser URL of the database `canopee`, and how to stop what we started. */
export type EmbeddedPostgres = { url: string; stop(): Promise<void> }

/**
 * Starts PostgreSQL in `dataDir`, making the cluster and the database `canopee` when missing.
 * It ends with this process, however this process ends, and is started again when it crashes.
 * Refuses (`StartupRefusal`) a folder that another process uses or that this user may not use.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const dataDir = openDataFolder(options.dataDir)
  return startUnderLock({ ...options, dataDir }, await takeInstanceLock(dataDir))
}

/** For commands such as `backup`: joins the database that a running application keeps, or starts it for a while. */
export async function joinEmbeddedPostgres(
  options: EmbeddedOptions,
): Promise<EmbeddedPostgres & { joined: boolean }> {
  const dataDir = openDataFolder(options.dataDir)
  const lock = await tryInstanceLock(dataDir)
  if ('release' in lock) return { ...(await startUnderLock({ ...options, dataDir }, lock)), joined: false }
  const access = readAccess(dataDir)
  if (!access) throw new Error(`The application that uses ${dataDir} has not started its database yet`)
  return { url: clusterUrl(access, 'canopee'), stop: async () => {}, joined: true }
}

async function startUnderLock(options: EmbeddedOptions, lock: InstanceLock): Promise<EmbeddedPostgres> {
  const { dataDir, log } = options
  const paths = clusterPaths(dataDir)
  try {
    const binaries = await findPostgres()
    const user = choosePostgresUser(paths.cluster)
    const needed = [...filesOf(binaries), keeperScript, dataDir]
    refuseForeignCluster(paths.cluster, user === null)
    await stopLeftover(paths.cluster)
    const access = await settleAccess(dataDir, options.port)
    ensureCluster(dataDir, access, binaries, user, needed)
    writeFileSync(paths.lock, '', { mode: 0o600 })
    if (user) chownSync(paths.lock, user.uid, user.gid)
    const server = [binaries.postgres, '-D', paths.cluster, ...clusterSettings(access)]
    const keeper = await keepPostgres({
      command: (keeping) => asPostgresUser(user, needed, [...keeping, paths.lock, ...server]),
      cluster: paths.cluster,
      startLog: paths.startLog,
      log,
    })
    await ensureDatabase(clusterUrl(access, 'postgres'))
    log.info({ port: access.port }, 'embedded PostgreSQL is ready')
    return {
      url: clusterUrl(access, 'canopee'),
      stop: async () => {
        lock.announceStop()
        await keeper.stop()
        await lock.release()
      },
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** Makes the data folder when missing and gives its real path. */
function openDataFolder(dataDir: string): string {
  try {
    // Others may walk through, not list: under root, PostgreSQL runs as another user. What is secret has its own mode.
    mkdirSync(dataDir, { recursive: true, mode: 0o711 })
    const folder = realpathSync(dataDir)
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    return folder
  } catch {
    throw new StartupRefusal(
      `Cet utilisateur ne peut pas écrire dans le dossier de données ${dataDir}. Changez ses droits ou choisissez un autre dossier avec DATA_DIR.`,
      `This user cannot write to the data folder ${dataDir}. Change its permissions or choose another folder with DATA_DIR.`,
    )
  }
}

/** An ordinary user cannot run a cluster that root's PostgreSQL made: say so rather than fail inside. */
function refuseForeignCluster(cluster: string, ordinary: boolean): void {
  if (!ordinary || !existsSync(cluster)) return
  try {
    accessSync(cluster, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch {
    throw new StartupRefusal(
      `La base de données de ${cluster} appartient à un autre utilisateur. Lancez Canopée avec le même utilisateur que la première fois.`,
      `The database in ${cluster} belongs to another user. Run Canopée as the same user as the first time.`,
    )
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    const found = await client.query(`select 1 from pg_database where datname = 'canopee'`)
    if (found.rowCount === 0) await client.query('create database canopee')
  } finally {
    await client.end()
  }
}
