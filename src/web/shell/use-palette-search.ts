import { useEffect, useState } from 'react'
import type { TextKey } from '../../contract/text-keys.gen.ts'
import { slots } from '../slots.ts'
import type { PaletteItem } from './palette-store.ts'

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
      void Promise.all(
        slots.searches.map(async (load) => {
          const source = await load()
          return { group: source.group, items: await source.search(text, stop.signal) }
        }),
      )
        // A search that fails leaves the palette's actions and places usable.
        .catch((): Group[] => [])
        .then((found) => {
          if (stop.signal.aborted) return
          setGroups(found)
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
