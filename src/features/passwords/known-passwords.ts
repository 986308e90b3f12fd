import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { emailKey } from '../../contract/common.ts'
import type { PasswordOwner } from './new-password.ts'

// The list holds cores: what remains of the most used passwords once digits, punctuation, case and
// look-alike signs are taken off their ends. Between 3 and 16 letters each.
const common = new Set(
  readFileSync(join(import.meta.dirname, 'common-passwords.txt'), 'utf8')
    .split(/\s+/)
    .filter((w) => w.length > 0),
)

const lookAlikes: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '@': 'a',
  $: 's',
  '€': 'e',
  '!': 'i',
  '|': 'l',
  '+': 't',
}
const walks = [
  'abcdefghijklmnopqrstuvwxyz',
  'azertyuiopqsdfghjklmwxcvbn',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  'qazwsxedcrfvtgbyhnujmikolp',
  '01234567890',
  '1qaz2wsx3edc4rfv5tgb6yhn',
  '1a2z3e4r5t6y7u8i9o0p',
  'a1b2c3d4e5f6g7h8i9',
]

/** Whether it is, under its disguise, one of the passwords that are tried first. */
export function isCommonPassword(password: string): boolean {
  return readings(password).some((letters) => isKnown(letters, common))
}

/** Whether it rests on its owner's name, address, agency or on ours: no more than 5 letters are left without them. */
export function isPersonalPassword(password: string, owner: PasswordOwner): boolean {
  const words = ownWords(owner)
  return readings(password).some((reading) => {
    let rest = reading
    let found = false
    for (const word of words) {
      found ||= rest.includes(word)
      rest = rest.replaceAll(word, '')
    }
    return found && (rest.length < 6 || isKnown(rest, common))
  })
}

function ownWords(owner: PasswordOwner): string[] {
  const texts = [
    owner.email ? emailKey(owner.email) : '',
    owner.name ?? '',
    owner.userName ?? '',
    owner.agencyName ?? '',
    'canopee',
  ]
  const whole = texts.map((t) => plain(t).replaceAll(/[^a-z0-9]/g, ''))
  const parts = texts.flatMap((t) => plain(t).split(/[^a-z0-9]+/))
  // Longest first, so that a full name goes before its parts.
  return [...new Set([...whole, ...parts])]
    .filter((w) => w.length >= 3)
    .toSorted((a, b) => b.length - a.length)
}

/** What a password may be read as: itself, its letters, and what its look-alike signs stand for. */
function readings(password: string): string[] {
  const text = plain(password)
  const bare = text.replaceAll(/[^\p{L}\p{N}]+/gu, '')
  const digits = bare.replaceAll(/[^\p{N}]+/gu, '')
  // Digits that hold some chance of their own (more than a date, no pattern) are not mere decoration.
  if (digits.length > 8 && !isWalk(digits) && unitOf(digits).length > 8) return [bare]
  const inner = text.replace(/^[^\p{L}@$€!|]+/u, '').replace(/[^\p{L}@$€!|]+$/u, '')
  const meant = [inner, inner.replace(/^[^\p{L}]+/u, '').replace(/[^\p{L}]+$/u, '')].map((t) =>
    [...t]
      .map((c) => lookAlikes[c] ?? c)
      .join('')
      .replaceAll(/[^\p{L}\p{N}]+/gu, ''),
  )
  return [...new Set([bare, bare.replaceAll(/\p{N}+/gu, ''), ...meant])].filter((reading) => reading !== '')
}

/** A word of the list, a walk over the keyboard, one of them repeated, or two of them in a row. */
function isKnown(text: string, words: ReadonlySet<string>): boolean {
  const unit = unitOf(text)
  if (unit.length <= 3 || /^\d{1,8}$/.test(unit) || isWord(unit, words)) return true
  for (let cut = 3; cut <= unit.length - 3; cut += 1)
    if (isWord(unit.slice(0, cut), words) && isWord(unit.slice(cut), words)) return true
  return false
}

function isWord(text: string, words: ReadonlySet<string>): boolean {
  return words.has(text) || words.has(unitOf(text)) || isWalk(text)
}

function isWalk(text: string): boolean {
  const backwards = [...text].toReversed().join('')
  return text.length >= 3 && walks.some((w) => (w + w).includes(text) || (w + w).includes(backwards))
}

/** The shortest text that gives this one when repeated: "lululu" → "lu". */
function unitOf(text: string): string {
  const at = (text + text).indexOf(text, 1)
  return text.slice(0, at)
}

function plain(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
