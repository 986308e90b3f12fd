import type { AnswerOf } from '../../../contract/endpoint.ts'
import { spacedNumber } from '../../../contract/company-numbers.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { Properties, Property, SectionHead } from '../../../web/kit/record-layout.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { useEndpoint } from '../../../web/queries.ts'
import { getBillingProfile } from '../contract.ts'
import { BillingForm } from './billing-form.tsx'
import { LookAlikes } from '../../client-record/web/look-alikes.tsx'
import type { Client } from '../../client-record/web/use-client.ts'
import './client-billing.css'

/** Billing details as the API answers them. */
export type Billing = AnswerOf<typeof getBillingProfile>

/** Tab "Facturation" (A5): a form with its numbers checked while typing, or plain values without the right. */
export function ClientBilling({ client }: { client: Client }) {
  const t = useT()
  const { data, error, refetch } = useEndpoint(getBillingProfile, { params: { id: client.id } })
  return (
    <div className="scrolls client-billing">
      {error && !data ? (
        <ErrorState error={error} what={t('client_billing.unreadable')} retry={() => void refetch()} />
      ) : null}
      {!data && !error ? <Skeletons lines={8} height={52} /> : null}
      {data && data.sameSiren.length > 0 ? (
        <Notice inline>
          {t('client_billing.sameSiren', { n: data.sameSiren.length })}
          <LookAlikes clients={data.sameSiren} />
        </Notice>
      ) : null}
      {data ? (
        data.can.edit ? (
          <BillingForm client={client} billing={data} />
        ) : (
          <BillingValues client={client} billing={data} />
        )
      ) : null}
    </div>
  )
}

function BillingValues({ client, billing }: { client: Client; billing: Billing }) {
  const t = useT()
  const format = useFormat()
  const address = [
    billing.addressLine1,
    billing.addressLine2,
    [billing.postalCode, billing.city].filter(Boolean).join(' '),
    format.country(billing.country),
  ]
    .filter(Boolean)
    .join('\n')
  const values: [string, string | null][] = [
    [t('client_record.field.legalName'), billing.legalName],
    [t('client_record.field.siren'), billing.siren && spacedNumber(billing.siren)],
    [t('client_record.field.siret'), billing.siret && spacedNumber(billing.siret)],
    [t('client_record.field.vatNumber'), billing.vatNumber],
    [t('client_billing.address'), address],
    [t('client_billing.email'), billing.email],
    [t('client_record.field.purchaseReference'), billing.purchaseReference],
    [
      t('client_record.field.paymentTermsDays'),
      billing.paymentTermsDays === null ? null : t('client_billing.days', { n: billing.paymentTermsDays }),
    ],
  ]
  return (
    <div className="client-billing-values">
      <SectionHead title={t('client_billing.title')} />
      <p className="meta">
        {client.status === 'archived' ? t('client_record.archived.reason') : t('client_billing.readOnly')}
      </p>
      <Properties>
        {values.map(([name, value]) => (
          <Property key={name} name={name}>
            <span className="inline-field">{value ?? '—'}</span>
          </Property>
        ))}
      </Properties>
    </div>
  )
}
