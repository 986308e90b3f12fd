import type { ReactNode } from 'react'
import type { ColumnVisibility } from './column-menu.tsx'
import type { SelectionControl } from './selection.ts'
import type { Sort } from './sort-menu.tsx'

/** A column: what its cells show and how wide they are. */
export type GridColumn<Row> = {
  id: string
  header: string
  cell: (row: Row) => ReactNode
  /** Pixels; the first column (identity) takes what is left when it has none. */
  width?: number
  /** Figures and money stand at the end. */
  align?: 'end'
  /** The API's sort key; the title is then a button. */
  sort?: string
}

/** What a single letter does to a row; the label is for the sheet on "?". */
export type RowKey<Row> = { label: string; run: (row: Row) => void }

/** A list of up to hundreds of thousands of rows, loaded page after page. */
export type DataGridProps<Row> = {
  /** Accessible name: "Clients". */
  label: string
  columns: GridColumn<Row>[]
  rows: Row[]
  rowId: (row: Row) => string
  /** What a row is called, for its box and its menu. */
  rowName: (row: Row) => string
  /** A click on the row or Enter; without it rows don't open. */
  onOpen?: (row: Row) => void
  /** Buttons at the row's end, mounted only while it is hovered or focused. */
  rowActions?: (row: Row) => ReactNode
  /** Content of the two-line card that stands for the row on a phone. */
  renderCard: (row: Row) => ReactNode
  selection?: SelectionControl
  /** Single letters on the row one is at, e.g. `{ a: { label: t('clients.assign'), run: assign } }`. */
  rowKeys?: Record<string, RowKey<Row> | RowKey<Row>['run']>
  sort?: Sort
  onSort?: (sort: Sort) => void
  visibility?: ColumnVisibility
  compact?: boolean
  /** How many rows match, loaded or not. */
  total?: number | undefined
  hasMore?: boolean
  loadMore?: () => void
  /** The first page is on the way. */
  loading?: boolean
  /** Shown instead of the table when no row matches. */
  empty: ReactNode
  /** The page scrolls, not the table: for lists under something that is seen first. */
  flows?: boolean
  /** Changes when another query is shown: the list goes back to its top. */
  queryKey?: string
}
