import { useCallback } from 'react'
import type { ReactNode } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { IconShoppingCart } from '@tabler/icons-react'
import { useT } from '../../../web/i18n/use-t.ts'
import { DataGrid } from '../../../web/kit/data-grid.tsx'
import { Empty, NoMatch } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import type { SelectionControl } from '../../../web/kit/selection.ts'
import { paths } from '../../../web/paths.ts'
import type { useList } from '../../../web/use-list.ts'
import type { listOrders } from '../contract.ts'
import { OrderCard, useOrderColumns } from './order-columns.tsx'
import type { Row } from './order-words.tsx'

/** A list of orders: the page's, a client's, a campaign's. */
export function OrderGrid(props: {
  list: ReturnType<typeof useList<typeof listOrders>>
  sort: string
  onSort: (sort: string) => void
  oneClient?: boolean
  filtered: boolean
  onClear: () => void
  /** What to do when there is no order at all. */
  action?: ReactNode
  selection?: SelectionControl
}) {
  const t = useT()
  const navigate = useNavigate()
  const { list, oneClient = false } = props
  const rows = list.rows as Row[]
  const columns = useOrderColumns(oneClient)
  const open = useCallback((o: Row) => void navigate({ to: paths.order(o.id) }), [navigate])
  if (list.error && rows.length === 0)
    return <ErrorState error={list.error} what={t('orders.unreadable')} retry={() => void list.refetch()} />
  return (
    <DataGrid
      {...list.grid}
      rows={rows}
      label={t('orders.title')}
      columns={columns}
      rowId={(o) => o.id}
      rowName={(o) => t('orders.named', { n: o.number, client: o.client.name })}
      onOpen={open}
      sort={props.sort}
      onSort={props.onSort}
      {...(props.selection && { selection: props.selection })}
      renderCard={(o) => <OrderCard order={o} oneClient={oneClient} />}
      empty={
        props.filtered ? (
          <NoMatch title={t('orders.noMatch')} onClear={props.onClear} />
        ) : (
          <Empty
            icon={<IconShoppingCart size={28} stroke={1.5} />}
            title={t('orders.empty')}
            action={props.action}
          >
            {t('orders.emptyText')}
          </Empty>
        )
      }
    />
  )
}
