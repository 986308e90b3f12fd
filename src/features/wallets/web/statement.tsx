import { useMemo } from 'react'
import { Button } from '@mantine/core'
import { IconArrowDownLeft, IconArrowUpRight, IconDownload, IconReceipt } from '@tabler/icons-react'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { endpointUrl } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { DataGrid } from '../../../web/kit/data-grid.tsx'
import type { GridColumn } from '../../../web/kit/data-grid-type.ts'
import { DateRange } from '../../../web/kit/date-range.tsx'
import { Empty, NoMatch } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { FilterBuilder } from '../../../web/kit/filter-builder.tsx'
import { KeyFigure, KeyFigures } from '../../../web/kit/key-figure.tsx'
import { RowCard } from '../../../web/kit/row-card.tsx'
import { RelativeDate } from '../../../web/kit/texts.tsx'
import { Toolbar } from '../../../web/kit/toolbar.tsx'
import { useLive } from '../../../web/live.ts'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { useSearchState } from '../../../web/search-state.ts'
import { useList } from '../../../web/use-list.ts'
import { exportEntries, getWallet, listEntries } from '../contract.ts'
import { useAmountText } from './amount.ts'
import './statement.css'

type Entry = AnswerOf<typeof listEntries>['data'][number]

const noFilters = { du: undefined, au: undefined, motif: undefined, sens: undefined }

/**
 * The statement of a wallet, for a page or a tab: what is there, what is held, every entry with the balance
 * after it, filters kept in the address, and the file. `wallet` is its public id; `bare` where the page says what
 * is there itself.
 */
export function Statement({ wallet: id, bare }: { wallet: string; bare?: boolean }) {
  const t = useT()
  const amount = useAmountText()
  const [search, setSearch] = useSearchState()
  const params = { id }
  const { data: wallet } = useEndpoint(getWallet, { params })
  const query = useMemo(() => queryOf(search), [search])
  const list = useList(listEntries, { params, query } as never)
  const rows = list.rows as Entry[]
  useLive((event) => {
    if (event.kind === 'budgets' || event.kind === 'reconnected') void refresh(getWallet, listEntries)
  })
  const columns = useColumns()
  return (
    <div className="statement">
      {wallet && !bare ? (
        <KeyFigures>
          <KeyFigure label={t('wallet.available')} value={amount(wallet.available)} />
          <KeyFigure label={t('wallet.held')} value={amount(wallet.held)} />
          <KeyFigure label={t('wallet.balance')} value={amount(wallet.balance)} />
        </KeyFigures>
      ) : null}
      <Toolbar
        end={
          <Button
            component="a"
            variant="default"
            leftSection={<IconDownload size={15} />}
            href={endpointUrl(exportEntries, { params, query })}
          >
            {t('wallet.export')}
          </Button>
        }
      >
        <FilterBuilder
          fields={[
            {
              id: 'motif',
              name: t('wallet.column.reason'),
              single: true,
              pinned: true,
              options: (wallet?.reasons ?? []).map((r) => ({ value: r.reason, label: r.label })),
            },
            {
              id: 'sens',
              name: t('wallet.direction'),
              single: true,
              pinned: true,
              options: [
                { value: 'in', label: t('wallet.in') },
                { value: 'out', label: t('wallet.out') },
              ],
            },
          ]}
          values={{
            motif: search['motif'] ? [search['motif']] : [],
            sens: search['sens'] ? [search['sens']] : [],
          }}
          onChange={(field, values) => setSearch({ [field]: values[0] })}
        />
        <DateRange
          from={search['du']}
          to={search['au']}
          onChange={(end, day) => setSearch({ [end === 'from' ? 'du' : 'au']: day })}
        />
      </Toolbar>
      {list.error && rows.length === 0 ? (
        <ErrorState error={list.error} what={t('wallet.unreadable')} retry={() => void list.refetch()} />
      ) : (
        <DataGrid
          {...list.grid}
          rows={rows}
          label={t('wallet.statement')}
          columns={columns}
          rowId={(e) => String(e.number)}
          rowName={(e) => e.label}
          renderCard={(e) => (
            <RowCard
              icon={<Direction entry={e} />}
              title={e.label}
              badge={<Amount entry={e} />}
              start={e.other?.name ?? e.note ?? ''}
              end={<RelativeDate value={e.occurredAt} />}
            />
          )}
          empty={
            Object.keys(query).length > 0 ? (
              <NoMatch title={t('wallet.noMatch')} onClear={() => setSearch(noFilters)} />
            ) : (
              <Empty icon={<IconReceipt size={28} stroke={1.5} />} title={t('wallet.empty')}>
                {t('wallet.emptyText')}
              </Empty>
            )
          }
        />
      )}
    </div>
  )
}

function useColumns(): GridColumn<Entry>[] {
  const t = useT()
  const amount = useAmountText()
  return useMemo(
    () => [
      {
        id: 'reason',
        header: t('wallet.column.reason'),
        cell: (e) => (
          <span className="statement-reason">
            <Direction entry={e} />
            <span>
              {e.label}
              {e.note ? <span className="ink-3"> · {e.note}</span> : null}
            </span>
          </span>
        ),
      },
      {
        id: 'other',
        header: t('wallet.column.other'),
        width: 220,
        cell: (e) => <span className="ink-2">{e.other?.name ?? '—'}</span>,
      },
      {
        id: 'by',
        header: t('wallet.column.by'),
        width: 180,
        cell: (e) => (
          <span className="ink-2">
            {e.by ? (e.by.via ? t('wallet.via', { name: e.by.name, via: e.by.via }) : e.by.name) : '—'}
          </span>
        ),
      },
      {
        id: 'date',
        header: t('wallet.column.date'),
        width: 140,
        cell: (e) => <RelativeDate value={e.occurredAt} />,
      },
      {
        id: 'amount',
        header: t('wallet.column.amount'),
        width: 140,
        align: 'end',
        cell: (e) => <Amount entry={e} />,
      },
      {
        id: 'balance',
        header: t('wallet.column.balance'),
        width: 140,
        align: 'end',
        cell: (e) => <span className="figures ink-2">{amount(e.balanceAfter)}</span>,
      },
    ],
    [t, amount],
  )
}

function Amount({ entry }: { entry: Entry }) {
  const amount = useAmountText()
  return (
    <span className="figures statement-amount" data-in={entry.amount.amount > 0 || undefined}>
      {amount(entry.amount, true)}
    </span>
  )
}

function Direction({ entry }: { entry: Entry }) {
  const Icon = entry.amount.amount > 0 ? IconArrowDownLeft : IconArrowUpRight
  return <Icon size={16} stroke={1.7} className="statement-direction" aria-hidden="true" />
}

function queryOf(search: Record<string, string>): Record<string, string> {
  const given = { from: search['du'], to: search['au'], reason: search['motif'], direction: search['sens'] }
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => Boolean(entry[1])),
  )
}
