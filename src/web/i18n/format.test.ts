import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeFormat } from './format.ts'

const now = new Date('2026-11-22T10:00:00Z')
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')
const fr = makeFormat('fr', 'Europe/Paris')

test('money is integers in the currency’s own minor unit', () => {
  assert.equal(plain(fr.money({ amount: 3835, currency: 'EUR' })), '38,35 €')
  assert.equal(plain(fr.moneyWhole({ amount: 339700, currency: 'EUR' })), '3 397 €')
  assert.equal(plain(fr.money({ amount: 500, currency: 'JPY' })), '500 JPY')
  assert.equal(plain(makeFormat('en').money({ amount: -120, currency: 'GBP' })), '−£1.20')
})

test('a date is relative up to 30 days, then day and month, then with its year', () => {
  assert.equal(fr.relative('2026-11-22T09:59:45Z', now), 'maintenant')
  assert.equal(plain(fr.relative('2026-11-22T09:15:00Z', now)), 'il y a 45 minutes')
  assert.equal(plain(fr.relative('2026-11-22T07:00:00Z', now)), 'il y a 3 heures')
  assert.equal(fr.relative('2026-11-20T10:00:00Z', now), 'avant-hier')
  assert.equal(plain(fr.relative('2026-10-23T10:00:00Z', now)), 'il y a 30 jours')
  assert.equal(fr.relative('2026-09-12T10:00:00Z', now), '12 sept.')
  assert.equal(fr.relative('2025-09-12T10:00:00Z', now), '12 sept. 2025')
})

test('an instant is shown in the user’s zone, a calendar date never moves', () => {
  assert.equal(fr.date('2026-12-31T23:30:00Z'), '1 janv. 2027')
  assert.equal(makeFormat('fr', 'America/New_York').date('2026-12-31'), '31 déc. 2026')
  assert.match(fr.exact('2026-11-22T10:00:00Z'), /dimanche 22 novembre 2026/)
})

test('each language writes its own way', () => {
  assert.equal(makeFormat('en').number(10_000), '10,000')
  assert.equal(plain(fr.number(10_000)), '10 000')
  assert.equal(makeFormat('zh').country('FR'), '法国')
  assert.equal(fr.list(['Léa', 'Paul', 'Inès']), 'Léa, Paul et Inès')
  assert.equal(plain(fr.bytes(20_000_000)), '20 Mo')
})
