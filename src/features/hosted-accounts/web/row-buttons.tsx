import { useNavigate } from '@tanstack/react-router'
import { IconChevronDown, IconLogin2, IconRefresh, IconSettings } from '@tabler/icons-react'
import { useT } from '../../../web/i18n/use-t.ts'
import { paths } from '../../../web/paths.ts'
import type { AccountRow } from '../contract.ts'

/** What a row's buttons do: enter the account, open the row's menu under the button that was pressed. */
export type RowActs = {
  enter: (account: AccountRow) => void
  openMenu: (account: AccountRow, button: HTMLElement) => void
}

/** Whether its users, and so the agency, can be in it now. */
export function isOpen(account: Pick<AccountRow, 'status'>): boolean {
  return ['trial', 'active', 'cancelled'].includes(account.status)
}

/**
 * A row's own buttons (B9, B10): "Connexion", "Renouveler" on an expired account, else its page. The menu is one
 * for the whole list, so that a row holds nothing but native buttons.
 */
export function RowButtons({ account, acts }: { account: AccountRow; acts: RowActs }) {
  const t = useT()
  const navigate = useNavigate()
  const expired = account.status === 'expired'
  const [label, name, Icon, act] = expired
    ? [
        t('resale.renew'),
        t('resale.renewOne', { name: account.name }),
        IconRefresh,
        () => void navigate({ to: paths.hostedAccount(account.id, 'formule') }),
      ]
    : isOpen(account)
      ? [
          t('resale.enter'),
          t('resale.enterOne', { name: account.name }),
          IconLogin2,
          () => acts.enter(account),
        ]
      : [
          t('resale.manage'),
          t('resale.manageOne', { name: account.name }),
          IconSettings,
          () => void navigate({ to: paths.hostedAccount(account.id) }),
        ]
  return (
    <span className="split" data-strong={expired || undefined}>
      <button type="button" tabIndex={-1} aria-label={name} onClick={act}>
        <Icon size={14} aria-hidden="true" />
        {label}
      </button>
      <button
        type="button"
        tabIndex={-1}
        aria-haspopup="menu"
        aria-label={t('resale.more', { name: account.name })}
        onClick={(event) => acts.openMenu(account, event.currentTarget)}
      >
        <IconChevronDown size={14} aria-hidden="true" />
      </button>
    </span>
  )
}
