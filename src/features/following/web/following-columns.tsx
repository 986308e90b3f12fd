import { useMemo } from 'react'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { Avatar } from '../../../web/kit/avatar.tsx'
import type { GridColumn } from '../../../web/kit/data-grid-type.ts'
import { Meter } from '../../../web/kit/meter.tsx'
import { IdentityCell } from '../../../web/kit/row-card.tsx'
import { MoneyText } from '../../../web/kit/texts.tsx'
import { Tile } from '../../../web/kit/tile.tsx'
import type { FollowingGroup, FollowingRow } from '../contract.ts'
import { useMonthName } from './month-chart.tsx'

/** How a line is called: a month by its name, nobody by what is missing. */
export function useRowName(by: FollowingGroup): (row: FollowingRow) => string {
  const t = useT()
  const monthName = useMonthName()
  return (row) =>
    row.id === null ? t(`following.nobody.${by}`) : by === 'month' ? monthName(row.name, true) : row.name
}

/** What stands before a line's name. */
export function RowIcon({ by, row, name }: { by: FollowingGroup; row: FollowingRow; name: string }) {
  if (by === 'month') return null
  return by === 'manager' || by === 'consultant' ? (
    <Avatar person={{ id: row.id ?? 'nobody', name }} />
  ) : (
    <Tile name={name} id={row.client?.id ?? row.id ?? 'nobody'} />
  )
}

/** Columns of totals: figures under figures, what is delivered of what was ordered as a bar. */
export function useFollowingColumns(by: FollowingGroup, cost: boolean): GridColumn<FollowingRow>[] {
  const t = useT()
  const format = useFormat()
  const nameOf = useRowName(by)
  return useMemo(() => {
    const amount = (
      id: 'ordered' | 'delivered' | 'waiting' | 'refunded',
      sort?: string,
    ): GridColumn<FollowingRow> => ({
      id,
      header: t(`following.figure.${id}`),
      width: 122,
      align: 'end',
      ...(sort && { sort }),
      cell: (r) =>
        r.figures[id].amount === 0 ? <span className="ink-3">—</span> : <MoneyText value={r.figures[id]} />,
    })
    const columns: GridColumn<FollowingRow>[] = [
      {
        id: 'name',
        header: t(`following.by.${by}`),
        ...(by === 'manager' || by === 'consultant' ? {} : { sort: 'name' }),
        cell: (r) => (
          <IdentityCell
            icon={<RowIcon by={by} row={r} name={nameOf(r)} />}
            name={nameOf(r)}
            detail={r.client?.name}
          />
        ),
      },
      {
        id: 'orders',
        header: t('following.figure.orders'),
        width: 104,
        align: 'end',
        cell: (r) => <span className="figures">{format.number(r.figures.orders)}</span>,
      },
      amount('ordered', 'ordered'),
      amount('delivered', 'delivered'),
      amount('waiting', 'waiting'),
      {
        id: 'share',
        header: t(by === 'campaign' ? 'following.column.budget' : 'following.column.share'),
        width: 170,
        cell: (r) => {
          const whole = by === 'campaign' ? (r.budget?.amount ?? 0) : r.figures.ordered.amount
          const part = by === 'campaign' ? r.figures.ordered.amount : r.figures.delivered.amount
          if (whole === 0) return <span className="ink-3">—</span>
          const text = format.percent(Math.round((part / whole) * 100) / 100)
          return (
            <span className="following-share">
              <Meter
                share={part / whole}
                limit={by === 'campaign'}
                label={t(by === 'campaign' ? 'following.share.budget' : 'following.share.delivered', {
                  share: text,
                })}
              />
              <span className="figures">{text}</span>
            </span>
          )
        },
      },
    ]
    if (cost)
      columns.splice(5, 0, {
        id: 'margin',
        header: t('following.figure.margin'),
        width: 116,
        align: 'end',
        cell: (r) =>
          r.figures.margin && r.figures.margin.amount !== 0 ? (
            <MoneyText value={r.figures.margin} />
          ) : (
            <span className="ink-3">—</span>
          ),
      })
    return columns
    // The names are those of the language, which `t` changes with.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [t, format, by, cost])
}
