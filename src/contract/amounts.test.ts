import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { amountFromText, amountText, decimalsOf } from './amounts.ts'

test('amounts are read as French, English and Spanish write them', () => {
  const cases: [string, number | undefined][] = [
    ['4100', 410_000],
    ['4 100,50 €', 410_050],
    ['4\u202f100', 410_000],
    ['4,100.50', 410_050],
    ['4.100,5', 410_050],
    ['1.234', 123_400],
    ['12,50', 1250],
    ['0', 0],
    ['EUR 12', 1200],
    ['', undefined],
    ['-5', undefined],
    ['12,505', 1_250_500],
    ['1,2,3', undefined],
    ['douze', undefined],
    ['12,5,00', undefined],
  ]
  for (const [text, amount] of cases) assert.equal(amountFromText(text, 'EUR'), amount, text)
})

test('currencies without cents take none', () => {
  assert.equal(decimalsOf('JPY'), 0)
  assert.equal(amountFromText('1 200', 'JPY'), 1200)
  assert.equal(amountFromText('12,5', 'JPY'), undefined)
  assert.equal(amountText(1200, 'JPY'), '1200')
})

test('what is shown reads back as the same amount', () => {
  fc.assert(
    fc.property(
      fc.nat(10_000_000_000),
      fc.constantFrom(',', '.'),
      (n, sign) => amountFromText(amountText(n, 'EUR', sign), 'EUR') === n,
    ),
  )
})
