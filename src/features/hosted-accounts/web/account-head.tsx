import { ActionIcon, Button, Menu } from '@mantine/core'
import {
  IconArchive,
  IconCircleX,
  IconClockPlus,
  IconDots,
  IconLock,
  IconLockOpen,
  IconLogin2,
  IconMessageCircleQuestion,
  IconRefresh,
  IconRestore,
  IconUser,
  IconWorld,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { Breadcrumb } from '../../../web/kit/page-head.tsx'
import { RecordHead } from '../../../web/kit/record-layout.tsx'
import { Tile } from '../../../web/kit/tile.tsx'
import { paths } from '../../../web/paths.ts'
import type { AccountRecord } from '../contract.ts'
import { useAccountActs } from './account-acts.tsx'
import { AccountStatus } from './account-status.tsx'
import { useEnterAccount } from '../../account-access/web/enter-account.tsx'
import { isOpen } from './row-buttons.tsx'

/** Which account it is, its status, and what can be done with it. */
export function AccountHead({ account }: { account: AccountRecord }) {
  const t = useT()
  const { enter, dialog } = useEnterAccount()
  return (
    <>
      <Breadcrumb crumbs={[{ label: t('resale.title'), to: paths.resale }, { label: account.name }]} />
      <RecordHead
        icon={<Tile name={account.name} id={account.client.id} size="l" />}
        title={account.name}
        meta={
          <>
            <AccountStatus account={account} />
            <span>
              <IconWorld size={14} aria-hidden="true" />
              <a href={account.address} target="_blank" rel="noreferrer noopener">
                {account.host}
              </a>
            </span>
            <span>
              <IconUser size={14} aria-hidden="true" />
              <Link to={paths.client(account.client.id)}>{account.client.name}</Link>
            </span>
          </>
        }
        actions={
          <>
            {account.can.renew ? (
              <Button
                {...(account.status === 'trial' && { variant: 'default' })}
                leftSection={<IconRefresh size={15} aria-hidden="true" />}
                renderRoot={(root) => <Link to={paths.hostedAccount(account.id, 'formule')} {...root} />}
              >
                {t(account.status === 'trial' ? 'resale.buy' : 'resale.renew')}
              </Button>
            ) : null}
            {isOpen(account) ? (
              <Button
                leftSection={<IconLogin2 size={15} aria-hidden="true" />}
                aria-label={t('resale.enterOne', { name: account.name })}
                onClick={() => enter(account)}
              >
                {t('resale.enter')}
              </Button>
            ) : null}
            <MoreMenu account={account} />
          </>
        }
      />
      {dialog}
    </>
  )
}

function MoreMenu({ account }: { account: AccountRecord }) {
  const t = useT()
  const acts = useAccountActs()
  const { can } = account
  const items = [
    can.extendTrial && { label: t('resale.act.extend'), icon: IconClockPlus, run: acts.extend },
    can.requestTrialExtension && {
      label: t('resale.act.askExtension'),
      icon: IconMessageCircleQuestion,
      run: acts.askExtension,
    },
    can.enable && { label: t('resale.act.enable'), icon: IconLockOpen, run: acts.enable },
    can.disable && { label: t('resale.act.disable'), icon: IconLock, run: acts.disable },
    can.undoCancel && { label: t('resale.act.undoCancel'), icon: IconRestore, run: acts.undoCancel },
    can.archive && { label: t('resale.act.archive'), icon: IconArchive, run: acts.archive },
    can.restore && { label: t('resale.act.restore'), icon: IconRestore, run: acts.restore },
    can.cancel && { label: t('resale.act.cancel'), icon: IconCircleX, run: acts.cancel, danger: true },
  ].filter((item) => item !== false)
  if (items.length === 0) return acts.dialog
  return (
    <>
      <Menu position="bottom-end" width={248}>
        <Menu.Target>
          <ActionIcon variant="default" size={32} aria-label={t('resale.more', { name: account.name })}>
            <IconDots size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {items.map(({ icon: Icon, ...item }) => (
            <Menu.Item
              key={item.label}
              {...('danger' in item && { 'data-danger': true })}
              leftSection={<Icon size={15} />}
              onClick={() => item.run(account)}
            >
              {item.label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {acts.dialog}
    </>
  )
}
