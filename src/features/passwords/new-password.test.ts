import { test } from 'node:test'
import assert from 'node:assert/strict'
import { newPasswordRefusal } from './new-password.ts'

const owner = {
  name: 'Léa Martineau-Roux',
  email: 'lea.martineau@studio-lumiere.fr',
  agencyName: 'Studio Lumière',
}
const cases: Record<string, string[]> = {
  'password.too_short': ['court', 'onze lettre'],
  'password.too_long': ['x1 '.repeat(43)],
  'password.too_weak': ['123498761209'],
  'password.repetitive': ['aaaaaaaaaaaa', 'abababababab', 'aabbccddaabbccdd'],
  'password.common': [
    'motdepasse123',
    'MotDePasse2026!',
    'm0tdep@sse!!1',
    'azertyuiop12',
    'Azerty123456!',
    'passwordpassword',
    'P@ssw0rd!2026',
    'qwertyuiop[]',
    'abcdefghijkl',
    'soleilsoleil12',
    'bonjourbonjour',
    '1234567890ab',
    'ab1234567890',
    '!!!123456789012345678!!!',
    '12/12/1990 12/12/1990',
    'administrateur1',
    'jetaimejetaime',
    'marseille2026!',
    'welcome123456',
    'letmein!letmein!',
    'iloveyou12345',
    'nicolas123456',
    'contraseña123',
    'woaini1314520',
    'chocolat-doudou',
  ],
  'password.personal': [
    'leamartineau1',
    'Martineau-2026!',
    'studiolumiere1',
    'Studio-Lumière-75',
    'canopee2026!!',
    'lea.martineau@studio',
    'motdepassecanopee',
    'canopeemartineau',
  ],
}
for (const [code, passwords] of Object.entries(cases))
  test(`refuses with ${code}`, () => {
    for (const password of passwords) assert.equal(newPasswordRefusal(password, owner), code, password)
  })

test('takes phrases, managers’ passwords and other alphabets; asks for no composition', () => {
  for (const password of [
    'brume verte sur le quai',
    'quatrechaisesaujardin',
    'V7#kq2!zRw9p',
    'хорошая погода весной',
    '早上好我喜欢喝茶和散步在公园里',
    'un lapin martineau danse tard',
    'kzvhqtrmwxbd',
    '7294018365720194',
    'zk7294018365720194',
  ])
    assert.equal(newPasswordRefusal(password, owner), undefined, password)
})
