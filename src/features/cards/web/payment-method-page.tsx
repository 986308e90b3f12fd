import { useNavigate } from '@tanstack/react-router'
import { IconBuilding } from '@tabler/icons-react'
import { useT } from '../../../web/i18n/use-t.ts'
import { Empty } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { Breadcrumb, PageHead } from '../../../web/kit/page-head.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { ViewTabs } from '../../../web/kit/view-tabs.tsx'
import { useMe } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { usePathParam } from '../../../web/router.tsx'
import { NotFoundPage } from '../../../web/shell/not-found-page.tsx'
import { getClientDashboard } from '../../client-dashboard/contract.ts'
import { getClient } from '../../client-record/contract.ts'
import { OpenPurchases } from '../../payments/web/open-purchases.tsx'
import { CardPanel } from './card-panel.tsx'

/**
 * "Moyen de paiement": the card that pays a client's top-ups and subscriptions (C21). A client's own people come from
 * their menu, the agency's owners from what a client is to pay.
 */
export function PaymentMethodPage() {
  const me = useMe()
  const id = usePathParam('id')
  if (me?.member?.role === 'client') return <OwnCards wanted={id} />
  return id ? <ClientsCard id={id} key={id} /> : <NotFoundPage />
}

/** The cards of one's own clients, one at a time: most people have a single one. */
function OwnCards({ wanted }: { wanted: string }) {
  const t = useT()
  const navigate = useNavigate()
  const { data, error, refetch } = useEndpoint(getClientDashboard)
  if (error && !data)
    return <ErrorState error={error} what={t('cards.unreadable')} retry={() => void refetch()} />
  const clients = (data?.data ?? []).map((line) => line.client)
  const current = wanted ? clients.find((c) => c.id === wanted) : clients[0]
  if (data && wanted && !current) return <NotFoundPage />
  return (
    <>
      <PageHead
        title={t('cards.page')}
        {...(current && { subtitle: t('cards.pageLead', { name: current.name }) })}
        line={clients.length < 2}
      />
      {clients.length > 1 ? (
        <ViewTabs
          label={t('cards.pageTabs')}
          current={current?.id ?? ''}
          tabs={clients.map((c) => ({ id: c.id, label: c.name }))}
          onChange={(id) => void navigate({ to: paths.paymentMethod(id), replace: true })}
        />
      ) : null}
      <div className="scrolls payment-method">
        {!data ? (
          <Skeletons lines={3} height={52} />
        ) : current ? (
          <>
            <OpenPurchases />
            <CardPanel clientId={current.id} key={current.id} />
          </>
        ) : (
          <Empty icon={<IconBuilding size={28} stroke={1.5} />} title={t('cards.nobody')}>
            {t('cards.nobodyText')}
          </Empty>
        )}
      </div>
    </>
  )
}

/** A client's card, for the agency that pays in through that client's details (C13). */
function ClientsCard({ id }: { id: string }) {
  const t = useT()
  const { data: client, error } = useEndpoint(getClient, { params: { id } })
  if (error) return <NotFoundPage />
  return (
    <>
      <Breadcrumb
        crumbs={[
          { label: t('clients.title'), to: paths.clients },
          { label: client?.name ?? '…', to: paths.client(id) },
          { label: t('cards.page') },
        ]}
      />
      <PageHead
        title={t('cards.page')}
        {...(client && { subtitle: t('cards.pageLead', { name: client.name }) })}
        line
      />
      <div className="scrolls payment-method">
        <CardPanel clientId={id} />
      </div>
    </>
  )
}
