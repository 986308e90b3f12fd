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
import { RowCard } from '../../../web/kit/row-card.tsx'
import { DateText, MoneyText } from '../../../web/kit/texts.tsx'
import { SearchField, Toolbar } from '../../../web/kit/toolbar.tsx'
import { useEndpoint } from '../../../web/queries.ts'
import { useListParam, useSearchState } from '../../../web/search-state.ts'
import { useList } from '../../../web/use-list.ts'
import { documentKinds, downloadInvoiceYear, listInvoices, listInvoiceYears } from '../contract.ts'
import { signed, useDocumentColumns } from './document-columns.tsx'
import { InvoiceDetails } from './invoice-details.tsx'
import { InvoiceStatus } from './invoice-status.tsx'
import './invoices.css'

type Row = AnswerOf<typeof listInvoices>['data'][number]

/** Every invoice and credit note of the agency; a client member's own. */
export function InvoiceHistoryPage() {
  const t = useT()
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
  const open = (r: Row) => setSearch({ facture: r.id }, { push: true })
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
        <ErrorState error={list.error} page={t('invoices.title')} retry={() => void list.refetch()} />
      ) : (
        <DataGrid
          {...list.grid}
          rows={rows}
          label={t('invoices.title')}
          columns={columns}
          rowId={(r) => r.id}
          rowName={(r) => r.number}
          onOpen={open}
          renderCard={(r) => (
            <RowCard
              icon={<IconFileInvoice size={18} aria-hidden="true" />}
              title={r.number}
              onOpen={() => open(r)}
              badge={<InvoiceStatus document={r} />}
              start={<DateText value={r.issuedOn} />}
              end={<MoneyText value={signed(r, r.gross)} />}
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
  const common = useDocumentColumns<Row>((r) => r.about)
  return [
    common.number,
    { id: 'kind', header: t('invoices.kind'), width: 150, cell: (r) => t(`invoices.kind.${r.kind}`) },
    { id: 'payer', header: t('invoices.payer'), width: 200, cell: (r) => r.payer.name },
    common.issued,
    { id: 'state', header: t('invoices.state'), width: 130, cell: (r) => <InvoiceStatus document={r} /> },
    common.net,
    common.gross,
  ]
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
