import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useT } from '../i18n/use-t.ts'
import type { DataGridProps, GridColumn } from './data-grid-type.ts'
import { nextSort } from './sort-menu.tsx'

/** The sticky titles: a box for all, a button on each sortable column. */
export function GridHead<Row>(props: DataGridProps<Row>) {
  const t = useT()
  const { selection, rows } = props
  const matching = props.total ?? rows.length
  const selected = selection?.count(matching) ?? 0
  return (
    <thead>
      <tr aria-rowindex={1}>
        {selection ? (
          <th scope="col">
            <input
              type="checkbox"
              className="box"
              aria-label={t('kit.select.all')}
              checked={selected > 0 && selected >= matching}
              ref={(box) => {
                if (box) box.indeterminate = selected > 0 && selected < matching
              }}
              onChange={() => {
                if (selected > 0) selection.clear()
                else if (props.hasMore) selection.selectMatching()
                else selection.add(rows.map(props.rowId))
              }}
            />
          </th>
        ) : null}
        {props.columns.map((column) => (
          <SortableTitle key={column.id} column={column} sort={props.sort} onSort={props.onSort} />
        ))}
        {props.rowActions ? (
          <th scope="col">
            <span className="visually-hidden">{t('kit.rowActions')}</span>
          </th>
        ) : null}
      </tr>
    </thead>
  )
}

function SortableTitle<Row>(props: {
  column: GridColumn<Row>
  sort: string | undefined
  onSort: ((sort: string) => void) | undefined
}) {
  const { column, sort, onSort } = props
  const key = column.sort
  const ascending = key !== undefined && sort === key
  const descending = key !== undefined && sort === `-${key}`
  const order = ascending ? 'ascending' : descending ? 'descending' : undefined
  return (
    <th scope="col" data-align={column.align} aria-sort={order}>
      {key !== undefined && onSort ? (
        <button type="button" onClick={() => onSort(nextSort(sort, key))}>
          {column.header}
          {ascending ? <IconArrowUp size={13} aria-hidden="true" /> : null}
          {descending ? <IconArrowDown size={13} aria-hidden="true" /> : null}
        </button>
      ) : (
        column.header
      )}
    </th>
  )
}
