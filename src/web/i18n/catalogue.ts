import { setupI18n } from '@lingui/core'
import { locales } from '../../contract/common.ts'
import type { Locale } from '../../contract/common.ts'
import { intlTag } from './intl-tag.ts'

/** The page's messages; nothing but this folder touches it. */
export const i18n = setupI18n()

/** One lazy file per language (scripts/vite-plugins.ts). */
const files = {
  fr: () => import('virtual:texts/fr'),
  en: () => import('virtual:texts/en'),
  es: () => import('virtual:texts/es'),
  zh: () => import('virtual:texts/zh'),
} satisfies Record<Locale, unknown>

const loaded = new Map<Locale, Promise<void>>()

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
  let loading = loaded.get(language)
  if (!loading) {
    loading = load(language)
    loaded.set(language, loading)
  }
  await loading
  i18n.activate(language, [intlTag[language]])
  document.documentElement.lang = language === 'zh' ? 'zh-Hans' : language
  document.getElementById('layers')?.setAttribute('aria-label', i18n._('shell.layers'))
}

async function load(language: Locale): Promise<void> {
  const { texts } = await files[language]()
  i18n.load(language, texts)
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
