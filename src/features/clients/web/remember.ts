import { useEffect } from 'react'
import { useMe } from '../../../web/me.ts'

/**
 * What a small read answered last time, kept in the browser: shown at once on the next visit while the server
 * is asked again, so that nothing jumps when the answer comes. Figures only, and each user's own.
 */
export function useRemembered<T>(name: string): { initialData: T; initialDataUpdatedAt: 0 } | undefined {
  const id = useMe()?.member?.id
  const text = id === undefined ? null : localStorage.getItem(`canopee.${name}.${id}`)
  if (text === null) return undefined
  try {
    return { initialData: JSON.parse(text) as T, initialDataUpdatedAt: 0 }
  } catch {
    return undefined
  }
}

/** Keeps an answer for the next visit. */
export function useRemember(name: string, answer: unknown): void {
  const id = useMe()?.member?.id
  const text = answer === undefined ? undefined : JSON.stringify(answer)
  useEffect(() => {
    if (id === undefined || text === undefined) return
    try {
      localStorage.setItem(`canopee.${name}.${id}`, text)
    } catch {
      // A full or closed store costs a jump, nothing else.
    }
  }, [name, id, text])
}
