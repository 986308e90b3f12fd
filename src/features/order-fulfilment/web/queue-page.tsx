import { useCallback, useMemo } from 'react'
import { IconCheck, IconInbox, IconMessage, IconPlayerPlay } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { joinList, splitList } from '../../../contract/list-of.ts'
import { orderStateNames } from '../../../contract/order-fields.ts'
import { call } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'

import { BulkAction } from '../../../web/kit/bulk-action.tsx'
import { BulkBar } from '../../../web/kit/bulk-bar.tsx'
import type { GridColumn } from '../../../web/kit/data-grid-type.ts'
import { DataGrid } from '../../../web/kit/data-grid.tsx'
import { Empty, NoMatch } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { FilterChip } from '../../../web/kit/filter-chip.tsx'
import { GridFoot } from '../../../web/kit/grid-foot.tsx'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { PageHead } from '../../../web/kit/page-head.tsx'
import { IdentityCell, RowCard } from '../../../web/kit/row-card.tsx'
import { useSelection } from '../../../web/kit/selection.ts'
import { SortMenu } from '../../../web/kit/sort-menu.tsx'
import { MoneyText, RelativeDate } from '../../../web/kit/texts.tsx'
import { Tile } from '../../../web/kit/tile.tsx'
import { SearchField, Toolbar } from '../../../web/kit/toolbar.tsx'
import { ViewTabs } from '../../../web/kit/view-tabs.tsx'
import { paths } from '../../../web/paths.ts'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { useSearchState } from '../../../web/search-state.ts'
import { useList } from '../../../web/use-list.ts'
import { DueDate, OrderState } from '../../orders/web/order-words.tsx'
import { advanceOrders, countOrderQueue, getQueueOrder, listOrderQueue } from '../contract.ts'
import '../../orders/web/orders.css'

type Row = AnswerOf<typeof listOrderQueue>['data'][number]

const views = {
  placed: { state: 'placed' },
  work: { state: 'accepted,in_progress' },
  late: { late: 'true' },
  contested: { contested: 'true' },
  unread: { unread: 'true' },
  all: {},
} as const
type View = keyof typeof views
const names = ['q', 'state', 'late', 'contested', 'unread', 'agency', 'supplier']
const sorts = ['placedAt', '-placedAt', 'dueOn', '-dueOn'] as const

/** The operator's queue: orders of every agency, what waits longest first, to accept, start and deliver. */
export function QueuePage() {
  const t = useT()
  const format = useFormat()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchState()
  // What waits for acceptance is what one comes for: a bare address shows it.
  const bare = !names.some((n) => search[n] !== undefined) && search['vue'] !== 'toutes'
  const params: Record<string, string> = bare
    ? { ...views.placed }
    : Object.fromEntries(Object.entries(search).filter(([name]) => names.includes(name)))
  const sort = sorts.find((s) => s === search['sort']) ?? 'placedAt'
  const list = useList(listOrderQueue, { query: { ...params, sort, total: 'true' } } as never)
  const { data: counts } = useEndpoint(countOrderQueue, undefined, { refetchInterval: 30_000 })
  const rows = list.rows as Row[]
  const selection = useSelection(params)
  const { clear } = selection
  const tab = (Object.keys(views) as View[]).find((v) => JSON.stringify(views[v]) === JSON.stringify(params))
  const show = (id: string) => {
    const gone = Object.fromEntries(names.map((name) => [name, undefined]))
    setSearch({ ...gone, vue: id === 'all' ? 'toutes' : undefined, ...views[id as View] }, { push: true })
  }
  const change = (changes: Record<string, string | undefined>) =>
    setSearch({ ...params, vue: 'toutes', ...changes })
  const chosen = (state: Row['state']) => rows.filter((o) => selection.has(o.id) && o.state === state)
  const advance = async (to: 'accepted' | 'in_progress', orders: Row[]) => {
    try {
      const { done, refused } = await call(advanceOrders, {
        body: { to, orders: orders.slice(0, 100).map((o) => ({ agencyId: o.agency.id, id: o.id })) },
      })
      await refresh(listOrderQueue, countOrderQueue, getQueueOrder)
      clear()
      notify(t(`order_fulfilment.done.${to}`, { n: done, refused: refused.length }))
    } catch (error) {
      notifyError(error)
    }
  }
  const open = useCallback(
    (o: Row) => void navigate({ to: paths.operatorOrder(o.agency.id, o.id) }),
    [navigate],
  )
  const columns = useMemo<GridColumn<Row>[]>(
    () => [
      {
        id: 'order',
        header: t('orders.column.order'),
        cell: (o) => (
          <IdentityCell
            icon={<Tile name={o.agency.name} id={o.agency.id} />}
            name={o.title}
            detail={`${o.agency.name} · ${t('orders.number', { n: format.number(o.number) })}${o.lineCount > 1 ? ` ${t('orders.more', { n: o.lineCount - 1 })}` : ''}`}
            after={
              o.unread > 0 ? (
                <span className="order-unread" title={t('orders.unread', { n: o.unread })}>
                  <IconMessage size={13} aria-hidden="true" />
                  {o.unread}
                </span>
              ) : null
            }
          />
        ),
      },
      {
        id: 'state',
        header: t('orders.column.state'),
        width: 170,
        cell: (o) => <OrderState state={o.state} contested={o.contested} />,
      },
      {
        id: 'site',
        header: t('order_fulfilment.sites'),
        width: 140,
        cell: (o) => <span className="ellipsis ink-2">{o.sites.join(', ') || '—'}</span>,
      },
      {
        id: 'supplier',
        header: t('order_fulfilment.supplier'),
        width: 110,
        cell: (o) => <span className="ellipsis ink-2">{o.suppliers.join(', ') || '—'}</span>,
      },
      {
        id: 'units',
        header: t('orders.column.units'),
        width: 84,
        align: 'end',
        cell: (o) => (
          <span className="figures ink-2">{t('orders.units', { done: o.deliveredUnits, n: o.units })}</span>
        ),
      },
      {
        id: 'cost',
        header: t('order_fulfilment.cost'),
        width: 110,
        align: 'end',
        cell: (o) => <MoneyText value={o.cost} />,
      },
      {
        id: 'due',
        header: t('orders.column.due'),
        width: 130,
        sort: 'dueOn',
        cell: (o) => <DueDate dueOn={o.dueOn} late={o.late} />,
      },
      {
        id: 'placed',
        header: t('orders.column.placed'),
        width: 144,
        sort: 'placedAt',
        cell: (o) => <RelativeDate value={o.placedAt} />,
      },
    ],
    [t, format],
  )
  const toAccept = chosen('placed')
  const toStart = chosen('accepted')
  return (
    <>
      <PageHead title={t('order_fulfilment.title')} count={list.total} />
      <ViewTabs
        label={t('orders.views')}
        current={tab ?? 'all'}
        onChange={show}
        tabs={[
          { id: 'placed', label: t('order_fulfilment.view.placed'), count: counts?.placed, warn: true },
          {
            id: 'work',
            label: t('order_fulfilment.view.work'),
            count: counts && counts.accepted + counts.inProgress,
          },
          { id: 'late', label: t('orders.view.late'), count: counts?.late, warn: true },
          {
            id: 'contested',
            label: t('order_fulfilment.view.contested'),
            count: counts?.contested,
            warn: true,
          },
          { id: 'unread', label: t('orders.view.unread'), count: counts?.unread },
          { id: 'all', label: t('orders.view.all') },
        ]}
      />
      <Toolbar
        end={
          <SortMenu
            value={sort}
            onChange={(value) => setSearch({ sort: value === 'placedAt' ? undefined : value })}
            options={(['placedAt', '-placedAt', 'dueOn'] as const).map((value) => ({
              value,
              label: t(`orders.sort.${value}`),
            }))}
          />
        }
      >
        <SearchField
          label={t('orders.search')}
          hint={t('order_fulfilment.searchHint')}
          value={params['q'] ?? ''}
          onChange={(q) => change({ q: q || undefined })}
        />
        <FilterChip
          name={t('orders.column.state')}
          options={orderStateNames.map((s) => ({ value: s, label: t(`orders.state.${s}`) }))}
          value={splitList(params['state'] ?? '')}
          onChange={(picked) => change({ state: joinList(picked) || undefined })}
        />
      </Toolbar>
      {list.error && rows.length === 0 ? (
        <ErrorState error={list.error} what={t('orders.unreadable')} retry={() => void list.refetch()} />
      ) : (
        <DataGrid
          {...list.grid}
          rows={rows}
          label={t('order_fulfilment.title')}
          columns={columns}
          rowId={(o) => o.id}
          rowName={(o) => t('orders.named', { n: o.number, client: o.agency.name })}
          onOpen={open}
          selection={selection}
          sort={sort}
          onSort={(value) => setSearch({ sort: value })}
          renderCard={(o) => (
            <RowCard
              icon={<Tile name={o.agency.name} id={o.agency.id} />}
              title={<Link to={paths.operatorOrder(o.agency.id, o.id)}>{o.title}</Link>}
              badge={<OrderState state={o.state} contested={o.contested} />}
              start={<span className="ink-2">{o.agency.name}</span>}
              end={<MoneyText value={o.cost} />}
            />
          )}
          empty={
            bare || tab ? (
              <Empty icon={<IconInbox size={28} stroke={1.5} />} title={t('order_fulfilment.empty')}>
                {t('order_fulfilment.emptyText')}
              </Empty>
            ) : (
              <NoMatch title={t('orders.noMatch')} onClear={() => show('all')} />
            )
          }
        />
      )}
      <GridFoot hints={[{ key: 'X', label: t('clients.hint.select') }]}>
        {list.total === undefined ? null : (
          <span className="figures">
            {t('orders.count', { count: list.total, n: format.number(list.total) })}
          </span>
        )}
      </GridFoot>
      <BulkBar selection={selection} matching={rows.length}>
        <BulkAction
          icon={<IconCheck size={16} />}
          disabled={toAccept.length === 0}
          onClick={() => void advance('accepted', toAccept)}
        >
          {t('order_fulfilment.acceptN', { n: toAccept.length })}
        </BulkAction>
        <BulkAction
          icon={<IconPlayerPlay size={16} />}
          disabled={toStart.length === 0}
          onClick={() => void advance('in_progress', toStart)}
        >
          {t('order_fulfilment.startN', { n: toStart.length })}
        </BulkAction>
      </BulkBar>
    </>
  )
}
