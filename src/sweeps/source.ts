import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** A file of the product's own source, tests left out. */
export type SourceFile = { path: string; text: string }

/** Every source file of the server and the pages, without tests, sweeps and generated files. */
export function readSource(): SourceFile[] {
  return globSync('src/**/*.{ts,tsx}', { cwd: root })
    .filter((path) => !/\.test\.ts$|\.gen\.ts$|\/testing[^/]*\.ts$|^src\/sweeps\//.test(path))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

/** Every text that `pattern`'s first group finds, with a file it was found in. */
export function findAll(files: readonly SourceFile[], pattern: RegExp): Map<string, string> {
  const found = new Map<string, string>()
  for (const { path, text } of files)
    for (const match of text.matchAll(pattern)) if (match[1] !== undefined) found.set(match[1], path)
  return found
}
