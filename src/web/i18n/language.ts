import { useSyncExternalStore } from 'react'
import { locales } from '../../contract/common.ts'
import type { Locale } from '../../contract/common.ts'
import { activateLanguage, activeLanguage, browserLanguage, i18n } from './catalogue.ts'

const storageKey = 'canopee.language'

/** The language chosen on this device before anybody signed in, else the browser's. */
export function startingLanguage(): Locale {
  const kept = localStorage.getItem(storageKey)
  return locales.find((l) => l === kept) ?? browserLanguage()
}

/** Speaks a language from now on and remembers it on this device. */
export async function chooseLanguage(language: Locale): Promise<void> {
  localStorage.setItem(storageKey, language)
  await activateLanguage(language)
}

/** The language in use; the component renders again when it changes. */
export function useLanguage(): Locale {
  return useSyncExternalStore((listen) => i18n.on('change', listen), activeLanguage)
}
