import { oneLine } from './parse-cells.ts'

const names = new Map<string, string>()

function key(text: string): string {
  return oneLine(text).normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

/** ISO 3166 code of a country written as a code or as its French, English or Spanish name. */
export function countryCode(text: string): string | undefined {
  if (names.size === 0) fill()
  return names.get(key(text))
}

function fill(): void {
  const displays = ['fr', 'en', 'es'].map(
    (l) => new Intl.DisplayNames(l, { type: 'region', fallback: 'none' }),
  )
  for (let a = 65; a <= 90; a++)
    for (let b = 65; b <= 90; b++) {
      const code = String.fromCharCode(a, b)
      const found = displays.map((d) => d.of(code)).filter((n) => n !== undefined)
      if (found.length === 0) continue
      names.set(code.toLowerCase(), code)
      for (const name of found) if (!names.has(key(name))) names.set(key(name), code)
    }
}
