import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { routes } from '../../app.ts'
import { startTestApp, type TestApp } from '../../server/testing.ts'
import { makeAgency } from '../../server/testing-people.ts'
import { getOpenapi } from './contract.ts'
import { exampleSentence } from './example-sentence.ts'
import { fieldsOf, matches, operationsOf } from './web/openapi-document.ts'

let t: TestApp
before(async () => {
  t = await startTestApp()
})
after(() => t.close())

test('everyone reads every operation, on the base host and on an agency’s', async () => {
  const agency = await makeAgency(t)
  for (const browser of [t.browser(), agency.owner.browser]) {
    const document = await browser.call(getOpenapi, {})
    assert.deepEqual(
      operationsOf(document)
        .map((o) => o.operationId)
        .toSorted(),
      routes.map((r) => r.endpoint.name).toSorted(),
    )
  }
  const { servers } = await agency.owner.browser.call(getOpenapi, {})
  assert.match(servers[0]!.url, new RegExp(`//${agency.slug}\\..*/api/v1$`))
})

test('refusals carry their sentences in the language asked for', async () => {
  const read = async (language: string) => {
    const answer = await t.browser().raw({
      method: 'GET',
      url: '/api/v1/openapi.json',
      headers: { host: t.app.config.baseUrl.host, 'accept-language': language },
    })
    return operationsOf(answer.json() as never)
  }
  for (const [language, word] of [
    ['fr', 'propriétaire'],
    ['en', 'owner'],
  ] as const) {
    const operations = await read(language)
    const disable = operations.find((o) => o.operationId === 'disableSubAccount')
    assert.match(
      disable?.['x-refusals']?.find((r) => r.code === 'member.last_owner')?.sentence ?? '',
      new RegExp(word),
    )
    const without = operations.flatMap((o) =>
      (o['x-refusals'] ?? [])
        .filter((r) => !r.sentence || /NaN|undefined|[{}]/.test(r.sentence))
        .map((r) => r.code),
    )
    assert.deepEqual(without, [])
  }
})

test('variables of a sentence get a figure or an ellipsis', () => {
  const message = '{left, plural, one {Un essai.} other {# essais.}} {name} {at, number}'
  assert.equal(
    exampleSentence(message, ({ left, name, at }) => [left, name, at].join(' ')),
    '3 … 3',
  )
})

test('nested fields have lines of their own, and words find operations', () => {
  const schema = {
    type: 'object',
    required: ['data'],
    properties: {
      data: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            lead: { anyOf: [{ type: 'null' }, { type: 'object', properties: { name: { type: 'string' } } }] },
          },
        },
      },
    },
  }
  assert.deepEqual(
    fieldsOf(schema).map((f) => [f.path, f.required]),
    [
      ['data', true],
      ['data[].lead', false],
      ['data[].lead.name', false],
    ],
  )
  const operation = {
    method: 'POST',
    path: '/clients',
    operationId: 'createClient',
    summary: 'Creates a client.',
  } as never
  assert.equal(matches(operation, 'post CLIENT'), true)
  assert.equal(matches(operation, 'post member'), false)
})
