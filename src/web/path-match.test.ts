import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathMatches } from './path-match.ts'
import { safeReturn, signInFrom } from './paths.ts'

test('an address belongs to a page by its fixed parts', () => {
  assert.ok(pathMatches('/', '/'))
  assert.ok(pathMatches('/clients', '/clients/'))
  assert.ok(pathMatches('/clients/$id/{-$tab}', '/clients/cli_1'))
  assert.ok(pathMatches('/clients/$id/{-$tab}', '/clients/cli_1/profil'))
  assert.ok(!pathMatches('/clients/$id/{-$tab}', '/clients'))
  assert.ok(!pathMatches('/clients/$id/{-$tab}', '/clients/cli_1/profil/x'))
  assert.ok(!pathMatches('/clients', '/'))
  assert.ok(!pathMatches('/', '/clients'))
})

test('sign-in leads back to where the user was, and nowhere else', () => {
  assert.equal(signInFrom('/clients?vue=mes'), '/connexion?retour=%2Fclients%3Fvue%3Dmes')
  assert.equal(signInFrom('/'), '/connexion')
  assert.equal(signInFrom('/connexion?retour=%2Fx'), '/connexion')
  assert.equal(safeReturn('/clients?vue=mes'), '/clients?vue=mes')
  for (const foreign of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '',
    undefined,
  ]) {
    assert.equal(safeReturn(foreign), '/')
  }
})
