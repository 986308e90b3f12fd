import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { startTestApp } from '../server/testing.ts'

const root = join(import.meta.dirname, '../..')

test('the generated types are those of the migrations', async (t) => {
  const app = await startTestApp()
  const folder = mkdtempSync(join(tmpdir(), 'canopee-schema-'))
  t.after(async () => {
    rmSync(folder, { recursive: true })
    await app.close()
  })
  const fresh = join(folder, 'schema.gen.ts')
  const made = spawnSync('bash', [join(root, 'scripts/gen-schema.sh'), app.databaseUrl, fresh], {
    encoding: 'utf8',
  })
  assert.equal(made.status, 0, made.stderr)
  assert.equal(
    readFileSync(fresh, 'utf8'),
    readFileSync(join(root, 'src/server/schema.gen.ts'), 'utf8'),
    'run scripts/gen-schema.sh',
  )
})

test('the generated text keys are those of the French texts', () => {
  const checked = spawnSync(process.execPath, [join(root, 'scripts/gen-text-keys.ts'), '--check'], {
    encoding: 'utf8',
  })
  assert.equal(checked.status, 0, checked.stderr)
})
