import { useMemo } from 'react'
import { Button, Drawer, Menu } from '@mantine/core'
import { IconDownload, IconFileInvoice } from '@tabler/icons-react'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { endpointUrl } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { DataGrid } from '../../../web/kit/data-grid.tsx'
import type { GridColumn } from '../../../web/kit/data-grid-type.ts'
import { Empty, NoMatch } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { FilterBuilder } from '../../../web/kit/filter-builder.tsx'
import { PageHead } from '../../../web/kit/page-head.tsx'
import { IdentityCell, RowCard } from '../../../web/kit/row-card.tsx'
import { DateText } from '../../../web/kit/texts.tsx'
import { SearchField, Toolbar } from '../../../web/kit/toolbar.tsx'
import { useEndpoint } from '../../../web/queries.ts'
import { useListParam, useSearchState } from '../../../web/search-state.ts'
import { useList } from '../../../web/use-list.ts'
import { documentKinds, downloadInvoiceYear, listInvoices, listInvoiceYears } from '../contract.ts'
import { InvoiceDetails } from './invoice-details.tsx'
import { InvoiceStatus } from './invoice-status.tsx'
import './invoices.css'

type Row = AnswerOf<typeof listInvoices>['data'][number]

/** Every invoice and credit note of the agency; a client member's own. */
export function InvoiceHistoryPage() {
  const t = useT()
  const format = useFormat()
  const [search, setSearch] = useSearchState()
  const kinds = useListParam(search, 'nature')
  const { data: years } = useEndpoint(listInvoiceYears)
  const query = useMemo(
    () =>
      present({
        q: search['q'],
        kind: search['nature'],
        year: search['annee'],
        status: search['etat'],
        clientId: search['client'],
      }),
    [search],
  )
  const filtered = Object.keys(query).length > 0
  const list = useList(listInvoices, { query: { ...query, total: 'true' } } as never)
  const rows = list.rows as Row[]
  const columns = useColumns()
  const clear = () =>
    setSearch({ q: undefined, nature: undefined, annee: undefined, etat: undefined, client: undefined })
  return (
    <>
      <PageHead
        title={t('invoices.title')}
        subtitle={t('invoices.lead')}
        actions={years && years.data.length > 0 ? <YearMenu years={years.data} /> : undefined}
      />
      <Toolbar>
        <SearchField
          label={t('invoices.search')}
          hint={t('invoices.searchHint')}
          value={search['q'] ?? ''}
          onChange={(q) => setSearch({ q })}
        />
        <FilterBuilder
          fields={[
            {
              id: 'annee',
              name: t('invoices.year'),
              single: true,
              pinned: true,
              options: (years?.data ?? []).map((y) => ({ value: String(y.year), label: String(y.year) })),
            },
            {
              id: 'nature',
              name: t('invoices.kind'),
              pinned: true,
              options: documentKinds.map((kind) => ({ value: kind, label: t(`invoices.kind.${kind}`) })),
            },
            {
              id: 'etat',
              name: t('invoices.state'),
              single: true,
              pinned: true,
              options: [
                { value: 'paid', label: t('invoices.state.paid') },
                { value: 'due', label: t('invoices.state.due') },
              ],
            },
          ]}
          values={{
            annee: search['annee'] ? [search['annee']] : [],
            nature: kinds,
            etat: search['etat'] ? [search['etat']] : [],
          }}
          onChange={(field, values) => setSearch({ [field]: values.join(',') || undefined })}
        />
      </Toolbar>
      {list.error ? (
        <ErrorState error={list.error} what={t('invoices.title')} retry={() => void list.refetch()} />
      ) : (
        <DataGrid
          {...list.grid}
          rows={rows}
          label={t('invoices.title')}
          columns={columns}
          rowId={(r) => r.id}
          rowName={(r) => r.number}
          onOpen={(r) => setSearch({ facture: r.id }, { push: true })}
          renderCard={(r) => (
            <RowCard
              icon={<IconFileInvoice size={18} aria-hidden="true" />}
              title={
                <button
                  type="button"
                  className="text-link"
                  onClick={() => setSearch({ facture: r.id }, { push: true })}
                >
                  {r.number}
                </button>
              }
              badge={<InvoiceStatus document={r} />}
              start={<DateText value={r.issuedOn} />}
              end={format.money(signed(r))}
            />
          )}
          empty={
            filtered ? (
              <NoMatch title={t('invoices.noMatch')} onClear={clear} />
            ) : (
              <Empty icon={<IconFileInvoice size={28} stroke={1.5} />} title={t('invoices.empty')}>
                {t('invoices.emptyLead')}
              </Empty>
            )
          }
        />
      )}
      <Drawer
        opened={search['facture'] !== undefined}
        onClose={() => setSearch({ facture: undefined })}
        position="right"
        size={520}
        title={t('invoices.details')}
      >
        {search['facture'] ? (
          <InvoiceDetails id={search['facture']} onOpen={(id) => setSearch({ facture: id })} />
        ) : null}
      </Drawer>
    </>
  )
}

function useColumns(): GridColumn<Row>[] {
  const t = useT()
  const format = useFormat()
  return useMemo<GridColumn<Row>[]>(
    () => [
      {
        id: 'number',
        header: t('invoices.number'),
        cell: (r) => (
          <IdentityCell
            icon={<IconFileInvoice size={18} className="ink-3" aria-hidden="true" />}
            name={r.number}
            detail={r.about}
          />
        ),
      },
      { id: 'kind', header: t('invoices.kind'), width: 150, cell: (r) => t(`invoices.kind.${r.kind}`) },
      { id: 'payer', header: t('invoices.payer'), width: 200, cell: (r) => r.payer.name },
      {
        id: 'issued',
        header: t('invoices.issuedOn'),
        width: 130,
        cell: (r) => <DateText value={r.issuedOn} />,
      },
      { id: 'state', header: t('invoices.state'), width: 130, cell: (r) => <InvoiceStatus document={r} /> },
      {
        id: 'net',
        header: t('invoices.net'),
        width: 120,
        align: 'end',
        cell: (r) => (
          <span className="figures ink-2">
            {format.money({ ...r.net, amount: signed(r).amount < 0 ? -r.net.amount : r.net.amount })}
          </span>
        ),
      },
      {
        id: 'gross',
        header: t('invoices.gross'),
        width: 120,
        align: 'end',
        cell: (r) => <span className="figures">{format.money(signed(r))}</span>,
      },
    ],
    [t, format],
  )
}

/** What a document adds to the sum of a year: a credit note takes away. */
function signed(r: Row): { amount: number; currency: string } {
  return r.kind === 'credit_note' ? { ...r.gross, amount: -r.gross.amount } : r.gross
}

function YearMenu({ years }: { years: AnswerOf<typeof listInvoiceYears>['data'] }) {
  const t = useT()
  const format = useFormat()
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={15} />}>
          {t('invoices.downloadYear')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('invoices.downloadYearLabel')}</Menu.Label>
        {years.map((y) => (
          <Menu.Item
            key={y.year}
            component="a"
            href={endpointUrl(downloadInvoiceYear, { params: { year: y.year } } as never)}
            rightSection={<span className="figures ink-3">{y.gross.map(format.money).join(' + ')}</span>}
          >
            {t('invoices.yearFile', { year: String(y.year), count: y.count })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function present(given: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(given).filter((e): e is [string, string] => Boolean(e[1])))
}
