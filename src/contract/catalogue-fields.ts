import { z } from 'zod'

/** What the operator sells: a placement of a link, an ad placement, a text to be written. */
export const itemKinds = ['link', 'ad', 'content'] as const
export type ItemKind = (typeof itemKinds)[number]

/** Themes of the catalogue; each has a text `catalogue.theme.<code>`. */
export const itemThemes = [
  'agriculture',
  'animals',
  'automotive',
  'beauty',
  'business',
  'culture',
  'education',
  'energy',
  'environment',
  'family',
  'fashion',
  'finance',
  'food',
  'general',
  'health',
  'home',
  'industry',
  'law',
  'leisure',
  'news',
  'real_estate',
  'sport',
  'technology',
  'travel',
] as const
export type ItemTheme = (typeof itemThemes)[number]

/** Languages items are in, ISO 639-1; their names come from `Intl.DisplayNames`. */
export const itemLanguages = ['fr', 'en', 'es', 'de', 'it', 'pt', 'nl', 'pl', 'sv', 'zh'] as const

/** Where an item stands: agencies only ever see published ones. */
export const itemStates = ['draft', 'published', 'retired'] as const

export const itemKind = z.enum(itemKinds)
export const itemTheme = z.enum(itemThemes)
export const itemLanguage = z.enum(itemLanguages)

/** Largest price of an item and of a margin, minor units. */
export const highestPrice = 10_000_000_000

/** Multiples a retail price may be rounded to, minor units: the cent, 10 cents, 50 cents, 1, 5 and 10 euros. */
export const roundings = [1, 10, 50, 100, 500, 1000] as const
