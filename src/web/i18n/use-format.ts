import { useMemo } from 'react'
import { useMe } from '../me.ts'
import { makeFormat } from './format.ts'
import type { Format } from './format.ts'
import { useLanguage } from './language.ts'

/** Figures, money and dates in the page's language and the user's time zone. */
export function useFormat(): Format {
  const language = useLanguage()
  const timeZone = useMe()?.user.timeZone
  return useMemo(() => makeFormat(language, timeZone), [language, timeZone])
}
