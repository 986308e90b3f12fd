import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import { meQuery } from './me.ts'
import { queryClient } from './queries.ts'

/** A keyboard shortcut while something that offers it is on the page. */
export type Shortcut = {
  /** `n`, `?`, `/`, `g c` (one after the other) or `mod+k`. */
  keys: string
  /** What it does, for the sheet on "?". */
  label: string
  run: () => void
}

let active: Shortcut[] = []
const listeners = new Set<() => void>()
let prefix: { key: string; at: number } | undefined

/** How long the second key of "g c" may take, in milliseconds. */
const sequenceMs = 900

/** Whether single-letter shortcuts are on: the user may turn them off (WCAG 2.1.4). */
export function lettersAreOn(): boolean {
  return queryClient.getQueryData(meQuery.queryKey)?.user.shortcuts !== false
}

/** Whether keys typed there are text, so that no shortcut may take them. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type)
  return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName)
}

function find(event: KeyboardEvent): Shortcut | undefined {
  const key = event.key.toLowerCase()
  const mod = event.ctrlKey || event.metaKey
  const latest = (keys: string) => active.findLast((s) => s.keys === keys)
  if (mod) return event.altKey ? undefined : latest(`mod+${key}`)
  if (event.altKey || isTyping(event.target) || !lettersAreOn()) return undefined
  // A dialog is open: its own keys only.
  if (document.querySelector('[aria-modal="true"]')) return undefined
  if (prefix && event.timeStamp - prefix.at < sequenceMs) {
    const shortcut = latest(`${prefix.key} ${key}`)
    prefix = undefined
    if (shortcut) return shortcut
  }
  if (active.some((s) => s.keys.startsWith(`${key} `))) prefix = { key, at: event.timeStamp }
  return latest(key)
}

if (typeof window !== 'undefined') {
  window.addEventListener('keydown', (event) => {
    if (event.defaultPrevented) return
    const shortcut = find(event)
    if (!shortcut) return
    event.preventDefault()
    shortcut.run()
  })
}

/** Offers a shortcut while the component is on the page; the newest one wins. */
export function useShortcut(
  keys: string,
  shortcut: { label: string; run: () => void; when?: boolean },
): void {
  const run = useEffectEvent(shortcut.run)
  const { label, when = true } = shortcut
  useEffect(() => {
    if (!when) return undefined
    const mine: Shortcut = { keys, label, run: () => run() }
    active = [...active, mine]
    for (const listen of listeners) listen()
    return () => {
      active = active.filter((s) => s !== mine)
      for (const listen of listeners) listen()
    }
  }, [keys, label, when])
}

/** Every shortcut on offer, for the sheet. */
export function useShortcuts(): Shortcut[] {
  return useSyncExternalStore(
    (listen) => {
      listeners.add(listen)
      return () => listeners.delete(listen)
    },
    () => active,
  )
}
