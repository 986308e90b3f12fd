import { useMemo } from 'react'
import { IconMessage } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import type { GridColumn } from '../../../web/kit/data-grid-type.ts'
import { IdentityCell, RowCard } from '../../../web/kit/row-card.tsx'
import { MoneyText, RelativeDate } from '../../../web/kit/texts.tsx'
import { Tile } from '../../../web/kit/tile.tsx'
import { paths } from '../../../web/paths.ts'
import { DueDate, OrderState, useUnitsText, type Row } from './order-words.tsx'
import './orders.css'

/** Columns of a list of orders; of one client's, without its name. */
export function useOrderColumns(oneClient = false): GridColumn<Row>[] {
  const t = useT()
  const format = useFormat()
  const units = useUnitsText()
  return useMemo<GridColumn<Row>[]>(
    () => [
      {
        id: 'order',
        header: t('orders.column.order'),
        cell: (o) => (
          <IdentityCell
            icon={<Tile name={oneClient ? o.title : o.client.name} id={oneClient ? o.id : o.client.id} />}
            name={oneClient ? o.title : o.client.name}
            detail={
              <>
                {t('orders.number', { n: format.number(o.number) })}
                {oneClient ? null : ` · ${o.title}`}
                {o.lineCount > 1 ? ` ${t('orders.more', { n: o.lineCount - 1 })}` : null}
              </>
            }
            after={<Unread n={o.unread} />}
          />
        ),
      },
      {
        id: 'state',
        header: t('orders.column.state'),
        width: 176,
        cell: (o) => <OrderState state={o.state} contested={o.contested} />,
      },
      {
        id: 'campaign',
        header: t('orders.column.campaign'),
        width: 180,
        cell: (o) => <span className="ellipsis ink-2">{o.campaign?.name ?? o.project?.name ?? '—'}</span>,
      },
      {
        id: 'units',
        header: t('orders.column.units'),
        width: 110,
        align: 'end',
        cell: (o) => <span className="figures ink-2">{units(o)}</span>,
      },
      {
        id: 'total',
        header: t('orders.column.total'),
        width: 120,
        align: 'end',
        sort: 'total',
        cell: (o) => <MoneyText value={o.total} />,
      },
      {
        id: 'due',
        header: t('orders.column.due'),
        width: 136,
        sort: 'dueOn',
        cell: (o) => <DueDate dueOn={['accepted', 'in_progress'].includes(o.state) ? o.dueOn : null} />,
      },
      {
        id: 'placed',
        header: t('orders.column.placed'),
        width: 140,
        sort: 'placedAt',
        cell: (o) => <RelativeDate value={o.placedAt} />,
      },
    ],
    [t, format, units, oneClient],
  )
}

function Unread({ n }: { n: number }) {
  const t = useT()
  return n > 0 ? (
    <span className="order-unread" title={t('orders.unread', { n })}>
      <IconMessage size={13} aria-hidden="true" />
      <span className="visually-hidden">{t('orders.unread', { n })}</span>
      <span aria-hidden="true">{n}</span>
    </span>
  ) : null
}

/** An order as a card, on a phone. */
export function OrderCard({ order, oneClient = false }: { order: Row; oneClient?: boolean }) {
  const t = useT()
  const format = useFormat()
  return (
    <RowCard
      icon={
        <Tile
          name={oneClient ? order.title : order.client.name}
          id={oneClient ? order.id : order.client.id}
        />
      }
      title={<Link to={paths.order(order.id)}>{oneClient ? order.title : order.client.name}</Link>}
      badge={<OrderState state={order.state} contested={order.contested} />}
      start={
        <span className="ink-2 ellipsis">
          {t('orders.number', { n: format.number(order.number) })}
          {oneClient ? '' : ` · ${order.title}`}
        </span>
      }
      end={<MoneyText value={order.total} />}
    />
  )
}
