import { z } from 'zod'

/** Several values as one text: `active,paused`; a comma or backslash inside a value is written `\,` or `\\`. */
export function joinList(values: readonly string[]): string {
  return values.map((v) => v.replaceAll('\\', '\\\\').replaceAll(',', '\\,')).join(',')
}

/** The values behind `joinList`; empty ones are left out. */
export function splitList(text: string): string[] {
  const values: string[] = []
  let value = ''
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\' && i + 1 < text.length) value += text[++i]
    else if (text[i] === ',') {
      values.push(value)
      value = ''
    } else value += text[i]
  }
  return [...values, value].map((v) => v.trim()).filter((v) => v !== '')
}

/**
 * A filter of a list with several values: `?status=active,paused` or `?status=active&status=paused`, a list in
 * a body. At most 100; none at all is the same as leaving the filter out.
 */
export function listOf<T extends z.ZodType>(item: T) {
  return z
    .union([z.string(), z.array(z.string())])
    .transform((v) => (Array.isArray(v) ? v.flatMap(splitList) : splitList(v)))
    .pipe(z.array(item as z.ZodType<z.output<T>, string>).max(100))
    .transform((v) => (v.length === 0 ? undefined : v))
}
