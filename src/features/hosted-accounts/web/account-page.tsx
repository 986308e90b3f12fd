import { useNavigate } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { PageSkeleton } from '../../../web/kit/skeletons.tsx'
import { ViewTabs } from '../../../web/kit/view-tabs.tsx'
import { useLive } from '../../../web/live.ts'
import { hostedAccountTabs, paths, type HostedAccountTab } from '../../../web/paths.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { usePathParam } from '../../../web/router.tsx'
import { useTitle } from '../../../web/shell/page-title.tsx'
import { AccountPeriods } from '../../account-changes/web/account-periods.tsx'
import { ChangePlan } from '../../account-changes/web/change-plan.tsx'
import { getHostedAccount, type AccountRecord } from '../contract.ts'
import { AccountAccess } from './account-access.tsx'
import { AccountHead } from './account-head.tsx'
import { AccountHistory } from './account-history.tsx'
import { AccountOverview } from './account-overview.tsx'
import { AccountSettings } from './account-settings.tsx'
import { refreshAccounts } from './account-acts.tsx'
import './resale.css'
import './account.css'

/** One hosted account: overview, plan, billing, access, settings, history; the tab is in the address. */
export function AccountPage() {
  const id = usePathParam('id')
  const wanted = usePathParam('tab')
  const t = useT()
  const navigate = useNavigate()
  const { data: account, error, refetch } = useEndpoint(getHostedAccount, { params: { id } })
  useTitle(account?.name ?? t('resale.account'))
  useLive((event) => {
    if (['hosted_accounts', 'reconnected'].includes(event.kind)) void refreshAccounts()
  })
  if (!account)
    return error ? (
      <ErrorState error={error} what={t('resale.accountUnreadable')} retry={() => void refetch()} />
    ) : (
      <PageSkeleton />
    )
  const tab = hostedAccountTabs.find((name) => name === wanted) ?? 'apercu'
  return (
    <>
      <AccountHead account={account} />
      <ViewTabs
        label={t('resale.tabs')}
        tabs={hostedAccountTabs.map((name) => ({ id: name, label: t(`resale.tab.${name}`) }))}
        current={tab}
        onChange={(name) => void navigate({ to: paths.hostedAccount(id, name as HostedAccountTab) })}
      />
      {/* Scrolls by itself: the keyboard must be able to enter it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must answer the arrow keys */}
      <div className="scrolls account-tab" tabIndex={0} key={`${id}-${tab}`}>
        <TabContent account={account} tab={tab} />
      </div>
    </>
  )
}

function TabContent({ account, tab }: { account: AccountRecord; tab: HostedAccountTab }) {
  if (tab === 'formule') return <ChangePlan account={account} />
  if (tab === 'facturation') return <AccountPeriods account={account} />
  if (tab === 'acces') return <AccountAccess account={account} />
  if (tab === 'reglages') return <AccountSettings account={account} />
  if (tab === 'historique') return <AccountHistory account={account} />
  return <AccountOverview account={account} />
}
