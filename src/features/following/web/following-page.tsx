import { useCallback } from 'react'
import { Button } from '@mantine/core'
import { IconChartBar, IconDownload, IconExternalLink, IconFileTypePdf, IconUsers } from '@tabler/icons-react'
import { keepPreviousData } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpointUrl } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { DataGrid } from '../../../web/kit/data-grid.tsx'
import { Empty, NoMatch } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { KeyFigure, KeyFigures } from '../../../web/kit/key-figure.tsx'
import { PageHead } from '../../../web/kit/page-head.tsx'
import { RowCard } from '../../../web/kit/row-card.tsx'
import { PageSkeleton } from '../../../web/kit/skeletons.tsx'
import { MoneyText } from '../../../web/kit/texts.tsx'
import { SearchField, Toolbar } from '../../../web/kit/toolbar.tsx'
import { ViewTabs } from '../../../web/kit/view-tabs.tsx'
import { useMe } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { useList } from '../../../web/use-list.ts'
import { useViewList } from '../../saved-views/web/view-list.ts'
import { ViewTabsRow } from '../../saved-views/web/view-tabs-row.tsx'
import {
  downloadClientReport,
  exportFollowing,
  getFollowing,
  listFollowing,
  type FollowingGroup,
  type FollowingRow,
} from '../contract.ts'
import { FollowingFilters } from './following-filters.tsx'
import { RowIcon, useFollowingColumns, useRowName } from './following-columns.tsx'
import { MonthChart } from './month-chart.tsx'
import { OrdersPart } from './orders-part.tsx'
import { PeriodMenu } from './period-menu.tsx'
import { followingTabs, followingViewList, type FollowingTab } from './view-list.ts'
import './following.css'

/** The global view (C15 to C18, C20): what was ordered and delivered, for whom, by whom, when. */
export function FollowingPage() {
  const t = useT()
  const list = useViewList(followingViewList)
  const { params, filter } = list
  const simple = useMe()?.agency?.mode === 'simple'
  const { data, error, refetch } = useEndpoint(getFollowing, { query: filter as never }, {
    placeholderData: keepPreviousData,
  } as never)
  const tabs = followingTabs.filter(
    (tab) => data?.can.people !== false || (tab !== 'manager' && tab !== 'consultant'),
  )
  const by: FollowingTab = tabs.find((tab) => tab === params['by']) ?? 'client'
  if (error) return <ErrorState error={error} page={t('following.title')} retry={() => void refetch()} />
  const one = (name: 'client' | 'manager' | 'consultant') =>
    filter[name]?.includes(',') ? undefined : filter[name]
  const client = one('client')
  const person = client ? undefined : (one('consultant') ?? one('manager'))
  const period = {
    ...(filter['from'] && { from: filter['from'] }),
    ...(filter['to'] && { to: filter['to'] }),
  }
  return (
    <div className="following scrolls">
      <PageHead
        title={t('following.title')}
        actions={
          <>
            <PeriodMenu
              from={data?.from}
              to={data?.to}
              onChange={(p) => list.change({ from: p.from, to: p.to })}
            />
            {client ? (
              <Button
                variant="default"
                leftSection={<IconExternalLink size={15} />}
                renderRoot={(root) => <Link to={paths.client(client)} {...root} />}
              >
                {t('following.act.client')}
              </Button>
            ) : null}
            {person ? (
              <Button
                variant="default"
                leftSection={<IconUsers size={15} />}
                renderRoot={(root) => (
                  <Link
                    to={simple ? paths.clients : paths.agency('clients')}
                    search={{ manager: person } as never}
                    {...root}
                  />
                )}
              >
                {t('following.act.clients')}
              </Button>
            ) : null}
            {client ? (
              <Button
                component="a"
                variant="default"
                target="_blank"
                leftSection={<IconFileTypePdf size={16} />}
                href={endpointUrl(downloadClientReport, { params: { id: client }, query: period })}
              >
                {t('following.act.report')}
              </Button>
            ) : null}
            <Button
              className="phone-hidden"
              component="a"
              variant="default"
              leftSection={<IconDownload size={15} />}
              href={endpointUrl(exportFollowing, { query: { ...filter, by } as never })}
            >
              {t('following.act.export')}
            </Button>
          </>
        }
      />
      {list.views.length > 0 || list.changed ? (
        <ViewTabsRow
          label={t('clients.views')}
          list={list}
          builtIn={[{ id: 'all', label: t('following.view.all') }]}
        />
      ) : null}
      <Toolbar>
        <FollowingFilters params={params} people={data?.can.people ?? false} onChange={list.change} />
      </Toolbar>
      {data ? (
        <>
          <Totals data={data} onMonth={(month) => list.change({ from: month, to: month })} />
          <ViewTabs
            label={t('following.split')}
            tabs={tabs.map((tab) => ({ id: tab, label: t(`following.tab.${tab}`) }))}
            current={by}
            onChange={(tab) =>
              list.change({ by: tab === 'client' ? undefined : tab, q: undefined, sort: undefined })
            }
          />
          {by === 'order' || by === 'month' ? null : (
            <Toolbar>
              <SearchField
                key={by}
                label={t('following.search')}
                hint={t('following.searchHint')}
                value={params['q'] ?? ''}
                onChange={(q) => list.change({ q: q || undefined })}
              />
            </Toolbar>
          )}
          {by === 'order' ? (
            <OrdersPart filter={filter} from={data.from} to={data.to} />
          ) : (
            <TotalsList
              key={by}
              by={by}
              list={list}
              cost={data.can.cost}
              noOrders={data.total.orders === 0}
            />
          )}
        </>
      ) : (
        <PageSkeleton />
      )}
    </div>
  )
}

type Answer = NonNullable<ReturnType<typeof useEndpoint<typeof getFollowing>>['data']>

/** The figures to know and their months. */
function Totals({ data, onMonth }: { data: Answer; onMonth: (month: string) => void }) {
  const t = useT()
  const format = useFormat()
  const { total } = data
  const gone = total.refunded.amount + total.released.amount
  return (
    <div className="following-totals">
      <KeyFigures>
        <KeyFigure
          label={t('following.figure.ordered')}
          value={format.moneyWhole(total.ordered)}
          detail={t('following.orders', { n: total.orders })}
        />
        <KeyFigure
          label={t('following.figure.delivered')}
          value={format.moneyWhole(total.delivered)}
          detail={
            total.ordered.amount > 0
              ? t('following.share.delivered', {
                  share: format.percent(
                    Math.round((total.delivered.amount / total.ordered.amount) * 100) / 100,
                  ),
                })
              : undefined
          }
        />
        <KeyFigure
          label={t('following.figure.waiting')}
          value={format.moneyWhole(total.waiting)}
          detail={t('following.detail.waiting')}
        />
        {total.margin ? (
          <KeyFigure
            label={t('following.figure.margin')}
            value={format.moneyWhole(total.margin)}
            detail={t('following.detail.margin', {
              cost: format.moneyWhole(total.cost ?? { ...total.margin, amount: 0 }),
            })}
          />
        ) : (
          <KeyFigure
            label={t('following.figure.gone')}
            value={format.moneyWhole({ ...total.ordered, amount: gone })}
            detail={t('following.detail.gone')}
          />
        )}
      </KeyFigures>
      {total.orders > 0 ? (
        <section className="card following-card" aria-label={t('following.chart')}>
          <MonthChart months={data.months} onMonth={onMonth} />
        </section>
      ) : null}
    </div>
  )
}

/** The lines of one grouping; a click on one looks at it alone. */
function TotalsList({
  by,
  list,
  cost,
  noOrders,
}: {
  by: FollowingGroup
  list: ReturnType<typeof useViewList>
  cost: boolean
  noOrders: boolean
}) {
  const t = useT()
  const { params, filter, change } = list
  const sort = params['sort'] ?? '-ordered'
  const query = { ...filter, by, sort, ...(params['q'] && { q: params['q'] }) }
  const read = useList(listFollowing, { query } as never)
  const rows = read.rows as unknown as FollowingRow[]
  const columns = useFollowingColumns(by, cost)
  const nameOf = useRowName(by)
  const open = useCallback(
    (row: FollowingRow) => {
      if (row.id === null) return
      if (by === 'month') change({ from: row.id, to: row.id, by: undefined }, { push: true })
      else
        change(
          {
            [by]: row.id,
            by:
              by === 'client'
                ? 'campaign'
                : by === 'manager'
                  ? 'consultant'
                  : by === 'consultant'
                    ? undefined
                    : 'order',
            q: undefined,
          },
          { push: true },
        )
    },
    [by, change],
  )
  if (read.error)
    return <ErrorState error={read.error} page={t('following.title')} retry={() => void read.refetch()} />
  return (
    <DataGrid
      flows
      {...read.grid}
      rows={rows}
      label={t(`following.tab.${by}`)}
      columns={columns}
      rowId={(r) => r.id ?? 'nobody'}
      rowName={nameOf}
      onOpen={open}
      sort={sort}
      // Totals only go from the biggest down; names from A on.
      onSort={(value) =>
        change({ sort: value === '-name' || value === 'name' ? 'name' : `-${value.replace('-', '')}` })
      }
      renderCard={(r) => (
        <RowCard
          icon={<RowIcon by={by} row={r} name={nameOf(r)} />}
          title={nameOf(r)}
          onOpen={() => open(r)}
          badge={<MoneyText value={r.figures.ordered} />}
          start={<span className="ink-2">{t('following.orders', { n: r.figures.orders })}</span>}
          end={<MoneyText value={r.figures.delivered} />}
        />
      )}
      empty={
        noOrders && !params['q'] ? (
          <Empty icon={<IconChartBar size={28} stroke={1.5} />} title={t('following.empty')}>
            {t('following.emptyText')}
          </Empty>
        ) : (
          <NoMatch title={t('following.noMatch')} onClear={() => list.show('all')} />
        )
      }
    />
  )
}
