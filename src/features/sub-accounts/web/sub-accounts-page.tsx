import { useCallback } from 'react'
import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconMailForward, IconPlus, IconUsersGroup } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { Avatar } from '../../../web/kit/avatar.tsx'
import { useCountText } from '../../../web/kit/count.ts'
import { DataGrid } from '../../../web/kit/data-grid.tsx'
import { Empty, NoMatch } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { GridFoot } from '../../../web/kit/grid-foot.tsx'
import { lazyDialog } from '../../../web/kit/lazy-dialog.tsx'
import { PageHead } from '../../../web/kit/page-head.tsx'
import { RowCard } from '../../../web/kit/row-card.tsx'
import { SortMenu } from '../../../web/kit/sort-menu.tsx'
import { RelativeDate } from '../../../web/kit/texts.tsx'
import { SearchField, Toolbar } from '../../../web/kit/toolbar.tsx'
import { useLive } from '../../../web/live.ts'
import { useMe } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { useSearchState } from '../../../web/search-state.ts'
import { useList } from '../../../web/use-list.ts'
import { sendAgain } from '../../invitations/web/send-again.ts'
import { getMemberOptions, listMembers } from '../contract.ts'
import { useMemberColumns } from './member-columns.tsx'
import { MemberFilters, noFilters, useMemberQuery } from './member-filters.tsx'
import { MemberStateBadge } from './member-words.tsx'
import type { MemberRow } from './use-member.ts'

const NewSubAccountDialog = lazyDialog(() =>
  import('../../invitations/web/new-sub-account-dialog.tsx').then((m) => m.NewSubAccountDialog),
)

/** Sub-accounts: everybody the user sees, and "Nouveau sous-compte" at the top right (A13). */
export function SubAccountsPage() {
  const t = useT()
  const countText = useCountText()
  const navigate = useNavigate()
  const me = useMe()
  const [search, setSearch] = useSearchState()
  const query = useMemberQuery(search)
  const list = useList(listMembers, { query } as never)
  const rows = list.rows as MemberRow[]
  const { data: options } = useEndpoint(getMemberOptions)
  const columns = useMemberColumns()
  const canInvite = options?.canInvite ?? false
  useLive((event) => {
    if (event.kind === 'members' || event.kind === 'clients' || event.kind === 'reconnected')
      void refresh(listMembers)
  })
  const open = useCallback((m: MemberRow) => void navigate({ to: paths.subAccount(m.id) }), [navigate])
  const create = useCallback(() => setSearch({ nouveau: '1' }, { push: true }), [setSearch])
  const filtered = ['q', 'role', 'etat', 'client', 'equipe'].some((name) => search[name])
  const newButton = canInvite ? (
    <Button leftSection={<IconPlus size={15} />} onClick={create}>
      {t('sub_accounts.new')}
    </Button>
  ) : null
  return (
    <>
      <PageHead title={t('sub_accounts.title')} count={list.total} actions={newButton} />
      <Toolbar
        end={
          <SortMenu
            value={query.sort}
            onChange={(tri) => setSearch({ tri: tri === 'name' ? undefined : tri })}
            options={[
              { value: 'name', label: t('sub_accounts.sort.name') },
              { value: '-lastSeenAt', label: t('sub_accounts.sort.lastSeen') },
              { value: '-createdAt', label: t('sub_accounts.sort.created') },
            ]}
          />
        }
      >
        <SearchField
          label={t('sub_accounts.search')}
          hint={t('sub_accounts.searchHint')}
          value={search['q'] ?? ''}
          onChange={(q) => setSearch({ q })}
        />
        <MemberFilters search={search} setSearch={setSearch} />
      </Toolbar>
      {list.error && rows.length === 0 ? (
        <ErrorState
          error={list.error}
          what={t('sub_accounts.unreadable')}
          retry={() => void list.refetch()}
        />
      ) : (
        <DataGrid
          {...list.grid}
          rows={rows}
          label={t('sub_accounts.title')}
          columns={columns}
          rowId={(m) => m.id}
          rowName={(m) => m.name}
          onOpen={open}
          sort={query.sort}
          onSort={(tri) => setSearch({ tri })}
          rowActions={(m) => (m.can.resendInvitation ? <SendAgain member={m} /> : null)}
          renderCard={(m) => <MemberCard member={m} />}
          empty={
            filtered ? (
              <NoMatch title={t('sub_accounts.noMatch')} onClear={() => setSearch(noFilters)} />
            ) : (
              <Empty
                icon={<IconUsersGroup size={28} stroke={1.5} />}
                title={t('sub_accounts.empty')}
                action={newButton}
              >
                {t('sub_accounts.emptyText')}
              </Empty>
            )
          }
        />
      )}
      <GridFoot>
        {list.total === undefined ? null : (
          <span className="figures">
            {t('sub_accounts.count', { count: list.total, n: countText(list.total) })}
          </span>
        )}
        {me?.agency?.kind === 'agency' && me.agency.mode === 'simple' && me.rights.includes('agency.mode') ? (
          <Link className="text-link" to={paths.settings('mode')}>
            {t('sub_accounts.levels')}
          </Link>
        ) : null}
      </GridFoot>
      <NewSubAccountDialog
        opened={search['nouveau'] === '1' && canInvite}
        onClose={() => setSearch({ nouveau: undefined, sous: undefined })}
        {...(search['sous'] && { parentId: search['sous'] })}
      />
    </>
  )
}

function SendAgain({ member }: { member: MemberRow }) {
  const t = useT()
  const label = t('invitations.resend')
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        tabIndex={-1}
        aria-label={label}
        onClick={() => void sendAgain(member)}
      >
        <IconMailForward size={17} />
      </ActionIcon>
    </Tooltip>
  )
}

function MemberCard({ member }: { member: MemberRow }) {
  const t = useT()
  return (
    <RowCard
      icon={<Avatar person={member} size={32} />}
      title={<Link to={paths.subAccount(member.id)}>{member.name}</Link>}
      badge={<MemberStateBadge state={member.state} />}
      start={
        <span className="ink-2">
          {[
            t(`role.${member.role}`),
            member.parent?.name,
            member.clientCount > 0 ? t('sub_accounts.clientCount', { count: member.clientCount }) : null,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      }
      end={member.lastSeenAt ? <RelativeDate value={member.lastSeenAt} /> : null}
    />
  )
}
