import { useCallback, useState } from 'react'
import { Menu } from '@mantine/core'
import {
  IconArchive,
  IconArrowsExchange,
  IconClockPlus,
  IconCircleX,
  IconHistory,
  IconKey,
  IconLock,
  IconLockOpen,
  IconMessageCircleQuestion,
  IconReceipt,
  IconRefresh,
  IconRestore,
  IconWorld,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { notifyError } from '../../../web/kit/notices.tsx'
import { paths, type HostedAccountTab } from '../../../web/paths.ts'
import { getHostedAccount, type AccountRecord, type AccountRow } from '../contract.ts'
import { useAccountActs } from './account-acts.tsx'
import type { RowActs } from './row-buttons.tsx'

type Open = { account: AccountRow; record: AccountRecord | undefined; at: DOMRect; button: HTMLElement }

/** The one menu of the list: what can be done with the row it was opened from (B10). */
export function useRowMenu(): { open: RowActs['openMenu']; menu: React.ReactNode } {
  const t = useT()
  const navigate = useNavigate()
  const [state, setState] = useState<Open>()
  const acts = useAccountActs()
  const open = useCallback<RowActs['openMenu']>((account, button) => {
    setState({ account, record: undefined, at: button.getBoundingClientRect(), button })
    // What can be done depends on more than the row shows: read when asked, in the time a menu takes to open.
    call(getHostedAccount, { params: { id: account.id } })
      .then((record) => setState((now) => (now?.account.id === account.id ? { ...now, record } : now)))
      .catch(notifyError)
  }, [])
  const close = () => {
    state?.button.focus()
    setState(undefined)
  }
  const go = (tab: HostedAccountTab) => () =>
    void navigate({ to: paths.hostedAccount(state!.account.id, tab) })
  const record = state?.record
  const can = record?.can
  const menu = (
    <>
      <Menu
        opened={state !== undefined}
        onClose={close}
        position="bottom-end"
        width={248}
        returnFocus={false}
      >
        <Menu.Target>
          <span
            aria-hidden="true"
            style={{
              position: 'fixed',
              pointerEvents: 'none',
              insetBlockStart: state?.at.top ?? 0,
              left: state?.at.left ?? 0,
              width: state?.at.width ?? 0,
              height: state?.at.height ?? 0,
            }}
          />
        </Menu.Target>
        <Menu.Dropdown aria-label={state ? t('resale.more', { name: state.account.name }) : ''}>
          {can?.renew ? (
            <Menu.Item leftSection={<IconRefresh size={15} />} onClick={go('formule')}>
              {t('resale.act.renew')}
            </Menu.Item>
          ) : (
            <Menu.Item
              leftSection={<IconArrowsExchange size={15} />}
              disabled={!can?.change}
              onClick={go('formule')}
            >
              {t('resale.act.change')}
            </Menu.Item>
          )}
          {can?.extendTrial ? (
            <Menu.Item leftSection={<IconClockPlus size={15} />} onClick={() => acts.extend(record!)}>
              {t('resale.act.extend')}
            </Menu.Item>
          ) : null}
          {can?.requestTrialExtension ? (
            <Menu.Item
              leftSection={<IconMessageCircleQuestion size={15} />}
              onClick={() => acts.askExtension(record!)}
            >
              {t('resale.act.askExtension')}
            </Menu.Item>
          ) : null}
          <Menu.Item leftSection={<IconWorld size={15} />} onClick={go('reglages')}>
            {t('resale.act.domain')}
          </Menu.Item>
          <Menu.Item leftSection={<IconKey size={15} />} onClick={go('acces')}>
            {t('resale.act.password')}
          </Menu.Item>
          <Menu.Item leftSection={<IconReceipt size={15} />} onClick={go('facturation')}>
            {t('resale.act.billing')}
          </Menu.Item>
          <Menu.Item leftSection={<IconHistory size={15} />} onClick={go('historique')}>
            {t('resale.act.history')}
          </Menu.Item>
          <Menu.Divider />
          {can?.enable ? (
            <Menu.Item leftSection={<IconLockOpen size={15} />} onClick={() => acts.enable(record!)}>
              {t('resale.act.enable')}
            </Menu.Item>
          ) : null}
          {can?.disable ? (
            <Menu.Item leftSection={<IconLock size={15} />} onClick={() => acts.disable(record!)}>
              {t('resale.act.disable')}
            </Menu.Item>
          ) : null}
          {can?.undoCancel ? (
            <Menu.Item leftSection={<IconRestore size={15} />} onClick={() => acts.undoCancel(record!)}>
              {t('resale.act.undoCancel')}
            </Menu.Item>
          ) : null}
          {can?.archive ? (
            <Menu.Item leftSection={<IconArchive size={15} />} onClick={() => acts.archive(record!)}>
              {t('resale.act.archive')}
            </Menu.Item>
          ) : null}
          {can?.restore ? (
            <Menu.Item leftSection={<IconRestore size={15} />} onClick={() => acts.restore(record!)}>
              {t('resale.act.restore')}
            </Menu.Item>
          ) : null}
          {can?.cancel ? (
            <Menu.Item
              data-danger
              leftSection={<IconCircleX size={15} />}
              onClick={() => acts.cancel(record!)}
            >
              {t('resale.act.cancel')}
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {acts.dialog}
    </>
  )
  return { open, menu }
}
