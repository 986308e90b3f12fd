import { useMediaQuery } from '@mantine/hooks'
import { CardList } from './card-list.tsx'
import { GridTable } from './grid-table.tsx'
import type { DataGridProps } from './data-grid-type.ts'
import { RowSkeletons } from './skeletons.tsx'
import './box.css'
import './data-grid.css'

/** The one table of the product; rows become cards on a phone (interface.md, "Tables" and "Phone"). */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const phone = useMediaQuery('(max-width: 760px)', undefined, { getInitialValueInEffect: false })
  if (props.rows.length === 0) {
    return (
      <div className={props.flows ? undefined : 'scrolls'}>
        {props.loading ? <RowSkeletons /> : props.empty}
      </div>
    )
  }
  return phone ? <CardList {...props} /> : <GridTable {...props} />
}
