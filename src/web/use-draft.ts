import { useCallback, useEffect, useRef, useState } from 'react'
import { meQuery } from './me.ts'
import { queryClient } from './queries.ts'

/** Drafts belong to a user of this device: the next one to sign in never meets them. */
function prefixOf(): string {
  return `canopee.draft.${queryClient.getQueryData(meQuery.queryKey)?.user.id ?? 'anybody'}.`
}

/** Forgets every draft of the user: who signs out leaves nothing of what they wrote on the device (ASVS 14.3.1). */
export function forgetDrafts(): void {
  const prefix = prefixOf()
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key)
}

function read<T>(key: string, initial: T): T {
  try {
    const kept = localStorage.getItem(key)
    return kept === null ? initial : (JSON.parse(kept) as T)
  } catch {
    return initial
  }
}

/**
 * What somebody is writing, kept on the device until it is sent: `const [draft, setDraft, forget, kept]`.
 * `kept` tells that an older draft was found. Never for passwords.
 */
export function useDraft<T>(name: string, initial: T): [T, (value: T) => void, () => void, boolean] {
  const key = prefixOf() + name
  const [value, setValue] = useState(() => read(key, initial))
  const [found] = useState(() => localStorage.getItem(key) !== null)
  const start = useRef(initial)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const pending = useRef<(() => void) | undefined>(undefined)
  const set = useCallback(
    (next: T) => {
      setValue(next)
      clearTimeout(timer.current)
      pending.current = () => {
        pending.current = undefined
        if (JSON.stringify(next) === JSON.stringify(start.current)) localStorage.removeItem(key)
        else localStorage.setItem(key, JSON.stringify(next))
      }
      timer.current = setTimeout(() => pending.current?.(), 400)
    },
    [key],
  )
  const forget = useCallback(() => {
    clearTimeout(timer.current)
    pending.current = undefined
    localStorage.removeItem(key)
    setValue(start.current)
  }, [key])
  // Leaving the page writes what the timer had not yet.
  useEffect(() => () => pending.current?.(), [])
  return [value, set, forget, found]
}
