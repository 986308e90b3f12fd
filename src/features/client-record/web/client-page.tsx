import { useNavigate } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { RecordPage } from '../../../web/kit/record-layout.tsx'
import { PageSkeleton } from '../../../web/kit/skeletons.tsx'
import { ViewTabs } from '../../../web/kit/view-tabs.tsx'
import { useLive } from '../../../web/live.ts'
import { clientTabs, paths, type ClientTab } from '../../../web/paths.ts'
import { refresh } from '../../../web/queries.ts'
import { usePathParam } from '../../../web/router.tsx'
import { useTitle } from '../../../web/shell/page-title.tsx'
import { explainClient } from '../../access/contract.ts'
import { ClientAccessPanel } from '../../access/web/client-access-panel.tsx'
import { getBillingProfile } from '../../client-billing/contract.ts'
import { ClientBilling } from '../../client-billing/web/client-billing.tsx'
import { ClientProjects } from '../../campaigns/web/client-projects.tsx'
import { ClientOrders } from '../../orders/web/client-orders.tsx'
import { listClientNotes } from '../../client-notes/contract.ts'
import { getClient, listAssignableMembers, listClientHistory } from '../contract.ts'
import { ClientDashboard } from './client-dashboard.tsx'
import { ClientHead } from './client-head.tsx'
import { ClientHistory } from './client-history.tsx'
import { ClientNotices } from './client-notices.tsx'
import { ClientProfile } from './client-profile.tsx'
import { useClient, type Client } from './use-client.ts'
import './client-record.css'

/** One client: dashboard, profile, billing details, who sees it, history; the tab is in the address. */
export function ClientPage() {
  const id = usePathParam('id')
  const wanted = usePathParam('tab')
  const t = useT()
  const navigate = useNavigate()
  const { data: client, error, refetch } = useClient(id)
  useTitle(client?.name ?? t('client_record.title'))
  useLive((event) => {
    if (event.kind !== 'reconnected' && !(event.kind === 'clients' && (event.id === id || event.id === null)))
      return
    void refresh(
      getClient,
      listClientNotes,
      listClientHistory,
      getBillingProfile,
      listAssignableMembers,
      explainClient,
    )
  })
  if (!client)
    return error ? (
      <ErrorState error={error} what={t('client_record.unreadable')} retry={() => void refetch()} />
    ) : (
      <PageSkeleton />
    )
  const tabs = tabsFor(client)
  const tab = tabs.find((name) => name === wanted) ?? 'tableau-de-bord'
  return (
    <RecordPage>
      <ClientHead client={client} />
      <ClientNotices client={client} tab={tab} />
      <ViewTabs
        label={t('client_record.tabs')}
        tabs={tabs.map((name) => ({ id: name, label: t(`client_record.tab.${name}`) }))}
        current={tab}
        onChange={(name) => void navigate({ to: paths.client(id, name as ClientTab) })}
      />
      <TabContent client={client} tab={tab} key={id} />
    </RecordPage>
  )
}

/** Tabs this user has: the agency's clients get neither the history nor who sees the client. */
function tabsFor(client: Client): ClientTab[] {
  return clientTabs.filter((tab) =>
    tab === 'acces' ? client.can.explain : tab === 'historique' ? client.can.seeInternals : true,
  )
}

function TabContent({ client, tab }: { client: Client; tab: ClientTab }) {
  if (tab === 'profil') return <ClientProfile client={client} />
  if (tab === 'projets') return <ClientProjects client={client} open={client.status !== 'archived'} />
  if (tab === 'commandes') return <ClientOrders clientId={client.id} open={client.status !== 'archived'} />
  if (tab === 'facturation') return <ClientBilling client={client} />
  if (tab === 'acces')
    return (
      // Scrolls by itself: the keyboard must be able to enter it.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must answer the arrow keys
      <div className="scrolls client-access" tabIndex={0}>
        <ClientAccessPanel clientId={client.id} />
      </div>
    )
  if (tab === 'historique') return <ClientHistory client={client} />
  return <ClientDashboard client={client} />
}
