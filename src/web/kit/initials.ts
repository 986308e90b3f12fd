function firstLetter(word: string): string {
  return /[\p{L}\p{N}]/u.exec(word)?.[0] ?? ''
}

/** Two letters that stand for a name: "Hôtel du Vieux Pont" → "HV". Small words are skipped. */
export function initials(name: string): string {
  const words = name
    .replace(/\b(de la|de|du|des|le|la|les|the|of|el|los|las)\b\s*/gi, '')
    .replace(/\b[dl]['’]/gi, '')
    .split(/[\s\-.@]+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
  const letters = words.slice(0, 2).map((word) => firstLetter(word))
  // One ideograph says as much as two letters.
  if (/\p{Script=Han}/u.test(letters[0] ?? '')) return letters[0] ?? ''
  return letters.join('').toUpperCase() || '?'
}

const hues = [
  '#7a5a3c',
  '#2f6f8f',
  '#8a4a6b',
  '#4b7a3f',
  '#6a5aa8',
  '#a0522d',
  '#2d7a72',
  '#7d6236',
  '#3f67a3',
  '#8f3e3e',
  '#587a2d',
  '#6b4a8a',
] as const

/** The colour of a person or a client: always the same for the same id; white reads on all of them. */
export function hueOf(id: string): string {
  let sum = 0
  for (let i = 0; i < id.length; i++) sum = (sum * 31 + id.charCodeAt(i)) >>> 0
  return hues[sum % hues.length] ?? hues[0]
}
