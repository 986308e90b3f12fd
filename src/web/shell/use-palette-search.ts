import { useEffect, useState } from 'react'
import type { TextKey } from '../../contract/text-keys.gen.ts'
import { meQuery } from '../me.ts'
import { queryClient } from '../queries.ts'
import { slots } from '../slots.ts'
import type { PaletteItem, PaletteSource } from './palette-store.ts'

type Group = { group: TextKey; items: PaletteItem[] }

/** Asks every search of the slots 150 ms after the last key; old results stay until the new ones come. */
export function usePaletteSearch(query: string): { groups: Group[]; searching: boolean } {
  const [groups, setGroups] = useState<Group[]>([])
  const [searching, setSearching] = useState(false)
  const text = query.trim()
  useEffect(() => {
    if (text === '') {
      setGroups([])
      return undefined
    }
    const stop = new AbortController()
    setSearching(true)
    const timer = setTimeout(() => {
      void Promise.all(slots.searches.map((load) => ask(load, text, stop.signal))).then((found) => {
        if (stop.signal.aborted) return
        setGroups(found.flat())
        setSearching(false)
      })
    }, 150)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [text])
  return { groups, searching }
}

/** One search's results. One that fails leaves the others, the actions and the places usable. */
async function ask(load: () => Promise<PaletteSource>, text: string, signal: AbortSignal): Promise<Group[]> {
  try {
    const { group, right, search } = await load()
    const me = queryClient.getQueryData(meQuery.queryKey)
    if (right && !me?.rights.includes(right)) return []
    return [{ group, items: await search(text, signal) }]
  } catch {
    return []
  }
}
