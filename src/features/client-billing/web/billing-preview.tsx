import { bareNumber, checkVatNumber, spacedNumber } from '../../../contract/company-numbers.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import type { BillingValues } from './use-billing-form.ts'
import type { Client } from '../../client-record/web/use-client.ts'

/** The addressee as an invoice prints it, while one types. */
export function BillingPreview({ client, values }: { client: Client; values: BillingValues }) {
  const t = useT()
  const format = useFormat()
  const vat = checkVatNumber(values.vatNumber)
  const number = values.siret || values.siren
  const lines = [
    values.addressLine1,
    values.addressLine2,
    [values.postalCode, values.city].filter(Boolean).join(' '),
  ].filter(Boolean)
  return (
    <div className="card client-invoice">
      <p className="meta">{t('client_billing.preview')}</p>
      <address>
        <b>{values.legalName || client.name}</b>
        {lines.map((line) => (
          <span key={line}>{line}</span>
        ))}
        <span>{format.country(values.country)}</span>
      </address>
      {number ? (
        <p>
          {values.siret ? t('client_record.field.siret') : t('client_record.field.siren')}{' '}
          {spacedNumber(bareNumber(number))}
        </p>
      ) : null}
      {'value' in vat ? (
        <p>
          {t('client_record.field.vatNumber')} {vat.value}
        </p>
      ) : null}
      {values.purchaseReference ? (
        <p>{t('client_billing.yourReference', { reference: values.purchaseReference })}</p>
      ) : null}
      {values.paymentTermsDays === null ? null : (
        <p>{t('client_billing.terms', { n: values.paymentTermsDays })}</p>
      )}
    </div>
  )
}
