import { useNavigate } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { PageHead } from '../../../web/kit/page-head.tsx'
import { ViewTabs } from '../../../web/kit/view-tabs.tsx'
import { paths } from '../../../web/paths.ts'
import { usePathParam } from '../../../web/router.tsx'
import { CardPanel } from '../../cards/web/card-panel.tsx'
import { OpenPurchases } from '../../payments/web/open-purchases.tsx'
import { AgencyBillingForm, IncompleteNotice } from './agency-billing-form.tsx'
import './agency-billing.css'

const tabs = ['paiement', 'coordonnees'] as const

/** "Facturation": what is to be settled and the card, the details invoices are made out to. */
export function BillingPage() {
  const t = useT()
  const navigate = useNavigate()
  const wanted = usePathParam('tab')
  const tab = tabs.find((id) => id === wanted) ?? 'paiement'
  return (
    <>
      <PageHead title={t('billing.title')} />
      <ViewTabs
        label={t('billing.tabs')}
        current={tab}
        tabs={tabs.map((id) => ({ id, label: t(`billing.tab.${id}`) }))}
        onChange={(id) =>
          void navigate({ to: paths.billing(id as (typeof tabs)[number]), replace: true } as never)
        }
      />
      <div className="scrolls billing">
        {tab === 'paiement' ? (
          <>
            <IncompleteNotice />
            <OpenPurchases />
            <CardPanel />
          </>
        ) : (
          <AgencyBillingForm />
        )}
      </div>
    </>
  )
}
