import { useCallback, useEffect, useRef, useState } from 'react'
import type { KeyboardEvent, RefObject } from 'react'
import { useT } from '../i18n/use-t.ts'
import { isTyping, lettersAreOn, useShortcut } from '../shortcuts.ts'
import { useLatest } from '../use-latest.ts'
import type { DataGridProps, RowKey } from './data-grid-type.ts'

/** How far Page Up and Page Down go, in rows. */
const pageRows = 15

/** What a letter does, whether it was given with a label or alone. */
export function runOf<Row>(
  key: RowKey<Row> | RowKey<Row>['run'] | undefined,
): RowKey<Row>['run'] | undefined {
  return typeof key === 'object' ? key.run : key
}

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
  const wanted = useRef<number>(undefined)
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
  const focusWanted = useCallback(() => {
    if (wanted.current === undefined) return
    const row = scroller.current?.querySelector<HTMLElement>(`tr[data-i="${wanted.current}"]`)
    if (!row) return
    row.focus({ preventScroll: true })
    wanted.current = undefined
  }, [scroller])
  useEffect(focusWanted)

  const move = (to: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, to))
    wanted.current = next
    // A range starts at the last box ticked, or where the walk started.
    if (selection?.value.kind === 'some' && selection.ids.length === 0) anchor.current = next
    setActive(next)
    scrollTo(next)
    requestAnimationFrame(focusWanted)
  }

  const step = (to: number, range: boolean) => {
    if (range) onSelect(Math.max(0, Math.min(rows.length - 1, to)), true)
    move(to)
  }

  // From elsewhere on the page J or K come back to the row left.
  const t = useT()
  const enter = { label: t('shell.shortcuts.move'), run: () => move(active) }
  useShortcut('j', enter)
  useShortcut('k', enter)

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
      act(() => step(active + 1, event.shiftKey))
    } else if (key === 'ArrowUp' || letter === 'k') {
      act(() => step(active - 1, event.shiftKey))
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
    else if (letter !== '' && row !== undefined && props.rowKeys?.[letter]) {
      act(() => runOf(props.rowKeys?.[letter])?.(row))
    }
  }

  return { active, setActive, onKeyDown, onSelect }
}
