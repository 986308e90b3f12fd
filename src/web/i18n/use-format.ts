import { useSyncExternalStore } from 'react'
import type { Locale } from '../../contract/common.ts'
import { makeFormat } from './format.ts'
import type { Format } from './format.ts'
import { useLanguage } from './language.ts'

let timeZone: string | undefined
const listeners = new Set<() => void>()
const made = new Map<string, Format>()

/** The signed-in user's time zone; until then the device's. Set by `App`. */
export function setTimeZone(zone: string | undefined): void {
  if (zone === timeZone) return
  timeZone = zone
  for (const listen of listeners) listen()
}

function formatOf(language: Locale, zone: string | undefined): Format {
  const key = `${language} ${zone}`
  const format = made.get(key) ?? makeFormat(language, zone)
  made.set(key, format)
  return format
}

/** Figures, money and dates in the page's language and the user's time zone; cheap enough for a cell. */
export function useFormat(): Format {
  const language = useLanguage()
  const zone = useSyncExternalStore(
    (listen) => {
      listeners.add(listen)
      return () => listeners.delete(listen)
    },
    () => timeZone,
  )
  return formatOf(language, zone)
}
