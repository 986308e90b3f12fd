import { useState } from 'react'
import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconDots, IconDownload, IconFileInvoice } from '@tabler/icons-react'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { endpointUrl } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { DataGrid } from '../../../web/kit/data-grid.tsx'
import type { GridColumn } from '../../../web/kit/data-grid-type.ts'
import { Empty, NoMatch } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { PageHead } from '../../../web/kit/page-head.tsx'
import { RowCard } from '../../../web/kit/row-card.tsx'
import { MoneyText } from '../../../web/kit/texts.tsx'
import { SearchField, Toolbar } from '../../../web/kit/toolbar.tsx'
import { useSearchState } from '../../../web/search-state.ts'
import { useList } from '../../../web/use-list.ts'
import { useNow } from '../../../web/use-now.ts'
import { downloadDocument, downloadSalesJournal, listDocuments } from '../contract.ts'
import { CreditNoteDialog } from './credit-note-dialog.tsx'
import { signed, useDocumentColumns } from './document-columns.tsx'

type Row = AnswerOf<typeof listDocuments>['data'][number]

/** What the operator issued, with its journal. */
export function DocumentsPage() {
  const t = useT()
  const [search, setSearch] = useSearchState()
  const [correcting, setCorrecting] = useState<Row>()
  const list = useList(listDocuments, { query: { q: search['q'] } } as never)
  const rows = list.rows as Row[]
  const common = useDocumentColumns<Row>((r) => t(`invoices.kind.${r.kind}`))
  const columns: GridColumn<Row>[] = [
    common.number,
    { id: 'buyer', header: t('invoices.buyer'), width: 260, cell: (r) => r.buyer },
    common.issued,
    common.net,
    common.gross,
  ]
  const acts = (r: Row) => (
    <>
      <Button
        size="sm"
        variant="default"
        tabIndex={-1}
        component="a"
        target="_blank"
        href={endpointUrl(downloadDocument, { params: { id: r.id } })}
      >
        {t('invoices.openPdf')}
      </Button>
      {r.kind === 'credit_note' ? null : (
        <Button size="sm" variant="default" tabIndex={-1} onClick={() => setCorrecting(r)}>
          {t('invoices.correct')}
        </Button>
      )}
    </>
  )
  // A card has no room for two buttons beside its amount.
  const menu = (r: Row) => (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('invoices.actsOf', { number: r.number })}>
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          component="a"
          target="_blank"
          href={endpointUrl(downloadDocument, { params: { id: r.id } })}
        >
          {t('invoices.openPdf')}
        </Menu.Item>
        {r.kind === 'credit_note' ? null : (
          <Menu.Item onClick={() => setCorrecting(r)}>{t('invoices.correct')}</Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
  return (
    <>
      <PageHead title={t('invoices.issued')} subtitle={t('invoices.issuedLead')} actions={<JournalMenu />} />
      <Toolbar>
        <SearchField
          label={t('invoices.searchIssued')}
          hint={t('invoices.searchIssuedHint')}
          value={search['q'] ?? ''}
          onChange={(q) => setSearch({ q })}
        />
      </Toolbar>
      {list.error ? (
        <ErrorState error={list.error} page={t('invoices.issued')} retry={() => void list.refetch()} />
      ) : (
        <DataGrid
          {...list.grid}
          rows={rows}
          label={t('invoices.issued')}
          columns={columns}
          rowId={(r) => r.id}
          rowName={(r) => r.number}
          rowActions={acts}
          renderCard={(r) => (
            <RowCard
              icon={<IconFileInvoice size={18} aria-hidden="true" />}
              title={r.number}
              badge={menu(r)}
              start={r.buyer}
              end={<MoneyText value={signed(r, r.gross)} />}
            />
          )}
          empty={
            search['q'] ? (
              <NoMatch title={t('invoices.noMatch')} onClear={() => setSearch({ q: undefined })} />
            ) : (
              <Empty icon={<IconFileInvoice size={28} stroke={1.5} />} title={t('invoices.noneIssued')}>
                {t('invoices.noneIssuedLead')}
              </Empty>
            )
          }
        />
      )}
      {correcting ? (
        <CreditNoteDialog document={correcting} onClose={() => setCorrecting(undefined)} />
      ) : null}
    </>
  )
}

/** The journal of this year and the three before. */
function JournalMenu() {
  const t = useT()
  const now = useNow(3_600_000)
  const year = new Date(now).getFullYear()
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={15} />}>
          {t('invoices.journal')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('invoices.journalLabel')}</Menu.Label>
        {[0, 1, 2, 3].map((ago) => (
          <Menu.Item
            key={ago}
            component="a"
            href={endpointUrl(downloadSalesJournal, { query: { year: year - ago } } as never)}
          >
            {t('invoices.journalYear', { year: String(year - ago) })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
