import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { routes } from '../app.ts'
import { locales, type Locale } from '../contract/common.ts'
import { rights } from '../contract/rights.ts'
import { readTexts } from '../server/texts.ts'
import { findAll, readSource } from './source.ts'

const texts = Object.fromEntries(locales.map((l) => [l, readTexts(l)])) as Record<
  Locale,
  Record<string, string>
>
const french = texts.fr
const source = readSource()

/** What a message asks of its caller: variables, and tags such as <b>. */
function holes(message: string): string[] {
  const names = new Set<string>()
  const walk = (token: unknown): void => {
    if (!Array.isArray(token)) return
    // A message is a list of texts and variables; a variable is [name, format?, choices or style?].
    if (typeof token[0] === 'string' && token.length > 0 && isVariable(token)) {
      names.add(token[0])
      for (const choice of Object.values((token[2] ?? {}) as object))
        if (Array.isArray(choice)) choice.forEach(walk)
      return
    }
    token.forEach(walk)
  }
  const isVariable = (token: unknown[]) =>
    /^\w+$/.test(String(token[0])) && (token.length === 1 || typeof token[1] === 'string')
  const compiled = compileMessage(message)
  if (Array.isArray(compiled)) for (const token of compiled) walk(token)
  for (const tag of message.matchAll(/<(\w+)[ >/]/g)) names.add(`<${tag[1]}>`)
  return [...names].toSorted()
}

/** Keys that have no text, with where they are asked for. */
function missing(keys: Map<string, string>): string[] {
  return [...keys].filter(([key]) => !(key in french)).map(([key, path]) => `${key} (${path})`)
}

test('what a message asks for is read out of it whole', () => {
  assert.deepEqual(holes('{a} <b>x</b> {n, plural, one {# {z}} other {w}} {d, date} <br/>'), [
    '<b>',
    '<br>',
    'a',
    'd',
    'n',
    'z',
  ])
  assert.deepEqual(holes('rien'), [])
})

test('every key is in every language, with the same variables and tags', () => {
  assert.ok(Object.keys(french).length > 500)
  for (const locale of locales) {
    assert.deepEqual(
      Object.keys(texts[locale]).filter((k) => !(k in french)),
      [],
      `in ${locale} but not in French`,
    )
    assert.deepEqual(
      Object.keys(french).filter((k) => !(k in texts[locale])),
      [],
      `in French but not in ${locale}`,
    )
    for (const [key, message] of Object.entries(texts[locale])) {
      assert.notEqual(message.trim(), '', `${key} in ${locale}`)
      assert.deepEqual(holes(message), holes(french[key]!), `${key} in ${locale}`)
    }
  }
})

test('words are set as interface.md asks', () => {
  const wrong: string[] = []
  for (const locale of locales)
    for (const [key, message] of Object.entries(texts[locale])) {
      // Outside ICU's own syntax: a straight apostrophe would even quote what follows.
      if (message.includes("'")) wrong.push(`${locale} ${key}: straight apostrophe`)
      if (message.includes('...')) wrong.push(`${locale} ${key}: three dots`)
      if (locale !== 'fr') continue
      // Variables and their syntax left out, French puts a narrow space before ; ? ! and a hard one before a colon.
      const words = message.replaceAll(/https?:\/\/\S+/g, '').replaceAll(/\{\w+(, \w+)?(, )?/g, '{')
      if (/[^\u202f]\?(?!\w)/.test(words) && !/«\u202f\?|^\?/.test(words)) wrong.push(`fr ${key}: ${message}`)
      if (/ [;:!?»]|« /.test(words)) wrong.push(`fr ${key}: ${message}`)
      if (/[^\u202f];/.test(words)) wrong.push(`fr ${key}: ${message}`)
    }
  assert.deepEqual(wrong, [])
})

test('every declared or thrown refusal has its sentence', () => {
  const declared = new Map(
    routes.flatMap((r) =>
      (r.endpoint.refusals ?? []).map((code) => [`refusal.${code}`, r.endpoint.name] as const),
    ),
  )
  assert.deepEqual(missing(declared), [])
  const thrown = findAll(source, /new Refusal\(\s*\d+,\s*'([\w.]+)'/g)
  assert.ok(thrown.size > 10)
  assert.deepEqual(missing(new Map([...thrown].map(([code, path]) => [`refusal.${code}`, path]))), [])
})

/** Thrown by the doors of ledger and purchases, for whichever endpoint moves money: declared by those. */
const ofTheLedger = [
  'wallet.insufficient',
  'wallet.key_reused',
  'wallet.hold_exceeded',
  'purchase.key_reused',
]

test('every refusal a slice throws is declared by an endpoint, or is the kernel’s', () => {
  const declared = new Set([...ofTheLedger, ...routes.flatMap((r) => r.endpoint.refusals ?? [])] as string[])
  const kernel = new Set(
    findAll(
      source.filter((f) => f.path.startsWith('src/server/')),
      /'([a-z_]+\.[a-z_]+)'/g,
    ).keys(),
  )
  const undeclared = [
    ...findAll(
      source.filter((f) => f.path.startsWith('src/features/')),
      /new Refusal\(\s*\d+,\s*'([\w.]+)'/g,
    ),
  ].filter(([code]) => !declared.has(code) && !kernel.has(code))
  assert.deepEqual(
    undeclared.map(([code, path]) => `${code} (${path})`),
    [],
  )
})

test('every field’s refusal has its sentence', () => {
  const zod = findAll(
    source.filter((f) => !f.path.includes('/web/')),
    /\.(?:min|max|length|regex|refine|startsWith|check|email|gt|gte|lt|lte)\([^\n]*?'([a-z_]+\.[a-z_]+)'\)/g,
  )
  assert.ok(zod.size > 3)
  assert.deepEqual(missing(zod), [])
  assert.deepEqual(
    missing(
      findAll(
        source.filter((f) => f.path.includes('contract')),
        /message: '([a-z_]+\.[a-z_]+)'/g,
      ),
    ),
    [],
  )
  assert.deepEqual(missing(findAll(source, /invalid\(\{\s*[\w'.]+:\s*'([\w.]+)'/g)), [])
})

test('every audited action, right, kind of job and notification has its words', () => {
  const lines = findAll(source, /(\baction:.*)/g)
  const actions = new Map<string, string>()
  for (const [line, path] of lines)
    for (const m of line.matchAll(/'([a-z_]+\.[a-z_]+)'/g)) actions.set(`audit.${m[1]}`, path)
  assert.ok(actions.size > 10)
  assert.deepEqual(missing(actions), [])
  assert.deepEqual(missing(new Map(Object.keys(rights).map((right) => [`right.${right}`, 'rights.ts']))), [])
  const works = source.filter((f) => f.text.includes('longWork('))
  assert.deepEqual(
    missing(
      new Map(
        [...findAll(works, /\bkind: '([a-z_]+\.[a-z_]+)'/g)].map(([kind, path]) => [`job.${kind}`, path]),
      ),
    ),
    [],
  )
})

test('texts that nothing asks for are reported', (t) => {
  const all = source.map((f) => f.text).join('\n')
  const literals = new Set(all.match(/[\w-]+(?:\.[\w-]+)+/g))
  const prefixes = [...all.matchAll(/[`'"]([a-z][\w]*(?:\.[\w]+)*\.)\$\{/g)].map((m) => m[1]!)
  const byCode = ['refusal.', 'audit.', 'right.', 'job.', 'notification.', 'field.', ...prefixes]
  const unused = Object.keys(french).filter(
    (key) => !literals.has(key) && !byCode.some((p) => key.startsWith(p)),
  )
  if (unused.length > 0) t.diagnostic(`${unused.length} unused texts: ${unused.join(', ')}`)
})
