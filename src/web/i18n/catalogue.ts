import { setupI18n } from '@lingui/core'
import type { Messages } from '@lingui/core'
import { locales } from '../../contract/common.ts'
import type { Locale } from '../../contract/common.ts'
import { intlTag } from './intl-tag.ts'

/** The page's messages; nothing but this folder touches it. */
export const i18n = setupI18n()

type Part = 'first' | 'late'

/** Two lazy files per language: what every page needs, and the texts of later pages (scripts/vite-plugins.ts). */
const files: Record<Locale, Record<Part, () => Promise<{ texts: Messages }>>> = {
  fr: { first: () => import('virtual:texts/fr'), late: () => import('virtual:texts-late/fr') },
  en: { first: () => import('virtual:texts/en'), late: () => import('virtual:texts-late/en') },
  es: { first: () => import('virtual:texts/es'), late: () => import('virtual:texts-late/es') },
  zh: { first: () => import('virtual:texts/zh'), late: () => import('virtual:texts-late/zh') },
}

const loaded = new Map<string, Promise<void>>()

/** The language asked for last, whether its messages have come or not. */
let wanted: Locale | undefined
let lateWanted = false

/** Each language's name in itself. */
export const languageNames: Record<Locale, string> = {
  fr: 'Français',
  en: 'English',
  es: 'Español',
  zh: '简体中文',
}

/** The language the page speaks now. */
export function activeLanguage(): Locale {
  return (i18n.locale || 'fr') as Locale
}

/** Loads a language's messages once and speaks it from then on, without a reload. */
export async function activateLanguage(language: Locale): Promise<void> {
  wanted = language
  await Promise.all([load(language, 'first'), lateWanted && load(language, 'late')])
  i18n.activate(language, [intlTag[language]])
  document.documentElement.lang = language === 'zh' ? 'zh-Hans' : language
  document.getElementById('layers')?.setAttribute('aria-label', i18n._('shell.layers'))
}

/** Loads the second file too, in the language in use and in each that is chosen from then on. */
export async function loadLateTexts(): Promise<void> {
  lateWanted = true
  if (wanted) await load(wanted, 'late')
}

function load(language: Locale, part: Part): Promise<void> {
  const key = `${language} ${part}`
  const loading =
    loaded.get(key) ??
    files[language][part]().then(
      ({ texts }) => i18n.load(language, texts),
      (error: unknown) => {
        // The next attempt asks again.
        loaded.delete(key)
        throw error
      },
    )
  loaded.set(key, loading)
  return loading
}

/** The first of the browser's languages that the product speaks, else French. */
export function browserLanguage(preferred: readonly string[] = navigator.languages): Locale {
  for (const tag of preferred) {
    const language = tag.toLowerCase().split('-')[0]
    const known = locales.find((l) => l === language)
    if (known) return known
  }
  return 'fr'
}
