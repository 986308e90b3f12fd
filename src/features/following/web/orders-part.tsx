import { useCallback, useMemo } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { IconReceipt } from '@tabler/icons-react'
import { useT } from '../../../web/i18n/use-t.ts'
import { DataGrid } from '../../../web/kit/data-grid.tsx'
import type { GridColumn } from '../../../web/kit/data-grid-type.ts'
import { Empty } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { IdentityCell, RowCard } from '../../../web/kit/row-card.tsx'
import { DateText, MoneyText } from '../../../web/kit/texts.tsx'
import { Tile } from '../../../web/kit/tile.tsx'
import { paths } from '../../../web/paths.ts'
import { useList } from '../../../web/use-list.ts'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { listOrders } from '../../orders/contract.ts'
import { OrderState } from '../../orders/web/order-words.tsx'
import type { ListParams } from '../../saved-views/web/view-list.ts'

type Order = AnswerOf<typeof listOrders>['data'][number]

/** Last day of a month, `YYYY-MM-DD`. */
function lastDay(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}

/** The orders themselves, under all of the page's filters; a click opens one. */
export function OrdersPart({ filter, from, to }: { filter: ListParams; from: string; to: string }) {
  const t = useT()
  const navigate = useNavigate()
  const open = useCallback((o: Order) => void navigate({ to: paths.order(o.id) }), [navigate])
  const { from: _from, to: _to, ...shared } = filter
  const query = { ...shared, from: `${from}-01`, to: lastDay(to) }
  const list = useList(listOrders, { query } as never)
  const rows = list.rows as Order[]
  const columns = useMemo<GridColumn<Order>[]>(
    () => [
      {
        id: 'order',
        header: t('following.by.order'),
        cell: (o) => (
          <IdentityCell
            icon={<Tile name={o.client.name} id={o.client.id} />}
            name={o.title}
            detail={t('following.order.of', { number: o.number, client: o.client.name })}
          />
        ),
      },
      {
        id: 'state',
        header: t('following.order.state'),
        width: 130,
        cell: (o) => <OrderState state={o.state} contested={o.contested} />,
      },
      {
        id: 'campaign',
        header: t('following.by.campaign'),
        width: 170,
        cell: (o) => <span className="ink-2">{o.campaign?.name ?? '—'}</span>,
      },
      {
        id: 'placed',
        header: t('following.order.placedOn'),
        width: 120,
        cell: (o) => <DateText value={o.placedAt} short />,
      },
      {
        id: 'total',
        header: t('following.figure.ordered'),
        width: 120,
        align: 'end',
        cell: (o) => <MoneyText value={o.total} />,
      },
      {
        id: 'captured',
        header: t('following.figure.delivered'),
        width: 120,
        align: 'end',
        cell: (o) => <MoneyText value={o.captured} />,
      },
    ],
    [t],
  )
  if (list.error)
    return <ErrorState error={list.error} page={t('following.tab.order')} retry={() => void list.refetch()} />
  return (
    <DataGrid
      flows
      {...list.grid}
      rows={rows}
      label={t('following.tab.order')}
      columns={columns}
      rowId={(o) => o.id}
      rowName={(o) => o.title}
      onOpen={open}
      renderCard={(o) => (
        <RowCard
          icon={<Tile name={o.client.name} id={o.client.id} />}
          title={o.title}
          onOpen={() => open(o)}
          badge={<OrderState state={o.state} contested={o.contested} />}
          start={<span className="ink-2">{o.client.name}</span>}
          end={<MoneyText value={o.total} />}
        />
      )}
      empty={<Empty icon={<IconReceipt size={28} stroke={1.5} />} title={t('following.empty')} />}
    />
  )
}
