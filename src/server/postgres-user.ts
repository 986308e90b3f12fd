import { execFileSync, spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { StartupRefusal } from './startup-refusal.ts'

/** Who runs PostgreSQL: null is whoever runs the application. */
export type PostgresUser = { uid: number; gid: number } | null

/**
 * PostgreSQL refuses to run as root. Under root it runs as the owner of its own folder when there is one already,
 * else as the system user `postgres`, made when missing.
 */
export function choosePostgresUser(clusterDir: string): PostgresUser {
  if (process.getuid?.() !== 0) return null
  const owner = statSync(clusterDir, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  return systemUser() ?? createSystemUser()
}

/** A command to run as that user, in a form that works even where the user may not enter the parent folders. */
export function asPostgresUser(
  user: PostgresUser,
  paths: string[],
  command: string[],
): { program: string; args: string[]; uid?: number; gid?: number } {
  const [program = '', ...args] = command
  if (!user || paths.every((path) => mayEnter(user, path))) return { program, args, ...user }
  // Root cloned the project in a private folder (/root, a 0700 temporary folder): PostgreSQL keeps
  // the one capability that lets it walk through, rather than asking to open the folder to everybody.
  // The secure bit makes access(2), by which PostgreSQL looks at its own files, count the capability too.
  const capability = ['--inh-caps', '+dac_override', '--ambient-caps', '+dac_override']
  const ids = ['--reuid', String(user.uid), '--regid', String(user.gid), '--clear-groups']
  const keeping = ['--securebits', '+no_setuid_fixup', ...ids, ...capability]
  if (spawnSync('setpriv', [...keeping, 'true']).status !== 0) throw privateFolderRefusal(paths)
  return { program: 'setpriv', args: [...keeping, program, ...args] }
}

function privateFolderRefusal(paths: string[]): StartupRefusal {
  return new StartupRefusal(
    `PostgreSQL ne peut pas tourner en tant que root, et l’utilisateur « postgres » ne peut pas lire ${paths.at(-1)}. Placez Canopée dans un dossier lisible par tous, ou lancez-la avec un utilisateur ordinaire.`,
    `PostgreSQL cannot run as root, and the user "postgres" cannot read ${paths.at(-1)}. Put Canopée in a folder that everybody can read, or run it as an ordinary user.`,
  )
}

/** Whether the user can read `path`, from the modes of the file and of each folder above it. */
export function mayEnter(user: { uid: number; gid: number }, path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat) {
    const shift = stat.uid === user.uid ? 6 : stat.gid === user.gid ? 3 : 0
    const wanted = stat.isDirectory() ? 1 : 4
    if (!((stat.mode >> shift) & wanted)) return false
  }
  const parent = dirname(resolve(path))
  return parent === resolve(path) || mayEnter(user, parent)
}

function systemUser(): PostgresUser {
  try {
    const id = (flag: string): number =>
      Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }).toString())
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    return null
  }
}

function createSystemUser(): PostgresUser {
  try {
    execFileSync(
      'useradd',
      ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', 'postgres'],
      {
        stdio: 'ignore',
      },
    )
  } catch {
    // The next line says what it means.
  }
  const user = systemUser()
  if (user) return user
  throw new StartupRefusal(
    'PostgreSQL ne peut pas tourner en tant que root et l’utilisateur « postgres » n’a pas pu être créé. Lancez Canopée avec un utilisateur ordinaire.',
    'PostgreSQL cannot run as root and the user "postgres" could not be created. Run Canopée as an ordinary user.',
  )
}
