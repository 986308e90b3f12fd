import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contrast } from '../../contract/brand-color.ts'
import { foldText } from './fold-text.ts'
import { hueOf, initials } from './initials.ts'

test('two letters stand for a name, small words skipped', () => {
  assert.equal(initials('Boulangerie Berthe'), 'BB')
  assert.equal(initials('Hôtel du Vieux Pont'), 'HV')
  assert.equal(initials('Menuiserie de la Gare'), 'MG')
  assert.equal(initials('Électricité de l’Océan'), 'ÉO')
  assert.equal(initials('camille@studio.fr'), 'CS')
  assert.equal(initials('« Vendanges »'), 'V')
  assert.equal(initials('北京'), '北')
  assert.equal(initials(''), '?')
  assert.equal(initials('…'), '?')
})

test('the colour of an id is always the same and white reads on it', () => {
  assert.equal(hueOf('cli_1'), hueOf('cli_1'))
  for (let i = 0; i < 200; i++) assert.ok(contrast(hueOf(`id${i}`), '#ffffff') >= 4.5, hueOf(`id${i}`))
})

test('searches forgive accents and case', () => {
  assert.equal(foldText('Élise BRUNET'), 'elise brunet')
  assert.ok(foldText('Cave Noël').includes(foldText('noel')))
})
