import { useMemo, useState } from 'react'
import { Button, Drawer, Switch } from '@mantine/core'
import { IconDownload, IconHistory, IconUserShield } from '@tabler/icons-react'
import { endpointUrl } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { Avatar } from '../../../web/kit/avatar.tsx'
import { DataGrid } from '../../../web/kit/data-grid.tsx'
import type { GridColumn } from '../../../web/kit/data-grid-type.ts'
import { DateRange } from '../../../web/kit/date-range.tsx'
import { Empty, NoMatch } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { FilterBuilder } from '../../../web/kit/filter-builder.tsx'
import { GridFoot } from '../../../web/kit/grid-foot.tsx'
import { PageHead } from '../../../web/kit/page-head.tsx'
import { RowCard } from '../../../web/kit/row-card.tsx'
import { RelativeDate } from '../../../web/kit/texts.tsx'
import { SearchField, Toolbar } from '../../../web/kit/toolbar.tsx'
import { useEndpoint } from '../../../web/queries.ts'
import { useSearchState } from '../../../web/search-state.ts'
import { useList } from '../../../web/use-list.ts'
import { exportAuditEvents, getAuditChoices, listAuditEvents } from '../contract.ts'
import { EventDetails } from './event-details.tsx'
import { EventPeople, type AuditEvent } from './event-people.tsx'

/** Who did what for whom, in the whole agency (owners). */
export function JournalPage() {
  const t = useT()
  const format = useFormat()
  const [search, setSearch] = useSearchState()
  const [opened, setOpened] = useState<AuditEvent>()
  const { data: choices } = useEndpoint(getAuditChoices)
  const query = useMemo(() => queryOf(search), [search])
  const list = useList(listAuditEvents, { query } as never)
  const rows = list.rows as AuditEvent[]
  const filtered = Object.keys(query).length > 0
  const columns = useMemo<GridColumn<AuditEvent>[]>(
    () => [
      { id: 'who', header: t('audit.who'), cell: (e) => <EventPeople event={e} /> },
      { id: 'what', header: t('audit.what'), cell: (e) => e.label, width: 260 },
      {
        id: 'entity',
        header: t('audit.entity'),
        cell: (e) => <span className="ink-2">{e.entity?.name ?? '—'}</span>,
        width: 260,
      },
      { id: 'when', header: t('audit.when'), cell: (e) => <RelativeDate value={e.occurredAt} />, width: 150 },
      {
        id: 'seq',
        header: t('audit.seq'),
        cell: (e) => <span className="figures ink-3">{format.number(e.seq)}</span>,
        width: 84,
        align: 'end',
      },
    ],
    [t, format],
  )
  const fields = [
    {
      id: 'action',
      name: t('audit.what'),
      single: true,
      pinned: true,
      options: (choices?.actions ?? []).map((a) => ({ value: a.action, label: a.label })),
    },
    {
      id: 'par',
      name: t('audit.who'),
      single: true,
      pinned: true,
      options: (choices?.actors ?? []).map((a) => ({ value: a.id, label: a.name })),
    },
  ]
  return (
    <>
      <PageHead
        title={t('audit.title')}
        subtitle={t('audit.lead')}
        actions={
          <Button
            component="a"
            variant="default"
            leftSection={<IconDownload size={15} />}
            href={endpointUrl(exportAuditEvents, { query })}
          >
            {t('audit.export')}
          </Button>
        }
      />
      <Toolbar>
        <SearchField
          label={t('audit.search')}
          hint={t('audit.searchHint')}
          value={search['q'] ?? ''}
          onChange={(q) => setSearch({ q })}
        />
        <FilterBuilder
          fields={fields}
          values={{
            action: search['action'] ? [search['action']] : [],
            par: search['par'] ? [search['par']] : [],
          }}
          onChange={(field, values) => setSearch({ [field]: values[0] })}
        />
        <DateRange
          from={search['du']}
          to={search['au']}
          onChange={(end, day) => setSearch({ [end === 'from' ? 'du' : 'au']: day })}
        />
        <Switch
          label={t('audit.actingOnly')}
          checked={search['agissant'] === '1'}
          onChange={(e) => setSearch({ agissant: e.currentTarget.checked ? '1' : undefined })}
        />
      </Toolbar>
      {list.error ? (
        <ErrorState error={list.error} page={t('audit.title')} retry={() => void list.refetch()} />
      ) : (
        <DataGrid
          {...list.grid}
          rows={rows}
          label={t('audit.title')}
          columns={columns}
          rowId={(e) => e.id}
          rowName={(e) => e.label}
          onOpen={setOpened}
          renderCard={(e) => (
            <RowCard
              icon={
                e.subject ? (
                  <IconUserShield size={18} />
                ) : (
                  <Avatar person={{ id: e.actor.id ?? 'system', name: e.actor.name }} size={28} />
                )
              }
              title={e.label}
              onOpen={() => setOpened(e)}
              start={<EventPeople event={e} bare />}
              end={<RelativeDate value={e.occurredAt} />}
            />
          )}
          empty={
            filtered ? (
              <NoMatch
                title={t('audit.noMatch')}
                onClear={() =>
                  setSearch({
                    q: undefined,
                    action: undefined,
                    par: undefined,
                    du: undefined,
                    au: undefined,
                    agissant: undefined,
                  })
                }
              />
            ) : (
              <Empty icon={<IconHistory size={28} stroke={1.5} />} title={t('audit.empty')}>
                {t('audit.emptyLead')}
              </Empty>
            )
          }
        />
      )}
      <GridFoot>
        <span>{t('audit.sealed')}</span>
      </GridFoot>
      <Drawer
        opened={opened !== undefined}
        onClose={() => setOpened(undefined)}
        position="right"
        title={opened?.label}
        size={420}
      >
        {opened ? <EventDetails event={opened} /> : null}
      </Drawer>
    </>
  )
}

function queryOf(search: Record<string, string>): Record<string, string> {
  const given = {
    q: search['q'],
    action: search['action'],
    actorId: search['par'],
    clientId: search['client'],
    memberId: search['membre'],
    from: search['du'],
    to: search['au'],
    actingOnly: search['agissant'] === '1' ? 'true' : undefined,
  }
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => Boolean(entry[1])),
  )
}
