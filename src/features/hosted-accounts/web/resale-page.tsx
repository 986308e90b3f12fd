import { useCallback, useMemo } from 'react'
import { ActionIcon, Button, Select, Tooltip } from '@mantine/core'
import { IconDownload, IconPlus } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { endpointUrl } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ColumnMenu } from '../../../web/kit/column-menu.tsx'
import { useCountText } from '../../../web/kit/count.ts'
import { DataGrid } from '../../../web/kit/data-grid.tsx'
import { NoMatch } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { PageHead } from '../../../web/kit/page-head.tsx'
import { PageSkeleton } from '../../../web/kit/skeletons.tsx'
import { SortMenu } from '../../../web/kit/sort-menu.tsx'
import { SearchField, Toolbar } from '../../../web/kit/toolbar.tsx'
import { useLive } from '../../../web/live.ts'
import { paths } from '../../../web/paths.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { useList } from '../../../web/use-list.ts'
import { OpeningNotices } from '../../account-openings/web/opening-notices.tsx'
import { useViewList, type ViewList } from '../../saved-views/web/view-list.ts'
import { ViewTabsRow } from '../../saved-views/web/view-tabs-row.tsx'
import {
  accountFilterShape,
  accountSorts,
  exportHostedAccounts,
  getResaleSummary,
  listHostedAccounts,
  planTypes,
  statusFilters,
  type AccountRow,
} from '../contract.ts'
import { AccountCard } from './account-card.tsx'
import { refreshAccounts } from './account-acts.tsx'
import { DiscountPanel } from './discount-panel.tsx'
import { useEnterAccount } from '../../account-access/web/enter-account.tsx'
import { RenewalCalendar } from './renewal-calendar.tsx'
import { useResaleColumnChoice, useResaleColumns } from './resale-columns.tsx'
import { ResaleEmpty } from './resale-empty.tsx'
import { ResaleFigures } from './resale-figures.tsx'
import { ResaleSide } from './resale-side.tsx'
import { useRowMenu } from './row-menu.tsx'
import './resale.css'

/** The list's built-in views: what runs (B5), trials, what expired (B58). */
const builtInViews = [
  { id: 'running', query: {} },
  { id: 'trials', query: { type: 'trial' } },
  { id: 'annual', query: { type: 'year' } },
  { id: 'expired', query: { status: 'expired' } },
] as const
const resaleViews: ViewList = {
  page: 'hosted_accounts',
  filters: Object.keys(accountFilterShape),
  builtIn: builtInViews as unknown as ViewList['builtIn'],
}

/** What stands above the list. */
export type ResaleSummary = AnswerOf<typeof getResaleSummary>

/** Revente (B1 to B16): discount, what renews, the hosted accounts, and what can be done with them. */
export function ResalePage() {
  const t = useT()
  const { data: summary, error, refetch } = useEndpoint(getResaleSummary)
  useLive((event) => {
    if (['hosted_accounts', 'opening', 'reconnected'].includes(event.kind)) void refreshAccounts()
  })
  return (
    <>
      <PageHead
        title={t('resale.title')}
        count={summary?.total}
        actions={
          <Button
            leftSection={<IconPlus size={15} aria-hidden="true" />}
            renderRoot={(root) => <Link to={paths.newHostedAccount} {...root} />}
          >
            {t('resale.add')}
          </Button>
        }
      />
      {summary ? (
        <Content summary={summary} />
      ) : error ? (
        <ErrorState error={error} what={t('resale.unreadable')} retry={() => void refetch()} />
      ) : (
        <PageSkeleton />
      )}
    </>
  )
}

function Content({ summary }: { summary: ResaleSummary }) {
  return (
    <div className="resale">
      {/* Scrolls by itself: the keyboard must be able to enter it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must answer the arrow keys */}
      <div className="scrolls resale-main" tabIndex={0}>
        <OpeningNotices />
        {summary.total === 0 ? <ResaleEmpty /> : <Accounts summary={summary} />}
      </div>
      <ResaleSide summary={summary} />
    </div>
  )
}

function Accounts({ summary }: { summary: ResaleSummary }) {
  const t = useT()
  const navigate = useNavigate()
  const countText = useCountText()
  const list = useViewList(resaleViews)
  const { params, filter } = list
  const query = { ...filter, ...(params['sort'] && { sort: params['sort'] }) }
  const read = useList(listHostedAccounts, { query: { ...query, total: 'true' } } as never)
  const rows = read.rows as AccountRow[]
  const total = read.total
  const today = summary.renewals[0]?.day ?? ''
  const { open: openMenu, menu } = useRowMenu()
  const { enter, dialog } = useEnterAccount()
  const rowActs = useMemo(() => ({ enter, openMenu }), [enter, openMenu])
  const columns = useResaleColumns(today, rowActs)
  const { visibility, options, toParam } = useResaleColumnChoice(params['columns'])
  const open = useCallback((a: AccountRow) => void navigate({ to: paths.hostedAccount(a.id) }), [navigate])
  const sort = params['sort'] ?? 'name'
  const day =
    params['endsFrom'] !== undefined && params['endsFrom'] === params['endsTo']
      ? params['endsFrom']
      : undefined
  return (
    <>
      <div className="resale-panels">
        <DiscountPanel summary={summary} />
        <ResaleFigures summary={summary} onShow={list.change} />
        <RenewalCalendar
          summary={summary}
          day={day}
          onDay={(d) => list.change({ endsFrom: d, endsTo: d, sort: d ? 'endsOn' : params['sort'] })}
        />
      </div>
      <ViewTabsRow
        label={t('resale.views')}
        list={list}
        builtIn={builtInViews.map(({ id }) => ({
          id,
          label: t(`resale.view.${id}`),
          ...(id === 'expired' && { count: summary.byStatus['expired'] ?? 0 }),
          ...(id === 'trials' && { count: summary.trials.running }),
        }))}
      />
      <Toolbar
        end={
          <>
            <SortMenu
              options={accountSorts.flatMap((s) => [
                { value: s, label: t(`resale.sort.${s}`) },
                { value: `-${s}`, label: t(`resale.sort.-${s}`) },
              ])}
              value={sort}
              onChange={(value) => list.change({ sort: value === 'name' ? undefined : value })}
            />
            <ColumnMenu
              columns={options}
              visibility={visibility}
              onChange={(v) => list.change({ columns: toParam(v) })}
            />
            <Tooltip label={t('resale.export')}>
              <ActionIcon
                className="phone-hidden"
                variant="subtle"
                color="gray"
                aria-label={t('resale.export')}
                component="a"
                href={endpointUrl(exportHostedAccounts, { query })}
                download
              >
                <IconDownload size={17} />
              </ActionIcon>
            </Tooltip>
          </>
        }
      >
        <SearchField
          label={t('resale.search')}
          hint={t('resale.searchHint')}
          value={params['q'] ?? ''}
          onChange={(q) => list.change({ q: q || undefined })}
        />
        <Select
          w={164}
          aria-label={t('resale.filter.type')}
          allowDeselect={false}
          data={[
            { value: 'all', label: t('resale.type.all') },
            ...planTypes.map((value) => ({ value, label: t(`resale.type.${value}`) })),
          ]}
          value={params['type'] ?? 'all'}
          onChange={(value) => list.change({ type: value === 'all' ? undefined : (value ?? undefined) })}
        />
        <Select
          w={150}
          aria-label={t('resale.filter.status')}
          allowDeselect={false}
          maxDropdownHeight={400}
          data={statusFilters
            .filter((value) => value !== 'trial')
            .map((value) => ({ value, label: t(`resale.status.${value}`) }))}
          value={params['status'] ?? 'running'}
          onChange={(value) =>
            list.change({ status: value === 'running' ? undefined : (value ?? undefined) })
          }
        />
        {total === undefined ? null : (
          <span className="meta figures" aria-live="polite">
            {t('resale.count', { count: total, n: countText(total, 'long') })}
          </span>
        )}
      </Toolbar>
      {read.error && rows.length === 0 ? (
        <ErrorState error={read.error} what={t('resale.unreadable')} retry={() => void read.refetch()} />
      ) : (
        <DataGrid
          {...read.grid}
          flows
          rows={rows}
          total={total}
          label={t('resale.accounts')}
          columns={columns}
          visibility={visibility}
          rowId={rowId}
          rowName={rowName}
          onOpen={open}
          sort={sort}
          onSort={(value) => list.change({ sort: value === 'name' ? undefined : value })}
          renderCard={(a) => <AccountCard account={a} today={today} />}
          empty={<NoMatch title={t('resale.noMatch')} onClear={() => list.show('running')} />}
        />
      )}
      {menu}
      {dialog}
    </>
  )
}

const rowId = (a: AccountRow) => a.id
const rowName = (a: AccountRow) => a.name
