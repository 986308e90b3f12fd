import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { slug, slugOf } from './slug.ts'

test('a name gives a readable label', () => {
  assert.equal(slugOf('Studio Lumière'), 'studio-lumiere')
  assert.equal(slugOf('  L’Œuvre & Cie — Médias '), 'l-oeuvre-cie-medias')
  assert.equal(slugOf('Łódź Größe'), 'lodz-grosse')
  assert.equal(slugOf('灯光工作室'), '')
  assert.equal(slugOf('AB'), '')
})

test('a proposed label is always an acceptable one', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (name) => {
      const proposed = slugOf(name)
      assert.ok(proposed === '' || slug.safeParse(proposed).success, proposed)
    }),
  )
})

test('what is no plain label is refused with its reason', () => {
  const reason = (value: string) => slug.safeParse(value).error?.issues[0]?.message
  assert.equal(reason(''), 'field.required')
  assert.equal(reason('ab'), 'agencies.slug_short')
  assert.equal(reason('a'.repeat(41)), 'agencies.slug_long')
  for (const bad of ['-abc', 'abc-', 'a--b', 'xn--caf-dma', 'été', 'a.b.c', 'a_b', 'a b c'])
    assert.equal(reason(bad), 'agencies.slug_malformed', bad)
  assert.equal(slug.parse('  Studio-9 '), 'studio-9')
})
