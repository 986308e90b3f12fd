// Builds the pages into dist/web when what they are made of has changed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newNode, root } from './bootstrap.mjs'

const stamp = join(root, 'dist/web/.built-from')

/** Builds unless dist/web was built from exactly these sources. Gives whether the pages are there. */
export function ensurePages() {
  const sources = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return true
  console.error('Construction des pages… / Building the pages…')
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const { status } = spawnSync(newNode(), [vite, 'build', '--logLevel', 'error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (status === 0) writeFileSync(stamp, sources)
  else console.error('La construction des pages a échoué. / Building the pages failed.')
  return status === 0
}

/** Digest of every file that the pages are built from. */
function fingerprint() {
  const digest = createHash('sha256')
  const single = [
    'package-lock.json',
    'index.html',
    'vite.config.ts',
    'scripts/vite-plugins.ts',
    'tsconfig.json',
    'tsconfig.web.json',
    'postcss.config.cjs',
  ]
  const files = single.filter((name) => existsSync(join(root, name)))
  for (const name of readdirSync(join(root, 'src'), { recursive: true })) {
    const path = join('src', name)
    if (isPageSource(path)) files.push(path)
  }
  for (const path of files.sort())
    digest
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0')
  return digest.digest('hex')
}

function isPageSource(path) {
  if (/\.test\.tsx?$/.test(path) || !/\.[a-z0-9]+$/.test(path)) return false
  return (
    /^src\/(web|contract)\//.test(path) ||
    path.startsWith('src/server/texts.') ||
    /^src\/features\/[^/]+\/(web\/.*|contract\.ts|texts\..*\.json)$/.test(path)
  )
}
