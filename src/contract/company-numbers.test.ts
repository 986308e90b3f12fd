import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import {
  bareNumber,
  checkCompanyNumbers,
  checkSiren,
  checkSiret,
  checkVatNumber,
  frenchVatNumber,
  luhnHolds,
  spacedNumber,
} from './company-numbers.ts'
import { vatForms } from './vat-forms.ts'

const faultOf = (result: ReturnType<typeof checkSiren>) => ('fault' in result ? result.fault : undefined)
const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`))

/** A number whose last digit makes Luhn's key hold, found by trying the ten: another way than the code's. */
const withLuhn = (head: string) => [...'0123456789'].map((d) => head + d).find((n) => naiveLuhn(n))!

/** Luhn as the textbook writes it, left to right, for even lengths and odd ones alike. */
function naiveLuhn(number: string): boolean {
  const parity = number.length % 2
  return (
    [...number]
      .map((c, i) => (i % 2 === parity ? [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][Number(c)]! : Number(c)))
      .reduce((a, b) => a + b, 0) %
      10 ===
    0
  )
}

const siren = digits(8)
  .map(withLuhn)
  .filter((n) => n !== '000000000')
const siret = fc.tuple(siren, digits(4)).map(([s, nic]) => withLuhn(s + nic))

test('Luhn agrees with the textbook', () => {
  fc.assert(fc.property(fc.stringMatching(/^[0-9]{1,20}$/), (n) => luhnHolds(n) === naiveLuhn(n)))
})

test('numbers of real companies pass, however they are spaced', () => {
  assert.deepEqual(checkSiren('732 829 320'), { value: '732829320' })
  assert.deepEqual(checkSiren(' 303.265.045 '), { value: '303265045' })
  assert.deepEqual(checkSiret('732 829 320 00074'), { value: '73282932000074' })
  assert.deepEqual(checkVatNumber('fr 40 303 265 045'), { value: 'FR40303265045' })
  assert.deepEqual(checkVatNumber('FR 83 404 833 048'), { value: 'FR83404833048' })
})

test('any one digit mistyped is caught', () => {
  const slip = fc.tuple(siren, fc.nat(8), fc.integer({ min: 1, max: 9 }))
  fc.assert(
    fc.property(slip, ([n, at, by]) => {
      const wrong = n.slice(0, at) + String((Number(n[at]) + by) % 10) + n.slice(at + 1)
      return faultOf(checkSiren(n)) === undefined && faultOf(checkSiren(wrong)) === 'company_number.siren_key'
    }),
  )
  const slip14 = fc
    .tuple(siret, fc.integer({ min: 9, max: 13 }), fc.integer({ min: 1, max: 9 }))
    .filter(([n]) => !n.startsWith('356000000'))
  fc.assert(
    fc.property(slip14, ([n, at, by]) => {
      const wrong = n.slice(0, at) + String((Number(n[at]) + by) % 10) + n.slice(at + 1)
      return faultOf(checkSiret(n)) === undefined && faultOf(checkSiret(wrong)) === 'company_number.siret_key'
    }),
  )
})

test('a VAT key is the only one that fits its SIREN', () => {
  fc.assert(
    fc.property(siren, fc.integer({ min: 0, max: 99 }), (n, key) => {
      const right = BigInt(`${n}12`) % 97n
      const given = `FR${String(key).padStart(2, '0')}${n}`
      const fault = faultOf(checkVatNumber(given))
      return BigInt(key) === right ? fault === undefined : fault === 'company_number.vat_key'
    }),
  )
  fc.assert(fc.property(siren, (n) => faultOf(checkVatNumber(frenchVatNumber(n))) === undefined))
})

test('a wrong VAT key says which number is right', () => {
  assert.deepEqual(checkVatNumber('FR41303265045'), {
    fault: 'company_number.vat_key',
    values: { expected: 'FR40303265045' },
  })
  assert.equal(faultOf(checkVatNumber('FR40303265044')), 'company_number.vat_siren')
})

test('VAT keys with letters follow their own rule', () => {
  assert.deepEqual(checkVatNumber('FR K7399859412'), { value: 'FRK7399859412' })
  assert.equal(faultOf(checkVatNumber('FR K8399859412')), 'company_number.vat_key')
  assert.equal(faultOf(checkVatNumber('FR O7399859412')), 'company_number.vat_form')
})

test('Monaco’s numbers carry no SIREN', () => {
  assert.deepEqual(checkVatNumber('FR 53 0000 04605'), { value: 'FR53000004605' })
})

test('La Poste: Luhn or a sum of fives', () => {
  assert.deepEqual(checkSiret('35600000000048'), { value: '35600000000048' })
  assert.deepEqual(checkSiret('35600000049837'), { value: '35600000049837' })
  assert.equal(faultOf(checkSiret('35600000049838')), 'company_number.siret_key')
})

test('wrong lengths and letters are told apart from wrong keys', () => {
  assert.deepEqual(checkSiren('12345678'), { fault: 'company_number.siren_length', values: { count: 8 } })
  assert.equal(faultOf(checkSiren('12345678A')), 'company_number.siren_characters')
  assert.equal(faultOf(checkSiren('000000000')), 'company_number.siren_key')
  assert.deepEqual(checkSiret('7328293200007'), {
    fault: 'company_number.siret_length',
    values: { count: 13 },
  })
  assert.equal(faultOf(checkSiret('73282932O00074')), 'company_number.siret_characters')
  assert.equal(faultOf(checkSiret('73282932100074')), 'company_number.siret_siren')
  assert.equal(faultOf(checkVatNumber('123456789')), 'company_number.vat_country')
  assert.deepEqual(checkVatNumber('DE12345678'), {
    fault: 'company_number.vat_form',
    values: { country: 'DE', example: 'DE123456789' },
  })
})

test('each country’s example has its form', () => {
  for (const [country, form] of Object.entries(vatForms)) {
    assert.ok(form.example.startsWith(country), country)
    assert.match(form.example.slice(2), form.pattern)
    assert.equal(faultOf(checkVatNumber(form.example)), undefined, country)
  }
})

test('three numbers must be of one company', () => {
  fc.assert(
    fc.property(siret, siren, (establishment, other) => {
      const own = establishment.slice(0, 9)
      fc.pre(own !== other && !own.startsWith('000') && !other.startsWith('000'))
      const fine = checkCompanyNumbers({ siren: own, siret: establishment, vatNumber: frenchVatNumber(own) })
      assert.deepEqual(fine.faults, {})
      assert.equal(
        checkCompanyNumbers({ siren: other, siret: establishment, vatNumber: null }).faults.siret?.code,
        'company_number.siret_other_siren',
      )
      assert.equal(
        checkCompanyNumbers({ siren: null, siret: establishment, vatNumber: frenchVatNumber(other) }).faults
          .vatNumber?.code,
        'company_number.vat_other_siren',
      )
    }),
  )
})

test('the SIREN is taken from the SIRET; foreign VAT numbers go with any', () => {
  const { numbers, faults } = checkCompanyNumbers({
    siren: ' ',
    siret: '732 829 320 00074',
    vatNumber: 'be 0123.456.789',
  })
  assert.deepEqual(faults, {})
  assert.deepEqual(numbers, { siren: '732829320', siret: '73282932000074', vatNumber: 'BE0123456789' })
})

test('numbers are read in groups', () => {
  assert.equal(spacedNumber('732829320'), '732\u202f829\u202f320')
  assert.equal(spacedNumber('73282932000074'), '732\u202f829\u202f320\u202f00074')
  assert.equal(bareNumber('732\u00a0829-320'), '732829320')
})
