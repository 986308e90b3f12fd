import { useMemo } from 'react'
import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconBriefcase, IconUserMinus, IconUserPlus } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { StatusBadge } from '../../../web/kit/badges.tsx'
import { useCountText } from '../../../web/kit/count.ts'
import { DataGrid } from '../../../web/kit/data-grid.tsx'
import type { GridColumn } from '../../../web/kit/data-grid-type.ts'
import { Empty, NoMatch } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { GridFoot } from '../../../web/kit/grid-foot.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { IdentityCell, RowCard } from '../../../web/kit/row-card.tsx'
import { RelativeDate } from '../../../web/kit/texts.tsx'
import { Tile } from '../../../web/kit/tile.tsx'
import { SearchField, Toolbar } from '../../../web/kit/toolbar.tsx'
import { useLive } from '../../../web/live.ts'
import { paths } from '../../../web/paths.ts'
import { refresh } from '../../../web/queries.ts'
import { useSearchState } from '../../../web/search-state.ts'
import { useList } from '../../../web/use-list.ts'
import { listMemberClients } from '../../assignments/contract.ts'
import { AssignDialog } from '../../assignments/web/assign-dialog.tsx'
import { changeAssignments } from '../../assignments/web/change-assignments.tsx'
import type { Member } from './use-member.ts'

type AssignedClient = AnswerOf<typeof listMemberClients>['data'][number]

/** Tab "Clients": those assigned to the sub-account (A10), taken away or added here (A12). */
export function MemberClients({ member }: { member: Member }) {
  const t = useT()
  const countText = useCountText()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchState()
  const { q } = search
  const list = useList(listMemberClients, {
    params: { id: member.id },
    query: { ...(q && { q }), total: 'true' },
  })
  useLive((event) => {
    if (event.kind === 'clients' || event.kind === 'reconnected') void refresh(listMemberClients)
  })
  const rows = list.rows as AssignedClient[]
  const columns = useColumns()
  const assign = () => setSearch({ assigner: '1' }, { push: true })
  const assignButton = member.can.assign ? (
    <Button variant="default" leftSection={<IconUserPlus size={15} />} onClick={assign}>
      {t('assignments.assign')}
    </Button>
  ) : null
  return (
    <>
      <div className="member-notices">
        {member.role === 'owner' ? (
          <Notice tone="info">{t('sub_accounts.ownerSeesAll', { name: member.name })}</Notice>
        ) : null}
        {member.state === 'disabled' && rows.length > 0 ? (
          <Notice tone="info">
            {t('sub_accounts.access.dormant', { count: list.total ?? rows.length })}
          </Notice>
        ) : null}
      </div>
      <Toolbar end={<span className="phone-only">{assignButton}</span>}>
        <SearchField
          label={t('assignments.search')}
          hint={t('assignments.searchHint')}
          value={q ?? ''}
          onChange={(text) => setSearch({ q: text })}
        />
      </Toolbar>
      {list.error && rows.length === 0 ? (
        <ErrorState error={list.error} what={t('assignments.unreadable')} retry={() => void list.refetch()} />
      ) : (
        <DataGrid
          {...list.grid}
          rows={rows}
          label={t('assignments.of', { name: member.name })}
          columns={columns}
          rowId={(c) => c.id}
          rowName={(c) => c.name}
          onOpen={(c) => void navigate({ to: paths.client(c.id) })}
          rowActions={(c) => (member.can.assign ? <TakeAway member={member} client={c} /> : null)}
          renderCard={(c) => <ClientCard client={c} />}
          empty={
            q ? (
              <NoMatch title={t('assignments.noMatch')} onClear={() => setSearch({ q: undefined })} />
            ) : (
              <Empty
                icon={<IconBriefcase size={28} stroke={1.5} />}
                title={t('assignments.none', { name: member.name })}
                action={assignButton}
              >
                {t(member.seesUnassigned ? 'assignments.noneSeesUnassigned' : 'assignments.noneText')}
              </Empty>
            )
          }
        />
      )}
      <GridFoot>
        {list.total === undefined ? null : (
          <span className="figures">
            {t('assignments.count', { count: list.total, n: countText(list.total) })}
          </span>
        )}
      </GridFoot>
      <AssignDialog
        member={member}
        opened={search['assigner'] === '1' && member.can.assign}
        onClose={() => setSearch({ assigner: undefined })}
      />
    </>
  )
}

function useColumns(): GridColumn<AssignedClient>[] {
  const t = useT()
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('sub_accounts.client'),
        cell: (c) => (
          <IdentityCell
            icon={<Tile name={c.name} id={c.id} />}
            name={c.name}
            detail={c.city}
            after={<ClientMarks client={c} />}
          />
        ),
      },
      {
        id: 'by',
        header: t('assignments.by'),
        cell: (c) => <span className="ink-2">{c.assignment?.assignedBy}</span>,
        width: 200,
      },
      {
        id: 'at',
        header: t('assignments.at'),
        cell: (c) => (c.assignment ? <RelativeDate value={c.assignment.assignedAt} /> : null),
        width: 150,
      },
    ],
    [t],
  )
}

function ClientMarks({ client }: { client: AssignedClient }) {
  const t = useT()
  return (
    <>
      {client.assignment?.isLead ? <StatusBadge tone="ok">{t('assignments.lead')}</StatusBadge> : null}
      {client.status === 'archived' ? (
        <StatusBadge tone="mute">{t('assignments.archived')}</StatusBadge>
      ) : null}
    </>
  )
}

function TakeAway({ member, client }: { member: Member; client: AssignedClient }) {
  const t = useT()
  const label = t('assignments.remove', { client: client.name, name: member.name })
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        tabIndex={-1}
        aria-label={label}
        onClick={() => void changeAssignments(member, { remove: [client.id] }, client.name)}
      >
        <IconUserMinus size={17} />
      </ActionIcon>
    </Tooltip>
  )
}

function ClientCard({ client }: { client: AssignedClient }) {
  return (
    <RowCard
      icon={<Tile name={client.name} id={client.id} />}
      title={<Link to={paths.client(client.id)}>{client.name}</Link>}
      badge={<ClientMarks client={client} />}
      start={<span className="ink-2">{client.assignment?.assignedBy}</span>}
      end={client.assignment ? <RelativeDate value={client.assignment.assignedAt} /> : null}
    />
  )
}
