import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readTexts } from '../src/server/texts.ts'

/**
 * Writes src/contract/text-keys.gen.ts from the French texts, so that a page can only ask for a text
 * that exists. `--check` fails when the file is not up to date.
 */
const target = join(import.meta.dirname, '../src/contract/text-keys.gen.ts')
const keys = Object.keys(readTexts('fr')).toSorted()
const source = `// Written by scripts/gen-text-keys.ts from the French texts; do not edit.

/** Every text of the product. */
export type TextKey =
${keys.map((key) => `  | '${key}'`).join('\n')}
`

if (process.argv.includes('--check')) {
  let current = ''
  try {
    current = readFileSync(target, 'utf8')
  } catch {
    // Missing is as stale as different.
  }
  if (current !== source) {
    console.error('src/contract/text-keys.gen.ts is stale: run "npm run gen:texts"')
    process.exit(1)
  }
} else {
  writeFileSync(target, source)
  console.log(`${keys.length} text keys`)
}
