import { useEffect, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import type { Right } from '../../contract/rights.ts'
import type { TextKey } from '../../contract/text-keys.gen.ts'

/** Something the palette can do or lead to. */
export type PaletteItem = {
  id: string
  label: string
  description?: string
  icon?: ReactNode
  /** Keys shown at the end, e.g. `['G', 'C']`. */
  keys?: string[]
  /** Does it; `go` leads to an address of the interface. */
  run: (go: (href: string) => void) => void
}

/** A search that asks the server, e.g. clients by name. */
export type PaletteSource = {
  group: TextKey
  /** Asked only for those who hold it. */
  right?: Right
  search: (query: string, signal: AbortSignal) => Promise<PaletteItem[]>
}

type State = { open: boolean; actions: PaletteItem[] }

let state: State = { open: false, actions: [] }
const listeners = new Set<() => void>()

function set(change: Partial<State>): void {
  state = { ...state, ...change }
  for (const listen of listeners) listen()
}

/** Opens the command palette. */
export function openPalette(): void {
  set({ open: true })
}

/** Shuts it. */
export function closePalette(): void {
  set({ open: false })
}

/** Whether it is open, and what the page shown adds to it. */
export function usePalette(): State {
  return useSyncExternalStore(
    (listen) => {
      listeners.add(listen)
      return () => listeners.delete(listen)
    },
    () => state,
  )
}

/** Adds a page's own actions to the palette while it is shown. Keep the array stable (useMemo). */
export function usePaletteActions(actions: PaletteItem[]): void {
  useEffect(() => {
    set({ actions: [...state.actions, ...actions] })
    return () => set({ actions: state.actions.filter((a) => !actions.includes(a)) })
  }, [actions])
}
