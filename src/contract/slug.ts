import { z } from 'zod'

/** Longest address label. DNS allows 63; 40 stays readable. */
const longest = 40

/**
 * An address label as people choose it: 3 to 40 of a–z, 0–9 and single hyphens, none at either end. Two
 * hyphens in a row are how browsers mark encoded names (`xn--…`), so they never pass.
 */
export const slug = z
  .string()
  .trim()
  .toLowerCase()
  .min(1, 'field.required')
  .min(3, 'agencies.slug_short')
  .max(longest, 'agencies.slug_long')
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'agencies.slug_malformed')

/** The label proposed for a name: « Studio Lumière & Cie » gives `studio-lumiere-cie`; empty when nothing is left. */
export function slugOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
  const label = plain
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, longest)
    .replaceAll(/^-+|-+$/g, '')
  return label.length < 3 ? '' : label
}
