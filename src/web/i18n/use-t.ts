import { useCallback } from 'react'
import type { TextKey } from '../../contract/text-keys.gen.ts'
import { i18n } from './catalogue.ts'
import { useLanguage } from './language.ts'

/** Values of a message's variables: texts, figures and dates; formatted by the message itself. */
export type TextValues = Record<string, string | number | Date | null | undefined>

/** Gives a message in the page's language: `t('clients.count', { n: 3 })`. */
export type Translate = (key: TextKey, values?: TextValues) => string

/** Outside components (notices, titles): the same as `useT`, in the language of the moment. */
export const translate: Translate = (key, values) => i18n._(key, values)

/** Messages for a component, which renders again when the language changes. */
export function useT(): Translate {
  const language = useLanguage()
  // A new function per language, so that memoised parts notice the change.
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the language is the dependency
  return useCallback<Translate>((key, values) => i18n._(key, values), [language])
}

/** Whether a key exists, for codes that come from the server. */
export function isTextKey(key: string): key is TextKey {
  return key in i18n.messages
}
