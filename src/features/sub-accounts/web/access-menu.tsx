import { useState } from 'react'
import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconLock, IconLockOpen, IconMailForward, IconMailX } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { call } from '../../../web/call.ts'
import { T } from '../../../web/i18n/rich-text.tsx'
import { useT } from '../../../web/i18n/use-t.ts'
import { ConfirmDialog } from '../../../web/kit/confirm-dialog.tsx'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { refreshNavCount } from '../../../web/navigation.ts'
import { paths } from '../../../web/paths.ts'
import { refresh } from '../../../web/queries.ts'
import { revokeInvitation } from '../../invitations/contract.ts'
import { sendAgain } from '../../invitations/web/send-again.ts'
import { disableSubAccount, enableSubAccount, listMembers } from '../contract.ts'
import { MemberStateBadge } from './member-words.tsx'
import { showMember, type Member } from './use-member.ts'

/** "Accès activé" > "Accès désactivé" (A19): the access as a button, and what may be done about it. */
export function AccessMenu({ member }: { member: Member }) {
  const t = useT()
  const [asking, setAsking] = useState<'disable' | 'revoke'>()
  const { can, state } = member
  const pending = state === 'invited' || state === 'expired'
  if (!can.disable && !can.enable && !can.resendInvitation && !can.revokeInvitation)
    return <MemberStateBadge state={state} />
  return (
    <>
      <Menu position="bottom-end" width={290}>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden="true" />}>
            <span className="visually-hidden">{t('sub_accounts.access.change')} </span>
            <MemberStateBadge state={state} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {can.disable ? (
            <Menu.Item leftSection={<IconLock size={15} />} onClick={() => setAsking('disable')}>
              {t('sub_accounts.act.disable')}
            </Menu.Item>
          ) : null}
          {can.enable ? (
            <Menu.Item leftSection={<IconLockOpen size={15} />} onClick={() => void enable(member)}>
              {t('sub_accounts.act.enable')}
            </Menu.Item>
          ) : null}
          {can.resendInvitation ? (
            <Menu.Item leftSection={<IconMailForward size={15} />} onClick={() => void sendAgain(member)}>
              {t('invitations.resend')}
            </Menu.Item>
          ) : null}
          {can.revokeInvitation ? (
            <Menu.Item leftSection={<IconMailX size={15} />} color="red" onClick={() => setAsking('revoke')}>
              {t('invitations.revoke')}
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      <DisableDialog member={member} opened={asking === 'disable'} onClose={() => setAsking(undefined)} />
      {pending ? (
        <RevokeDialog member={member} opened={asking === 'revoke'} onClose={() => setAsking(undefined)} />
      ) : null}
    </>
  )
}

async function enable(member: Member): Promise<void> {
  try {
    showMember(await call(enableSubAccount, { params: { id: member.id } }))
    notify(<T id="sub_accounts.done.enabled" values={{ name: member.name }} />)
  } catch (error) {
    notifyError(error)
  }
}

type DialogProps = { member: Member; opened: boolean; onClose: () => void }

/** Rights are lost and a mail goes out: the one act here that asks first. */
function DisableDialog({ member, opened, onClose }: DialogProps) {
  const t = useT()
  const { name, clientCount } = member
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t('sub_accounts.disable.title', { name })}
      confirmLabel={t('sub_accounts.act.disable')}
      danger
      onConfirm={async () => {
        showMember(await call(disableSubAccount, { params: { id: member.id } }))
        notify(<T id="sub_accounts.done.disabled" values={{ name }} />)
      }}
    >
      <ul className="what-follows">
        <li>{t('sub_accounts.disable.sessions')}</li>
        <li>{t('sub_accounts.disable.mail', { email: member.email })}</li>
        <li>{t('sub_accounts.disable.assignments', { count: clientCount })}</li>
      </ul>
    </ConfirmDialog>
  )
}

function RevokeDialog({ member, opened, onClose }: DialogProps) {
  const t = useT()
  const navigate = useNavigate()
  const { name, clientCount } = member
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t('invitations.revoke.title', { name })}
      confirmLabel={t('invitations.revoke')}
      danger
      onConfirm={async () => {
        const { nowUnassigned } = await call(revokeInvitation, { params: { id: member.id } })
        notify(
          nowUnassigned > 0
            ? t('invitations.done.revokedUnassigned', { name, count: nowUnassigned })
            : t('invitations.done.revoked', { name }),
        )
        refreshNavCount(paths.subAccounts)
        await navigate({ to: paths.subAccounts })
        void refresh(listMembers)
      }}
    >
      <p>{t('invitations.revoke.text', { count: clientCount })}</p>
    </ConfirmDialog>
  )
}
