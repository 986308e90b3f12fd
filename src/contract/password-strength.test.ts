import { test } from 'node:test'
import assert from 'node:assert/strict'
import { passwordStrength } from './password-strength.ts'

test('weighs by the CNIL’s calculation: length × log2 of the alphabets used', () => {
  const bits = (password: string) => Math.round(passwordStrength(password).bits * 10) / 10
  assert.equal(bits('azertyuiopqs'), 56.4)
  assert.equal(bits('123456789012'), 39.9)
  assert.equal(bits('Abcdef1!'), 53)
  assert.equal(bits('Abcdefghij1!'), 79.6)
  assert.equal(bits(''), 0)
})

test('12 to 128 characters, 50 bits, five different ones', () => {
  const problem = (password: string) => passwordStrength(password).problem
  assert.equal(problem('elevencharz'), 'password.too_short')
  assert.equal(problem('twelve chars'), null)
  assert.equal(problem('739104826519'), 'password.too_weak')
  assert.equal(problem('7391048265190382'), null)
  assert.equal(problem('abcdabcdabcdabcd'), 'password.repetitive')
  assert.equal(problem('abcde'.repeat(25) + 'abc'), null)
  assert.equal(problem('abcde'.repeat(25) + 'abcd'), 'password.too_long')
  // Characters are counted, not code units.
  assert.equal(problem('🌲🌳🌴🌵🌷🌸🌹🌺🌻🌼🌽'), 'password.too_short')
})
