import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brandFill, brandRamp, contrast, fromOklch, readableOn, toOklch } from './brand-color.ts'

const brands = [
  '#12694f',
  '#f5c518',
  '#1f3a8a',
  '#ff6f00',
  '#808080',
  '#000000',
  '#ffffff',
  '#e91e63',
  '#00bcd4',
]

test('a filled button reads at 4.5:1 for any brand colour', () => {
  for (const brand of brands) {
    const { background, ink } = brandFill(brand)
    assert.ok(contrast(background, ink) >= 4.5, `${brand}: ${contrast(background, ink)}`)
  }
})

test('the fill stays the brand colour itself whenever it can', () => {
  assert.equal(brandFill('#12694f').background, '#12694f')
  assert.equal(brandFill('#f5c518').background, '#f5c518')
  assert.equal(brandFill('#f5c518').ink, '#14201b')
})

test('a middling colour is darkened until white reads', () => {
  const { background, ink } = brandFill('#d9752b')
  assert.equal(ink, '#ffffff')
  assert.ok(toOklch(background)[0] < toOklch('#d9752b')[0])
})

test('text in the brand colour reads on its own ground, light and dark', () => {
  for (const brand of brands) {
    const tint = brandRamp(brand)[0]
    assert.ok(contrast(readableOn(brand, tint), tint) >= 4.6, brand)
    assert.ok(contrast(readableOn(brand, '#22302b'), '#22302b') >= 4.6, brand)
  }
})

test('a ramp goes from light to dark and keeps the hue', () => {
  const shades = brandRamp('#1d5c8f')
  assert.equal(shades.length, 10)
  const lights = shades.map((s) => toOklch(s)[0])
  for (let i = 1; i < lights.length; i++) assert.ok((lights[i] ?? 1) < (lights[i - 1] ?? 0))
  const hue = toOklch('#1d5c8f')[2]
  assert.ok(Math.abs(toOklch(shades[6])[2] - hue) < 4)
})

test('a colour survives the way to OKLCH and back', () => {
  for (const brand of brands) {
    const [l, c, h] = toOklch(brand)
    assert.equal(fromOklch(l, c, h), brand)
  }
})
