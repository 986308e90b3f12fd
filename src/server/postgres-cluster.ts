import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import type { PostgresBinaries } from './postgres-binaries.ts'
import { asPostgresUser } from './postgres-user.ts'
import type { PostgresUser } from './postgres-user.ts'
import { StartupRefusal } from './startup-refusal.ts'

/** How to reach the cluster of a data folder; kept in `postgres.json`, which only its owner can read. */
export type ClusterAccess = { port: number; password: string }

/** The folders and files that the embedded database uses inside a data folder. */
export function clusterPaths(dataDir: string): {
  cluster: string
  access: string
  lock: string
  startLog: string
} {
  return {
    cluster: join(dataDir, 'postgres'),
    access: join(dataDir, 'postgres.json'),
    lock: join(dataDir, 'postgres.lock'),
    startLog: join(dataDir, 'postgres-start.log'),
  }
}

/** Reads how to reach the cluster; null in a new folder. */
export function readAccess(dataDir: string): ClusterAccess | null {
  const { access } = clusterPaths(dataDir)
  return existsSync(access) ? (JSON.parse(readFileSync(access, 'utf8')) as ClusterAccess) : null
}

/** Superuser URL of a database of the cluster. */
export function clusterUrl(access: ClusterAccess, database: string): string {
  return `postgres://postgres:${access.password}@127.0.0.1:${access.port}/${database}`
}

/** Gives the access of the folder, with a port that is free now; a remembered port is kept while it is free. */
export async function settleAccess(dataDir: string, wantedPort?: number): Promise<ClusterAccess> {
  const known = readAccess(dataDir)
  const port = wantedPort ?? known?.port ?? 0
  const free = await freePort(port)
  if (free === null && wantedPort !== undefined) {
    throw new StartupRefusal(
      `Le port ${wantedPort} demandé pour PostgreSQL est déjà utilisé par un autre programme.`,
      `Port ${wantedPort}, asked for PostgreSQL, is already used by another program.`,
    )
  }
  const settled = {
    port: free ?? (await freePort(0)) ?? 0,
    password: known?.password ?? randomBytes(24).toString('hex'),
  }
  if (settled.port !== known?.port) writeWhole(clusterPaths(dataDir).access, JSON.stringify(settled))
  return settled
}

/** Makes the cluster when the folder has none. An interrupted attempt leaves nothing that counts as a cluster. */
export function ensureCluster(
  dataDir: string,
  access: ClusterAccess,
  binaries: PostgresBinaries,
  user: PostgresUser,
  needed: string[],
): void {
  const { cluster } = clusterPaths(dataDir)
  if (existsSync(join(cluster, 'PG_VERSION'))) return
  const fresh = `${cluster}.new`
  const passwordFile = join(dataDir, 'postgres.password')
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { mode: 0o700 })
  writeFileSync(passwordFile, access.password, { mode: 0o600 })
  if (user) for (const path of [fresh, passwordFile]) chownSync(path, user.uid, user.gid)
  const options = [
    '--username=postgres',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
  ]
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const command = [binaries.initdb, '-D', fresh, ...options, ...locale]
  const { program, args, ...ids } = asPostgresUser(user, needed, command)
  const made = spawnSync(program, args, { ...ids, cwd: '/', env: postgresEnvironment(), encoding: 'utf8' })
  rmSync(passwordFile, { force: true })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`)
  renameSync(fresh, cluster)
}

/** The server's settings: nothing acknowledged is ever lost, local connections only, a machine shared with the application. */
export function clusterSettings(access: ClusterAccess): string[] {
  const mebibyte = 1024 * 1024
  const memory = Math.min(totalmem(), process.constrainedMemory() || Infinity) / mebibyte
  const buffers = Math.round(Math.min(2048, Math.max(128, memory / 8)))
  const settings = {
    listen_addresses: '127.0.0.1',
    port: access.port,
    unix_socket_directories: '',
    max_connections: 200,
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    shared_buffers: `${buffers}MB`,
    effective_cache_size: `${Math.round(memory / 2)}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    random_page_cost: 1.1,
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    logging_collector: 'on',
    log_directory: 'log',
    log_filename: 'postgresql-%a.log',
    log_truncate_on_rotation: 'on',
    log_rotation_age: '1d',
    log_rotation_size: 0,
    // Failed statements are the application's to report; here they would write people's data to a file.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** Only what PostgreSQL needs: the caller's PG* variables must not reach it. */
export function postgresEnvironment(): Record<string, string> {
  return { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' }
}

/** Gives the port when it can be opened on 127.0.0.1, null when it is taken; 0 asks for any. */
export async function freePort(port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    )
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : null))
    })
  })
}

/** Writes a private file so that a crash leaves the old one or the new one, whole. */
function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600, flush: true })
  renameSync(`${path}.new`, path)
}
