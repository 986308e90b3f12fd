import { memo, useState } from 'react'
import type { MouseEvent, ReactNode } from 'react'
import { useT } from '../i18n/use-t.ts'
import type { GridColumn } from './data-grid-type.ts'

type GridRowProps<Row> = {
  row: Row
  id: string
  index: number
  name: string
  columns: GridColumn<Row>[]
  selected: boolean | undefined
  active: boolean
  onSelect: (index: number, range: boolean) => void
  onFocus: (index: number) => void
  onOpen: ((row: Row) => void) | undefined
  rowActions: ((row: Row) => ReactNode) | undefined
}

/** Without a mouse there is no hovering: the actions are always there. */
const touch = matchMedia('(hover: none)').matches

/** Whether the click was on something of its own, or ended a text selection. */
function isItsOwn(event: MouseEvent): boolean {
  const target = event.target as HTMLElement
  return target.closest('a, button, input, label, [role="menu"]') !== null || String(getSelection()) !== ''
}

function Row<Row>(props: GridRowProps<Row>) {
  const t = useT()
  const [near, setNear] = useState({ hovered: false, focused: false })
  const { row, index, active, columns, selected } = props
  return (
    <tr
      className="grid-row"
      data-i={index}
      data-opens={props.onOpen ? true : undefined}
      aria-rowindex={index + 2}
      aria-selected={selected}
      tabIndex={active ? 0 : -1}
      onFocus={() => {
        setNear((old) => ({ ...old, focused: true }))
        props.onFocus(index)
      }}
      onBlur={(event) => {
        const stays = event.currentTarget.contains(event.relatedTarget)
        if (!stays) setNear((old) => ({ ...old, focused: false }))
      }}
      onMouseEnter={() => setNear((old) => ({ ...old, hovered: true }))}
      onMouseLeave={() => setNear((old) => ({ ...old, hovered: false }))}
      onClick={(event) => {
        if (!isItsOwn(event)) props.onOpen?.(row)
      }}
    >
      {selected === undefined ? null : (
        <td>
          <input
            type="checkbox"
            className="box"
            checked={selected}
            tabIndex={-1}
            aria-label={t('kit.select.row', { name: props.name })}
            // React wants a handler on a controlled box; the click knows about Shift.
            onChange={() => undefined}
            onClick={(event) => props.onSelect(index, event.shiftKey)}
          />
        </td>
      )}
      {columns.map((column) => (
        <td key={column.id} data-align={column.align}>
          {column.cell(row)}
        </td>
      ))}
      {props.rowActions ? (
        <td className="grid-actions">
          {touch || near.hovered || near.focused ? <span>{props.rowActions(row)}</span> : null}
        </td>
      ) : null}
    </tr>
  )
}

/** One row; it renders again only when something of its own changed. */
export const GridRow = memo(Row) as typeof Row
