import { useEffect, useMemo, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { useVirtualizer } from '@tanstack/react-virtual'
import type { ColumnVisibility } from './column-menu.tsx'
import type { DataGridProps } from './data-grid-type.ts'
import { GridHead } from './grid-head.tsx'
import { GridRow } from './grid-row.tsx'
import { RowShortcut } from './row-shortcut.tsx'
import { runOf, useGridKeys } from './use-grid-keys.ts'

/** No choice made: every column. */
const allShown: ColumnVisibility = {}

/** Rows above and below the window that stay mounted, so that a scroll finds them ready. */
const overscan = 8
/** A page is asked when fewer loaded rows than this remain below. */
const askAhead = 40

/** A real table whose rows exist only near the window; spacer rows keep the scroll bar honest. */
export function GridTable<Row>(props: DataGridProps<Row>) {
  const { rows, columns, rowId, visibility = allShown, compact = false, hasMore, loadMore, selection } = props
  const flows = props.flows ?? false
  const scroller = useRef<HTMLDivElement>(null)
  const shown = useMemo(() => columns.filter((c) => visibility[c.id] !== false), [columns, visibility])

  const rowHeight = compact ? 34 : 44
  const scrollMargin = useOffset(scroller, flows)
  // oxlint-disable-next-line react/incompatible-library -- nothing memoised reads the virtualizer
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => (flows ? pageOf(scroller.current) : scroller.current),
    scrollMargin,
    estimateSize: () => rowHeight,
    overscan,
  })
  useEffect(() => virtual.measure(), [rowHeight, virtual])
  const { active, setActive, onKeyDown, onSelect } = useGridKeys(props, scroller, (i) =>
    virtual.scrollToIndex(i),
  )
  useEffect(() => {
    if (!flows) scroller.current?.scrollTo(0, 0)
    setActive(0)
  }, [props.queryKey, props.sort, setActive, flows])

  const items = virtual.getVirtualItems()
  const above = (items[0]?.start ?? scrollMargin) - scrollMargin
  const below = virtual.getTotalSize() + scrollMargin - (items.at(-1)?.end ?? 0)
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && last > rows.length - askAhead) loadMore?.()
  }, [hasMore, last, rows.length, loadMore])

  const span = shown.length + (selection ? 1 : 0) + (props.rowActions ? 1 : 0)
  const spacer = (height: number) =>
    height > 0 ? (
      <tr role="presentation" aria-hidden="true">
        {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- empty on purpose, and hidden */}
        <td colSpan={span} className="grid-spacer" style={{ height }} />
      </tr>
    ) : null
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys bubble up from the rows
    <div
      className="grid-scroll"
      data-compact={compact || undefined}
      data-flows={flows || undefined}
      ref={scroller}
      onKeyDown={onKeyDown}
    >
      {Object.entries(props.rowKeys ?? {}).map(([letter, key]) => (
        <RowShortcut
          key={letter}
          letter={letter}
          label={typeof key === 'object' ? key.label : ''}
          run={() => {
            const row = rows[active]
            if (row !== undefined) runOf(key)?.(row)
          }}
        />
      ))}
      <table
        role="grid"
        aria-label={props.label}
        aria-rowcount={(props.total ?? rows.length) + 1}
        aria-multiselectable={selection ? true : undefined}
      >
        <colgroup>
          {selection ? <col style={{ width: 48 }} /> : null}
          {shown.map((c) => (
            <col key={c.id} style={{ width: c.width }} />
          ))}
          {props.rowActions ? <col style={{ width: 24 }} /> : null}
        </colgroup>
        <GridHead {...props} columns={shown} />
        <tbody>
          {spacer(above)}
          {items.map((item) => {
            const row = rows[item.index]
            if (row === undefined) return null
            const id = rowId(row)
            return (
              <GridRow
                key={id}
                row={row}
                id={id}
                index={item.index}
                name={props.rowName(row)}
                columns={shown}
                selected={selection?.has(id)}
                active={item.index === active}
                onSelect={onSelect}
                onFocus={setActive}
                onOpen={props.onOpen}
                rowActions={props.rowActions}
              />
            )
          })}
          {spacer(below)}
        </tbody>
      </table>
    </div>
  )
}

/** What scrolls when the table itself does not. */
function pageOf(table: HTMLElement | null): HTMLElement | null {
  return table?.closest<HTMLElement>('.scrolls') ?? null
}

/** How far below the top of what scrolls the table begins; it changes with what stands above. */
function useOffset(table: RefObject<HTMLElement | null>, flows: boolean): number {
  const [offset, setOffset] = useState(0)
  useEffect(() => {
    const page = pageOf(table.current)
    if (!flows || !page) return undefined
    const measure = () => {
      const top = table.current?.getBoundingClientRect().top ?? 0
      setOffset(Math.round(top - page.getBoundingClientRect().top + page.scrollTop))
    }
    const watch = new ResizeObserver(measure)
    for (const part of page.children) watch.observe(part)
    measure()
    return () => watch.disconnect()
  }, [table, flows])
  return offset
}
