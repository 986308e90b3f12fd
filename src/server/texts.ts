import { readdirSync, readFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { setupI18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { locales, type Locale } from '../contract/common.ts'

const src = join(import.meta.dirname, '..')

/** Sentences of the product in every language, for mails, refusals and exports. */
export type Texts = {
  /** The sentence of a key in a language; a missing key throws (a sweep finds it first). */
  t(locale: Locale, key: string, values?: Record<string, unknown>): string
  has(key: string): boolean
}

/** Every `texts.<locale>.json` of features, kernel and page, merged: key → ICU message. */
export function readTexts(locale: Locale): Record<string, string> {
  const folders = [
    join(src, 'server'),
    join(src, 'web'),
    ...readdirSync(join(src, 'features')).map((f) => join(src, 'features', f)),
  ]
  const merged: Record<string, string> = {}
  for (const folder of folders) {
    const file = join(folder, `texts.${locale}.json`)
    if (!existsSync(file)) continue
    for (const [key, message] of Object.entries(
      JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>,
    )) {
      if (key in merged) throw new Error(`Text ${key} is written twice (${file})`)
      merged[key] = message
    }
  }
  return merged
}

/** Loads and compiles every language. */
export function openTexts(): Texts {
  const byLocale = new Map(
    locales.map((locale) => {
      const messages = Object.fromEntries(
        Object.entries(readTexts(locale)).map(([k, m]) => [k, compileMessage(m)]),
      )
      return [locale, { i18n: setupI18n({ locale, messages: { [locale]: messages } }), messages }]
    }),
  )
  return {
    has: (key) => key in byLocale.get('fr')!.messages,
    t(locale, key, values) {
      const { i18n, messages } = byLocale.get(locale)!
      if (!(key in messages)) throw new Error(`No text ${key} in ${locale}`)
      return i18n._(key, values)
    },
  }
}
