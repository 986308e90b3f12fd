import { useCallback, useMemo, useState } from 'react'
import { keepPreviousData } from '@tanstack/react-query'
import { Navigate, useNavigate } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { countLimit, useCountText } from '../../../web/kit/count.ts'
import type { RowKey } from '../../../web/kit/data-grid-type.ts'
import { DataGrid } from '../../../web/kit/data-grid.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { GridFoot } from '../../../web/kit/grid-foot.tsx'
import { ListControls } from '../../../web/kit/list-controls.tsx'
import { lazyDialog } from '../../../web/kit/lazy-dialog.tsx'
import { useSelection } from '../../../web/kit/selection.ts'
import { SearchField, Toolbar } from '../../../web/kit/toolbar.tsx'
import { useRight } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { useSearchState } from '../../../web/search-state.ts'
import { useCountedList } from '../../../web/use-list.ts'
import { useViewList } from '../../saved-views/web/view-list.ts'
import { countClientViews, listClients, type ClientRow } from '../contract.ts'
import { AssignDialog } from './assign-dialog.tsx'
import type { ClientCounts } from './client-counts.ts'
import { ClientBulkBar } from './client-bulk-bar.tsx'
import { ClientCard } from './client-card.tsx'
import { useClientColumns, useColumnVisibility } from './client-columns.tsx'
import { ClientFilters } from './client-filters.tsx'
import { ClientJobs } from './client-jobs.tsx'
import { ClientRowActions } from './client-row-actions.tsx'
import { ClientsEmpty } from './clients-empty.tsx'
import { ClientsHead } from './clients-head.tsx'
import { useRemember, useRemembered } from './remember.ts'
import { useSeers } from './seen-by.tsx'
import { UnassignedNotice } from './unassigned-notice.tsx'
import { useBulkActs } from './use-bulk-acts.ts'
import { clientViewList } from './list-params.ts'
import { useLiveClients } from './use-live-clients.ts'
import { useStartedJobs } from './use-started-jobs.ts'
import { ClientViewTabs } from './client-view-tabs.tsx'
import './clients.css'

const NewClientDialog = lazyDialog(() =>
  import('../../client-record/web/new-client-dialog.tsx').then((m) => m.NewClientDialog),
)

const sorts = [
  'name',
  '-createdAt',
  '-lastActivityAt',
  'lastActivityAt',
  '-monthlyBudget',
  'monthlyBudget',
] as const

/** The agency's clients, as many as there are: search, filters, views, bulk acts (A2, A17, A21 to A23, C14). */
export function ClientsPage() {
  const t = useT()
  const countText = useCountText()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchState()
  const list = useViewList(clientViewList)
  const { params, filter } = list
  const searching = Boolean(params['q'])
  const query = { ...filter, ...(params['sort'] && { sort: params['sort'] }) }
  const read = useCountedList(listClients, { query } as never)
  const rows = read.rows as ClientRow[]
  const { total } = read
  const { data: counts } = useEndpoint(
    countClientViews,
    {},
    { placeholderData: keepPreviousData, ...useRemembered<ClientCounts>('counts') },
  )
  useRemember('counts', counts)
  const may = { assign: useRight('clients.assign'), create: useRight('clients.create') }
  // Boxes are for those who may do something with what they tick.
  const canSelect = [
    useRight('clients.edit'),
    useRight('clients.archive'),
    useRight('clients.export'),
    may.assign,
  ].includes(true)

  const selection = useSelection(query)
  const [panel, setPanel] = useState<'assign' | 'tag'>()
  const [assigning, setAssigning] = useState<ClientRow>()
  const { jobs, add: onJob, close: onJobClose } = useStartedJobs()
  const acts = useBulkActs(onJob)
  useLiveClients()

  const open = useCallback((c: ClientRow) => void navigate({ to: paths.client(c.id) }), [navigate])
  const assign = useCallback((c: ClientRow) => setAssigning(c), [setAssigning])
  const seers = useSeers(filter['unassigned'] === 'true')
  const columns = useClientColumns(assign, seers)
  const shown = useColumnVisibility(params['columns'])
  const { setStatus } = acts
  const rowActions = useCallback(
    (c: ClientRow) => (
      <ClientRowActions
        client={c}
        onAssign={assign}
        onArchive={() => void setStatus({ ids: [c.id] }, c.status === 'archived' ? 'active' : 'archived')}
      />
    ),
    [assign, setStatus],
  )
  const create = useCallback(() => setSearch({ nouveau: '1' }, { push: true }), [setSearch])
  const rowKeys = useMemo((): Record<string, RowKey<ClientRow>> => {
    if (!may.assign) return {}
    const selected = selection.value.kind === 'matching' || selection.ids.length > 0
    return {
      a: { label: t('clients.act.assign'), run: (c) => (selected ? setPanel('assign') : setAssigning(c)) },
    }
  }, [may.assign, t, selection, setPanel, setAssigning])
  if (search['importer'] === '1') return <Navigate to={paths.importRun('nouveau')} replace />
  const sortNames = [
    ...(searching ? [{ value: 'relevance', label: t('clients.sort.relevance') }] : []),
    ...sorts.map((value) => ({ value, label: t(`clients.sort.${value}`) })),
  ]
  const sort = params['sort'] ?? (searching ? 'relevance' : 'name')
  return (
    <>
      <ClientsHead count={counts?.all} filter={filter} sort={params['sort']} onJob={onJob} onNew={create} />
      <UnassignedNotice
        shown={filter['unassigned'] === 'true'}
        onShow={() => list.show('unassigned')}
        onAssignAll={() => {
          selection.selectMatching()
          setPanel('assign')
        }}
      />
      <ClientJobs started={jobs} onJob={onJob} onClose={onJobClose} />
      <ClientViewTabs list={list} counts={counts} />
      <Toolbar
        end={
          <ListControls
            sorts={sortNames}
            sort={sort}
            firstSort={searching ? 'relevance' : 'name'}
            compact={params['compact'] === '1'}
            columns={shown}
            onChange={list.change}
          />
        }
      >
        <SearchField
          label={t('clients.search')}
          hint={t('clients.searchHint')}
          value={params['q'] ?? ''}
          onChange={(q) => list.change({ q: q || undefined })}
        />
        <ClientFilters
          params={params}
          currency={rows.find((c) => c.monthlyBudget)?.monthlyBudget?.currency ?? 'EUR'}
          onChange={list.change}
        />
      </Toolbar>
      {read.error && rows.length === 0 ? (
        <ErrorState error={read.error} what={t('clients.unreadable')} retry={() => void read.refetch()} />
      ) : (
        <DataGrid
          {...read.grid}
          rows={rows}
          total={total}
          label={t('clients.title')}
          columns={columns}
          visibility={shown.visibility}
          compact={params['compact'] === '1'}
          rowId={rowId}
          rowName={rowName}
          onOpen={open}
          sort={sort}
          onSort={(value) => list.change({ sort: value === 'name' && !searching ? undefined : value })}
          {...(canSelect && { selection })}
          rowKeys={rowKeys}
          rowActions={rowActions}
          renderCard={(c) => <ClientCard client={c} onAssign={assign} />}
          empty={<ClientsEmpty list={list} canCreate={may.create} onCreate={create} />}
        />
      )}
      <GridFoot
        hints={[
          ...(canSelect ? [{ key: 'X', label: t('clients.hint.select') }] : []),
          ...(may.assign ? [{ key: 'A', label: t('clients.hint.assign') }] : []),
        ]}
      >
        {total === undefined ? null : (
          <span className="figures">{t('clients.count', { count: total, n: countText(total, 'long') })}</span>
        )}
      </GridFoot>
      <ClientBulkBar
        selection={selection}
        matching={total ?? (read.grid.hasMore ? countLimit + 1 : rows.length)}
        filter={filter}
        sort={params['sort']}
        acts={acts}
        onJob={onJob}
        panel={panel}
        onPanel={setPanel}
      />
      <AssignDialog
        client={assigning}
        onClose={() => setAssigning(undefined)}
        onAssign={(c, change) => acts.assign({ ids: [c.id] }, change)}
      />
      <NewClientDialog
        opened={search['nouveau'] === '1' && may.create}
        onClose={() => setSearch({ nouveau: undefined })}
        {...(searching && rows.length === 0 && { name: params['q'] ?? '' })}
      />
    </>
  )
}

const rowId = (c: ClientRow) => c.id
const rowName = (c: ClientRow) => c.name
