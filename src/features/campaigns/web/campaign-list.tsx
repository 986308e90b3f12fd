import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import type { GridColumn } from '../../../web/kit/data-grid-type.ts'
import { DataGrid } from '../../../web/kit/data-grid.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { IdentityCell, RowCard } from '../../../web/kit/row-card.tsx'
import { Tile } from '../../../web/kit/tile.tsx'
import { paths } from '../../../web/paths.ts'
import { useCountedList } from '../../../web/use-list.ts'
import { listCampaigns } from '../contract.ts'
import { CampaignBudget, CampaignPhase, useCampaignDays, type Campaign } from './campaign-words.tsx'
import './campaigns.css'

/** Campaigns as a list: the page's, or all of one client's together (A4). */
export function CampaignList(props: {
  query: Record<string, string>
  oneClient?: boolean
  sort: string
  onSort: (sort: string) => void
  empty: ReactNode
}) {
  const t = useT()
  const format = useFormat()
  const days = useCampaignDays()
  const navigate = useNavigate()
  const { oneClient = false } = props
  const list = useCountedList(listCampaigns, {
    query: { ...props.query, sort: props.sort },
  } as never)
  const rows = list.rows as Campaign[]
  const columns = useMemo<GridColumn<Campaign>[]>(
    () => [
      {
        id: 'name',
        header: t('campaigns.name'),
        sort: 'name',
        cell: (c) => (
          <IdentityCell
            icon={<Tile name={c.name} id={c.id} />}
            name={c.name}
            detail={oneClient ? c.projects.map((p) => p.name).join(', ') : c.client.name}
          />
        ),
      },
      {
        id: 'phase',
        header: t('campaigns.state'),
        width: 130,
        cell: (c) => <CampaignPhase phase={c.phase} />,
      },
      {
        id: 'days',
        header: t('campaigns.dates'),
        width: 210,
        sort: 'startsOn',
        cell: (c) => <span className="ink-2">{days(c)}</span>,
      },
      {
        id: 'orders',
        header: t('orders.title'),
        width: 110,
        align: 'end',
        cell: (c) => <span className="figures">{format.number(c.orders)}</span>,
      },
      {
        id: 'budget',
        header: t('campaigns.engaged'),
        width: 190,
        align: 'end',
        cell: (c) => <CampaignBudget campaign={c} />,
      },
    ],
    [t, format, days, oneClient],
  )
  if (list.error && rows.length === 0)
    return (
      <ErrorState error={list.error} what={t('campaigns.unreadable')} retry={() => void list.refetch()} />
    )
  return (
    <DataGrid
      {...list.grid}
      rows={rows}
      label={t('campaigns.title')}
      columns={columns}
      rowId={(c) => c.id}
      rowName={(c) => c.name}
      onOpen={(c) => void navigate({ to: paths.campaign(c.id) })}
      sort={props.sort}
      onSort={props.onSort}
      renderCard={(c) => (
        <RowCard
          icon={<Tile name={c.name} id={c.id} />}
          title={<Link to={paths.campaign(c.id)}>{c.name}</Link>}
          badge={<CampaignPhase phase={c.phase} />}
          start={<span className="ink-2">{oneClient ? days(c) : c.client.name}</span>}
          end={format.moneyWhole({ ...c.spent, amount: c.spent.amount + c.held.amount })}
        />
      )}
      empty={props.empty}
      flows={oneClient ?? false}
    />
  )
}
