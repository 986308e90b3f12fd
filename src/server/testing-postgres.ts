import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keeperScript } from './postgres-keeper.ts'
import { filesOf, findPostgres } from './postgres-binaries.ts'
import { freePort, postgresEnvironment } from './postgres-cluster.ts'
import { readPostmasterFile } from './postgres-leftover.ts'
import { asPostgresUser, choosePostgresUser } from './postgres-user.ts'

/** Never for real data: a crash of the machine may lose everything, which is why it is fast. */
const throwAway = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: 300,
  shared_buffers: '256MB',
  jit: 'off',
  timezone: 'UTC',
}

/**
 * Starts a throw-away PostgreSQL for one test run, in the temporary folder, and gives its superuser URL.
 * It ends with this process, and `stop` removes its folder.
 */
export async function startTestPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'canopee-test-'))
  const cluster = join(folder, 'cluster')
  const passwordFile = join(folder, 'password')
  const lock = join(folder, 'lock')
  mkdirSync(cluster, { mode: 0o700 })
  for (const [path, text] of [
    [passwordFile, 'postgres'],
    [lock, ''],
  ] as const)
    writeFileSync(path, text)
  const binaries = await findPostgres()
  const user = choosePostgresUser(cluster)
  if (user) for (const path of [folder, cluster, passwordFile, lock]) chownSync(path, user.uid, user.gid)
  const needed = [...filesOf(binaries), keeperScript, folder]
  const environment = { cwd: '/', env: postgresEnvironment() }

  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const make = [
    binaries.initdb,
    '-D',
    cluster,
    '-U',
    'postgres',
    `--pwfile=${passwordFile}`,
    '-A',
    'scram-sha-256',
    '-N',
  ]
  const { program, args, ...ids } = asPostgresUser(user, needed, [...make, ...locale])
  const made = spawnSync(program, args, { ...ids, ...environment, encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`)

  const port = (await freePort(0)) ?? 0
  const settings = Object.entries({ ...throwAway, port }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const run = asPostgresUser(user, needed, [
    '/bin/sh',
    keeperScript,
    lock,
    binaries.postgres,
    '-D',
    cluster,
    ...settings,
  ])
  const server = spawn(run.program, run.args, {
    ...ids,
    ...environment,
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  while (!readPostmasterFile(cluster)?.ready) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL did not start in ${folder}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      server.stdin?.end()
      if (server.exitCode === null) await once(server, 'exit')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
