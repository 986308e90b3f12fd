import { useMemo, useState } from 'react'
import { Button } from '@mantine/core'
import { IconBuildingCommunity } from '@tabler/icons-react'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { StatusBadge } from '../../../web/kit/badges.tsx'
import { ConfirmDialog } from '../../../web/kit/confirm-dialog.tsx'
import { DataGrid } from '../../../web/kit/data-grid.tsx'
import type { GridColumn } from '../../../web/kit/data-grid-type.ts'
import { Empty, NoMatch } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { PageHead } from '../../../web/kit/page-head.tsx'
import { IdentityCell, RowCard } from '../../../web/kit/row-card.tsx'
import { RelativeDate } from '../../../web/kit/texts.tsx'
import { Tile } from '../../../web/kit/tile.tsx'
import { SearchField, Toolbar } from '../../../web/kit/toolbar.tsx'
import { useCall } from '../../../web/queries.ts'
import { useSearchState } from '../../../web/search-state.ts'
import { useList } from '../../../web/use-list.ts'
import { listAgencies, setAgencyState } from '../contract.ts'

type Agency = AnswerOf<typeof listAgencies>['data'][number]

/** Every agency of the installation, for the operator's staff. */
export function AgenciesPage() {
  const t = useT()
  const format = useFormat()
  const [search, setSearch] = useSearchState()
  const [closing, setClosing] = useState<Agency>()
  const setState = useCall(setAgencyState, { refreshes: [listAgencies] })
  const list = useList(listAgencies, { query: { q: search['q'] } } as never)
  const rows = list.rows as Agency[]
  const columns = useMemo<GridColumn<Agency>[]>(
    () => [
      {
        id: 'name',
        header: t('operator.name'),
        cell: (a) => <IdentityCell icon={<Tile name={a.name} id={a.id} />} name={a.name} detail={a.slug} />,
      },
      { id: 'state', header: t('operator.state'), width: 130, cell: (a) => <State agency={a} /> },
      {
        id: 'members',
        header: t('operator.members'),
        width: 120,
        align: 'end',
        cell: (a) => <span className="figures">{format.number(a.members)}</span>,
      },
      {
        id: 'clients',
        header: t('operator.clients'),
        width: 110,
        align: 'end',
        cell: (a) => <span className="figures">{format.number(a.clients)}</span>,
      },
      {
        id: 'created',
        header: t('operator.created'),
        width: 140,
        cell: (a) => <RelativeDate value={a.createdAt} />,
      },
    ],
    [t, format],
  )
  const act = (a: Agency) =>
    a.state === 'active' ? (
      <Button size="sm" variant="default" tabIndex={-1} onClick={() => setClosing(a)}>
        {t('operator.disable')}
      </Button>
    ) : (
      <Button
        size="sm"
        variant="default"
        tabIndex={-1}
        onClick={() => setState.mutate({ params: { id: a.id }, body: { state: 'active' } })}
      >
        {t('operator.enable')}
      </Button>
    )
  return (
    <>
      <PageHead title={t('operator.agencies')} />
      <Toolbar>
        <SearchField
          label={t('operator.search')}
          hint={t('operator.searchHint')}
          value={search['q'] ?? ''}
          onChange={(q) => setSearch({ q })}
        />
      </Toolbar>
      {list.error ? (
        <ErrorState error={list.error} page={t('operator.agencies')} retry={() => void list.refetch()} />
      ) : (
        <DataGrid
          {...list.grid}
          rows={rows}
          label={t('operator.agencies')}
          columns={columns}
          rowId={(a) => a.id}
          rowName={(a) => a.name}
          rowActions={act}
          renderCard={(a) => (
            <RowCard
              icon={<Tile name={a.name} id={a.id} />}
              title={a.name}
              badge={<State agency={a} />}
              start={a.slug}
              end={act(a)}
            />
          )}
          empty={
            search['q'] ? (
              <NoMatch title={t('operator.noMatch')} onClear={() => setSearch({ q: undefined })} />
            ) : (
              <Empty icon={<IconBuildingCommunity size={28} stroke={1.5} />} title={t('operator.empty')}>
                {t('operator.emptyLead')}
              </Empty>
            )
          }
        />
      )}
      <ConfirmDialog
        opened={closing !== undefined}
        onClose={() => setClosing(undefined)}
        title={t('operator.disableTitle', { name: closing?.name ?? '' })}
        confirmLabel={t('operator.disable')}
        danger
        onConfirm={async () => {
          await setState.mutateAsync({ params: { id: closing!.id }, body: { state: 'disabled' } })
          setClosing(undefined)
        }}
      >
        {t('operator.disableWhat')}
      </ConfirmDialog>
    </>
  )
}

function State({ agency }: { agency: Agency }) {
  const t = useT()
  return agency.state === 'active' ? (
    <StatusBadge tone="ok">{t('operator.active')}</StatusBadge>
  ) : (
    <StatusBadge tone="mute">{t('operator.disabled')}</StatusBadge>
  )
}
