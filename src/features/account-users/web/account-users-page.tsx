import { useCallback, useMemo, useState } from 'react'
import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconDots, IconPlus, IconUsersGroup } from '@tabler/icons-react'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { Avatar } from '../../../web/kit/avatar.tsx'
import { StatusBadge } from '../../../web/kit/badges.tsx'
import { ConfirmDialog } from '../../../web/kit/confirm-dialog.tsx'
import { DataGrid } from '../../../web/kit/data-grid.tsx'
import type { GridColumn } from '../../../web/kit/data-grid-type.ts'
import { Empty } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { GridFoot } from '../../../web/kit/grid-foot.tsx'
import { lazyDialog } from '../../../web/kit/lazy-dialog.tsx'
import { notify, notifyError, undoable } from '../../../web/kit/notices.tsx'
import { PageHead } from '../../../web/kit/page-head.tsx'
import { IdentityCell, RowCard } from '../../../web/kit/row-card.tsx'
import { RelativeDate } from '../../../web/kit/texts.tsx'
import { call } from '../../../web/call.ts'
import { useLive } from '../../../web/live.ts'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { useRealm } from '../../../web/realm.ts'
import { useSearchState } from '../../../web/search-state.ts'
import {
  listAccountUsers,
  resendAccountInvitation,
  setAccountUserRole,
  setAccountUserState,
  withdrawAccountInvitation,
} from '../contract.ts'

type User = AnswerOf<typeof listAccountUsers>['data'][number]

const InviteDialog = lazyDialog(() => import('./invite-dialog.tsx').then((m) => m.InviteDialog))

/** "Utilisateurs" of a hosted account: who may sign in, as what, and inviting others. */
export function AccountUsersPage() {
  const t = useT()
  const [search, setSearch] = useSearchState()
  const readOnly = useRealm().door !== 'open'
  const { data, error, refetch, isPending } = useEndpoint(listAccountUsers)
  const [closing, setClosing] = useState<User>()
  useLive((event) => {
    if (event.kind === 'account_users' || event.kind === 'reconnected') void refresh(listAccountUsers)
  })
  const columns = useColumns()
  const acts = useActs(setClosing)
  const rows = data?.data ?? []
  const full = data?.limit != null && rows.filter((u) => u.state !== 'disabled').length >= data.limit
  const invite = useCallback(() => setSearch({ nouveau: '1' }, { push: true }), [setSearch])
  const menu = (u: User) => (readOnly ? null : <UserMenu user={u} acts={acts} />)
  return (
    <>
      <PageHead
        title={t('account_users.title')}
        count={data ? rows.length : undefined}
        actions={
          <Button
            leftSection={<IconPlus size={15} />}
            disabled={readOnly || full}
            title={full ? t('account_users.full', { limit: data!.limit! }) : undefined}
            onClick={invite}
          >
            {t('account_users.invite')}
          </Button>
        }
      />
      {error ? (
        <ErrorState error={error} what={t('account_users.unreadable')} retry={() => void refetch()} />
      ) : (
        <DataGrid
          rows={rows}
          loading={isPending}
          label={t('account_users.title')}
          columns={columns}
          rowId={(u) => u.id}
          rowName={(u) => u.name}
          rowActions={menu}
          renderCard={(u) => (
            <RowCard
              icon={<Avatar person={u} size={32} />}
              title={u.name}
              badge={<State user={u} />}
              start={<span className="ink-2">{`${t(`account_users.role.${u.role}`)} · ${u.email}`}</span>}
              end={menu(u)}
            />
          )}
          empty={
            <Empty icon={<IconUsersGroup size={28} stroke={1.5} />} title={t('account_users.title')}>
              {t('account_users.lead')}
            </Empty>
          }
        />
      )}
      <GridFoot>
        {data?.limit == null ? null : (
          <span className="figures">{t('account_users.places', { limit: data.limit })}</span>
        )}
      </GridFoot>
      <InviteDialog
        opened={search['nouveau'] === '1' && !readOnly}
        onClose={() => setSearch({ nouveau: undefined })}
      />
      <ConfirmDialog
        opened={closing !== undefined}
        onClose={() => setClosing(undefined)}
        title={t('account_users.closeTitle', { name: closing?.name ?? '' })}
        confirmLabel={t('account_users.close')}
        danger
        onConfirm={async () => {
          await call(setAccountUserState, { params: { id: closing!.id }, body: { state: 'disabled' } })
          await refresh(listAccountUsers)
          notify(t('account_users.closed', { name: closing!.name }))
        }}
      >
        {t('account_users.closeWhat', { email: closing?.email ?? '' })}
      </ConfirmDialog>
    </>
  )
}

function useColumns(): GridColumn<User>[] {
  const t = useT()
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('account_users.person'),
        cell: (u) => (
          <IdentityCell
            icon={<Avatar person={u} size={28} />}
            name={u.you ? t('account_users.you', { name: u.name }) : u.name}
            detail={[u.userName, u.email].filter(Boolean).join(' · ')}
          />
        ),
      },
      {
        id: 'role',
        header: t('account_users.role'),
        cell: (u) => t(`account_users.role.${u.role}`),
        width: 150,
      },
      { id: 'state', header: t('account_users.stateTitle'), cell: (u) => <State user={u} />, width: 150 },
      {
        id: 'seen',
        header: t('account_users.lastSeen'),
        cell: (u) =>
          u.lastSeenAt ? (
            <RelativeDate value={u.lastSeenAt} />
          ) : (
            <span className="ink-3">{t('account_users.never')}</span>
          ),
        width: 150,
      },
    ],
    [t],
  )
}

const tones = { active: 'ok', invited: 'info', disabled: 'mute' } as const

function State({ user }: { user: User }) {
  const t = useT()
  return <StatusBadge tone={tones[user.state]}>{t(`account_users.state.${user.state}`)}</StatusBadge>
}

type Acts = ReturnType<typeof useActs>

/** What a row's menu does; closing an access asks first, since it mails somebody. */
function useActs(close: (user: User) => void) {
  const t = useT()
  const run = (work: Promise<unknown>, done: () => void) =>
    void work.then(() => refresh(listAccountUsers)).then(done, notifyError)
  const setRole = (user: User, role: User['role']) =>
    call(setAccountUserRole, { params: { id: user.id }, body: { role } })
  return {
    close,
    open: (user: User) =>
      run(call(setAccountUserState, { params: { id: user.id }, body: { state: 'active' } }), () =>
        notify(t('account_users.opened', { name: user.name })),
      ),
    resend: (user: User) =>
      run(call(resendAccountInvitation, { params: { id: user.id } }), () =>
        notify(t('account_users.sentAgain', { email: user.email })),
      ),
    withdraw: (user: User) =>
      run(call(withdrawAccountInvitation, { params: { id: user.id } }), () =>
        notify(t('account_users.withdrawn', { name: user.name })),
      ),
    changeRole: (user: User) => {
      const role = user.role === 'admin' ? 'user' : 'admin'
      run(setRole(user, role), () =>
        undoable(t(`account_users.made.${role}`, { name: user.name }), () =>
          setRole(user, user.role).then(() => refresh(listAccountUsers)),
        ),
      )
    },
  }
}

function UserMenu({ user, acts }: { user: User; acts: Acts }) {
  const t = useT()
  if (user.you) return null
  return (
    <Menu position="bottom-end" width={240} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          tabIndex={-1}
          aria-label={t('account_users.menu', { name: user.name })}
        >
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {user.state === 'invited' ? (
          <>
            <Menu.Item onClick={() => acts.resend(user)}>{t('account_users.resend')}</Menu.Item>
            <Menu.Item color="red" onClick={() => acts.withdraw(user)}>
              {t('account_users.withdraw')}
            </Menu.Item>
          </>
        ) : null}
        {user.can.changeRole ? (
          <Menu.Item onClick={() => acts.changeRole(user)}>
            {t(user.role === 'admin' ? 'account_users.makeUser' : 'account_users.makeAdmin')}
          </Menu.Item>
        ) : null}
        {user.state === 'active' ? (
          <Menu.Item color="red" onClick={() => acts.close(user)}>
            {t('account_users.close')}
          </Menu.Item>
        ) : null}
        {user.state === 'disabled' ? (
          <Menu.Item onClick={() => acts.open(user)}>{t('account_users.open')}</Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  )
}
