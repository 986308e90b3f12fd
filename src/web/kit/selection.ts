import { useCallback, useEffect, useMemo, useState } from 'react'

/**
 * What is selected in a list: some rows by id, or everything the list's query matches, loaded or not
 * (interface.md, "Tables": the selection is then the query itself and the act runs as a job).
 */
export type Selection = { kind: 'some'; ids: ReadonlySet<string> } | { kind: 'matching' }

/** A list's selection and the ways to change it. */
export type SelectionControl = {
  value: Selection
  /** How many rows are selected, given how many match. */
  count: (matching: number) => number
  has: (id: string) => boolean
  /** Chosen ids; empty when everything matching is selected. */
  ids: string[]
  toggle: (id: string) => void
  add: (ids: string[]) => void
  selectMatching: () => void
  clear: () => void
}

const none: Selection = { kind: 'some', ids: new Set() }

/**
 * Keeps a list's selection. It is cleared when `of`, the list's query, becomes another one: what was matched is
 * then another thing.
 */
export function useSelection(of: unknown): SelectionControl {
  const [value, setValue] = useState<Selection>(none)
  const asked = JSON.stringify(of)
  useEffect(() => setValue(none), [asked])
  const toggle = useCallback((id: string) => {
    setValue((old) => {
      const ids = new Set(old.kind === 'some' ? old.ids : [])
      if (!ids.delete(id)) ids.add(id)
      return { kind: 'some', ids }
    })
  }, [])
  const add = useCallback((more: string[]) => {
    setValue((old) => ({ kind: 'some', ids: new Set([...(old.kind === 'some' ? old.ids : []), ...more]) }))
  }, [])
  const selectMatching = useCallback(() => setValue({ kind: 'matching' }), [])
  const clear = useCallback(() => setValue(none), [])
  return useMemo(
    () => ({
      value,
      count: (matching) => (value.kind === 'matching' ? matching : value.ids.size),
      has: (id) => value.kind === 'matching' || value.ids.has(id),
      ids: value.kind === 'some' ? [...value.ids] : [],
      toggle,
      add,
      selectMatching,
      clear,
    }),
    [value, toggle, add, selectMatching, clear],
  )
}
