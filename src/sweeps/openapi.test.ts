import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { routes } from '../app.ts'
import { openapiDocument } from '../server/openapi.ts'
import { breakingChanges, type Document } from './breaking-changes.ts'
import { faults } from './openapi-structure.ts'

const endpoints = routes.map((r) => r.endpoint)
const document = JSON.parse(JSON.stringify(openapiDocument(endpoints, 'http://localhost:3000'))) as Document
const released = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../docs/openapi.json'), 'utf8'),
) as Document

test('every endpoint is in the document once, with its sentence and an example of its answer', () => {
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
  assert.equal(operations.length, endpoints.length)
  assert.deepEqual(operations.map((o) => o.operationId).toSorted(), endpoints.map((e) => e.name).toSorted())
  assert.equal(new Set(endpoints.map((e) => e.name)).size, endpoints.length, 'names are unique')
  assert.equal(
    new Set(endpoints.map((e) => `${e.method} ${e.path.replaceAll(/:\w+/g, ':')}`)).size,
    endpoints.length,
    'addresses are unique',
  )
  for (const e of endpoints) assert.match(e.summary, /^[A-Z“‘].{8,}[.”]?$/, e.name)
  const without = operations.filter((o) => {
    const [status, answer] = Object.entries(o.responses).find(([s]) => s !== 'default')!
    return (
      status !== '204' &&
      Object.entries(answer.content ?? {}).some(
        ([type, c]) => type === 'application/json' && c.example === undefined,
      )
    )
  })
  assert.deepEqual(
    without.map((o) => o.operationId),
    [],
  )
})

test('examples, written or made, are what the endpoints take and answer', () => {
  const wrong: string[] = []
  for (const e of endpoints) {
    const operation = document.paths[e.path.replaceAll(/:(\w+)/g, '{$1}')]![e.method.toLowerCase()]!
    const shown = operation.responses[String(e.status ?? 200)]?.content?.['application/json']?.example
    const answer = e.streams ? undefined : e.answer.safeParse(shown)
    if (answer?.error) wrong.push(`${e.name} answer: ${answer.error.message}`)
    const body = e.body?.safeParse(operation.requestBody?.content['application/json']?.example)
    if (body?.error) wrong.push(`${e.name} body: ${body.error.message}`)
    const query = e.example?.query === undefined ? undefined : e.query?.safeParse(e.example.query)
    if (query?.error) wrong.push(`${e.name} query: ${query.error.message}`)
  }
  assert.deepEqual(wrong, [])
})

test('the document has the structure of OpenAPI 3.1', () => {
  assert.deepEqual(faults(document), [])
})

test('nothing that the last released document promised is gone', () => {
  assert.deepEqual(breakingChanges(released, document), [])
})

test('a breaking change is seen', () => {
  const copy = () => structuredClone(released)
  const [path, name] = Object.entries(released.paths).find(([, p]) =>
    p['get']?.parameters.some((q) => q.in === 'path'),
  )!
  const gone = copy()
  delete gone.paths[path]
  assert.ok(breakingChanges(released, gone).length > 0, Object.keys(name).join())
  const narrower = copy()
  narrower.paths[path]!['get']!.parameters.push({
    name: 'needed',
    in: 'query',
    required: true,
    schema: { type: 'string' },
  })
  assert.match(breakingChanges(released, narrower).join(), /needed/)
  const answer = copy()
  const schema = Object.values(Object.values(answer.paths[path]!['get']!.responses)[0]!.content!)[0]!
    .schema as { properties: Record<string, unknown> }
  const [first] = Object.keys(schema.properties)
  delete schema.properties[first!]
  assert.match(breakingChanges(released, answer).join(), new RegExp(first!))
})
