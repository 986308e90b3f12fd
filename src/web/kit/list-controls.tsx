import { ColumnMenu, CompactToggle, type ColumnVisibility } from './column-menu.tsx'
import { SortMenu, type Sort } from './sort-menu.tsx'

/** Order, density and columns of a list, at the end of its toolbar; all three live in the address. */
export function ListControls(props: {
  sorts: { value: Sort; label: string }[]
  sort: Sort
  /** The order without a word in the address. */
  firstSort: Sort
  /** Columns that may be hidden, which are, and how the address writes it. */
  columns: {
    options: { id: string; label: string }[]
    visibility: ColumnVisibility
    toParam: (visibility: ColumnVisibility) => string | undefined
  }
  /** Rows are compact; absent where the list has one height. */
  compact?: boolean
  onChange: (change: {
    sort?: Sort | undefined
    columns?: string | undefined
    compact?: string | undefined
  }) => void
}) {
  const { columns, compact, onChange } = props
  return (
    <>
      <SortMenu
        options={props.sorts}
        value={props.sort}
        onChange={(sort) => onChange({ sort: sort === props.firstSort ? undefined : sort })}
      />
      {compact === undefined ? null : (
        <CompactToggle compact={compact} onChange={(on) => onChange({ compact: on ? '1' : undefined })} />
      )}
      <ColumnMenu
        columns={columns.options}
        visibility={columns.visibility}
        onChange={(visibility) => onChange({ columns: columns.toParam(visibility) })}
      />
    </>
  )
}
