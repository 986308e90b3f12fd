import { useCallback, useEffect, useRef, useState } from 'react'
import type { KeyboardEvent, RefObject } from 'react'
import { isTyping, lettersAreOn } from '../shortcuts.ts'
import { useLatest } from '../use-latest.ts'
import type { DataGridProps } from './data-grid-type.ts'

/** How far Page Up and Page Down go, in rows. */
const pageRows = 15

/**
 * The keyboard of a list: arrows or J K move, Home End Page Up Page Down jump, X or Space selects,
 * Shift takes a range, Enter opens, Ctrl+A selects all that match, Escape clears, letters act.
 */
export function useGridKeys<Row>(
  props: DataGridProps<Row>,
  scroller: RefObject<HTMLDivElement | null>,
  scrollTo: (index: number) => void,
) {
  const { rows, rowId, selection } = props
  const [active, setActive] = useState(0)
  const anchor = useRef(0)
  const wantsFocus = useRef(false)
  const latest = useLatest({ rows, rowId, selection })

  const onSelect = useCallback(
    (index: number, range: boolean) => {
      const now = latest.current
      const row = now.rows[index]
      if (!now.selection || row === undefined) return
      if (range) {
        const from = Math.min(anchor.current, index)
        const to = Math.max(anchor.current, index)
        now.selection.add(now.rows.slice(from, to + 1).map(now.rowId))
      } else {
        now.selection.toggle(now.rowId(row))
        anchor.current = index
      }
    },
    [latest],
  )

  // The row to focus may only be mounted by the scroll that follows the move.
  useEffect(() => {
    const focus = () => {
      const row = scroller.current?.querySelector<HTMLElement>(`tr[data-i="${active}"]`)
      if (!row) return false
      row.focus({ preventScroll: true })
      wantsFocus.current = false
      return true
    }
    if (wantsFocus.current && !focus()) requestAnimationFrame(focus)
  })

  const move = (to: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, to))
    wantsFocus.current = true
    setActive(next)
    scrollTo(next)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (isTyping(event.target) || event.altKey) return
    const { key } = event
    const mod = event.ctrlKey || event.metaKey
    const letters = lettersAreOn() && !mod
    const letter = letters ? key.toLowerCase() : ''
    const row = rows[active]
    const act = (run: () => void) => {
      event.preventDefault()
      run()
    }
    if (key === 'ArrowDown' || letter === 'j') {
      if (event.shiftKey) onSelect(Math.min(active + 1, rows.length - 1), true)
      act(() => move(active + 1))
    } else if (key === 'ArrowUp' || letter === 'k') {
      if (event.shiftKey) onSelect(Math.max(active - 1, 0), true)
      act(() => move(active - 1))
    } else if (key === 'Home') act(() => move(0))
    else if (key === 'End') act(() => move(rows.length - 1))
    else if (key === 'PageDown') act(() => move(active + pageRows))
    else if (key === 'PageUp') act(() => move(active - pageRows))
    else if (key === ' ' || letter === 'x') {
      if ((event.target as HTMLElement).tagName !== 'BUTTON') act(() => onSelect(active, event.shiftKey))
    } else if (key === 'Enter' && (event.target as HTMLElement).tagName === 'TR') {
      if (row !== undefined && props.onOpen) act(() => props.onOpen?.(row))
    } else if (mod && key.toLowerCase() === 'a' && selection) act(selection.selectMatching)
    else if (key === 'Escape' && selection) act(selection.clear)
    else if (letter !== '' && row !== undefined && props.rowKeys?.[letter])
      act(() => props.rowKeys?.[letter]?.(row))
  }

  return { active, setActive, onKeyDown, onSelect }
}
