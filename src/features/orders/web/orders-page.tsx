import { Button } from '@mantine/core'
import { IconCheck, IconPlus } from '@tabler/icons-react'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { BulkAction } from '../../../web/kit/bulk-action.tsx'
import { BulkBar } from '../../../web/kit/bulk-bar.tsx'
import { useCountText } from '../../../web/kit/count.ts'
import { GridFoot } from '../../../web/kit/grid-foot.tsx'
import { lazyDialog } from '../../../web/kit/lazy-dialog.tsx'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { PageHead } from '../../../web/kit/page-head.tsx'
import { useSelection } from '../../../web/kit/selection.ts'
import { SortMenu } from '../../../web/kit/sort-menu.tsx'
import { SearchField, Toolbar } from '../../../web/kit/toolbar.tsx'
import { useRight } from '../../../web/me.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { useSearchState } from '../../../web/search-state.ts'
import { useCountedList } from '../../../web/use-list.ts'
import { useViewList, type ViewList } from '../../saved-views/web/view-list.ts'
import { ViewTabsRow } from '../../saved-views/web/view-tabs-row.tsx'
import { approveOrders, countOrders, listOrders, orderFilters, orderSorts } from '../contract.ts'
import { OrderFilters } from './order-filters.tsx'
import { OrderGrid } from './order-grid.tsx'
import { menuSorts, type Row } from './order-words.tsx'
import { refreshOrders, useLiveOrders } from './use-order.ts'

const ChooseClientDialog = lazyDialog(() =>
  import('../../carts/web/choose-client-dialog.tsx').then((m) => m.ChooseClientDialog),
)

/** The list of orders, for its views. */
const orderViewList: ViewList = {
  page: 'orders',
  filters: Object.keys(orderFilters),
  others: ['sort'],
  builtIn: [
    { id: 'all', query: {} },
    { id: 'toApprove', query: { state: 'delivered' } },
    { id: 'open', query: { state: 'placed,accepted,in_progress' } },
    { id: 'late', query: { late: 'true' } },
    { id: 'unread', query: { unread: 'true' } },
  ],
}

/** Orders of the clients in sight (C15, C18, C20): views, filters, search, bulk approval. */
export function OrdersPage() {
  const t = useT()
  const countText = useCountText()
  const [search, setSearch] = useSearchState()
  const state = useViewList(orderViewList)
  const { filter, change } = state
  const sort = orderSorts.find((s) => s === state.params['sort']) ?? '-placedAt'
  const list = useCountedList(listOrders, { query: { ...filter, sort } } as never)
  const { data: counts } = useEndpoint(countOrders)
  const mayPlace = useRight('orders.place')
  const mayApprove = useRight('orders.approve')
  const team = useRight('clients.internals')
  const selection = useSelection(filter)
  useLiveOrders()
  const { clear } = selection
  const rows = list.rows as Row[]
  const chosen = rows.filter((o) => selection.has(o.id) && o.state === 'delivered')
  const approve = async () => {
    try {
      const { approved, refused } = await call(approveOrders, {
        body: { ids: chosen.slice(0, 100).map((o) => o.id) },
      })
      await refreshOrders()
      clear()
      notify(t('orders.approved', { n: approved, refused: refused.length }))
    } catch (error) {
      notifyError(error)
    }
  }
  const create = () => setSearch({ nouvelle: '1' }, { push: true })
  const newButton = mayPlace ? (
    <Button leftSection={<IconPlus size={15} />} onClick={create}>
      {t('orders.new')}
    </Button>
  ) : null
  const open = counts ? counts.states.placed + counts.states.accepted + counts.states.in_progress : undefined
  return (
    <>
      <PageHead title={t('orders.title')} count={list.total} actions={newButton} />
      <ViewTabsRow
        label={t('orders.views')}
        list={state}
        builtIn={[
          { id: 'all', label: t('orders.view.all') },
          { id: 'toApprove', label: t('orders.view.toApprove'), count: counts?.states.delivered, warn: true },
          { id: 'open', label: t('orders.view.open'), count: open },
          { id: 'late', label: t('orders.view.late'), count: counts?.late, warn: true },
          ...(team ? [{ id: 'unread', label: t('orders.view.unread'), count: counts?.unread }] : []),
        ]}
      />
      <Toolbar
        end={
          <SortMenu
            value={sort}
            onChange={(value) => change({ sort: value === '-placedAt' ? undefined : value })}
            options={menuSorts.map((value) => ({ value, label: t(`orders.sort.${value}`) }))}
          />
        }
      >
        <SearchField
          label={t('orders.search')}
          hint={t('orders.searchHint')}
          value={filter['q'] ?? ''}
          onChange={(q) => change({ q: q || undefined })}
        />
        <OrderFilters params={filter} onChange={change} />
      </Toolbar>
      <OrderGrid
        list={list as never}
        sort={sort}
        onSort={(value) => change({ sort: value === '-placedAt' ? undefined : value })}
        filtered={Object.keys(filter).length > 0}
        onClear={() => state.show('all')}
        action={newButton}
        {...(mayApprove && { selection })}
      />
      <GridFoot hints={mayApprove ? [{ key: 'X', label: t('clients.hint.select') }] : []}>
        {list.total === undefined ? null : (
          <span className="figures">
            {t('orders.count', { count: list.total, n: countText(list.total, 'long') })}
          </span>
        )}
      </GridFoot>
      <BulkBar selection={selection} matching={rows.length}>
        <BulkAction
          icon={<IconCheck size={16} />}
          disabled={chosen.length === 0}
          onClick={() => void approve()}
        >
          {t('orders.approveN', { n: chosen.length })}
        </BulkAction>
      </BulkBar>
      <ChooseClientDialog
        opened={search['nouvelle'] === '1' && mayPlace}
        onClose={() => setSearch({ nouvelle: undefined })}
      />
    </>
  )
}
