import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { z } from 'zod'
import { joinList, listOf, splitList } from './list-of.ts'

test('any values go into one text and come back', () => {
  const value = fc.string({ minLength: 1 }).filter((v) => v.trim() === v && v !== '')
  fc.assert(fc.property(fc.array(value), (values) => assert.deepEqual(splitList(joinList(values)), values)))
})

test('a filter takes one text, several, or a list; none at all is no filter', () => {
  const filter = listOf(z.enum(['a', 'b']))
  assert.deepEqual(filter.parse('a,b'), ['a', 'b'])
  assert.deepEqual(filter.parse(['a', 'b']), ['a', 'b'])
  assert.equal(filter.parse(' , '), undefined)
  assert.equal(filter.safeParse('c').success, false)
  assert.equal(filter.safeParse(Array.from({ length: 101 }, () => 'a')).success, false)
})
