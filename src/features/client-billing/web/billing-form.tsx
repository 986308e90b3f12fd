import { useEffect, useRef } from 'react'
import { Button, NumberInput } from '@mantine/core'
import { useT } from '../../../web/i18n/use-t.ts'
import { Notice } from '../../../web/kit/notice.tsx'
import { BillingFields } from './billing-fields.tsx'
import { BillingPreview } from './billing-preview.tsx'
import type { Billing } from './client-billing.tsx'
import { useBillingForm, type BillingValues } from './use-billing-form.ts'
import type { Client } from '../../client-record/web/use-client.ts'

/** Billing details: legal identity, address, sending and payment; one column, saved together. */
export function BillingForm({ client, billing }: { client: Client; billing: Billing }) {
  const t = useT()
  const { form, changed, draftFound, theirs, submit, reset } = useBillingForm(client.id, billing)
  const { values } = form
  return (
    <form ref={form.ref} onSubmit={submit} noValidate className="client-billing-form">
      <BillingFields
        values={values}
        input={(field) => form.getInputProps(field) as object}
        onVatNumber={(vat) => form.setFieldValue('vatNumber', vat)}
        help={{
          legalName: t('client_billing.legalNameHelp'),
          email: t('client_billing.emailHelp'),
          purchaseReference: t('client_billing.referenceHelp'),
        }}
        before={
          theirs ? (
            <Conflict mine={values} theirs={theirs} onTake={reset} />
          ) : draftFound ? (
            <Notice
              tone="info"
              inline
              action={
                <Button variant="default" size="sm" onClick={reset}>
                  {t('kit.draft.forget')}
                </Button>
              }
            >
              {t('kit.draft.found')}
            </Notice>
          ) : null
        }
      >
        <NumberInput
          label={t('client_record.field.paymentTermsDays')}
          description={t('client_billing.termsHelp')}
          suffix={` ${t('client_billing.daysUnit')}`}
          min={0}
          max={120}
          clampBehavior="none"
          allowDecimal={false}
          allowNegative={false}
          {...form.getInputProps('paymentTermsDays')}
          value={values.paymentTermsDays ?? ''}
          onChange={(days) => form.setFieldValue('paymentTermsDays', typeof days === 'number' ? days : null)}
        />
      </BillingFields>
      <aside className="client-billing-side" aria-label={t('client_billing.preview')}>
        <BillingPreview client={client} values={values} />
      </aside>
      <div className="client-billing-foot" data-shown={changed || undefined}>
        <span className="meta">{changed ? t('client_billing.unsaved') : t('client_billing.allSaved')}</span>
        <span className="spacer" />
        <Button variant="default" onClick={reset} disabled={!changed}>
          {t('client_billing.reset')}
        </Button>
        <Button type="submit" loading={form.submitting} disabled={!changed}>
          {t('client_billing.save')}
        </Button>
      </div>
    </form>
  )
}

/** Somebody else saved meanwhile: brought into view, since saving again replaces theirs. */
function Conflict(props: { mine: BillingValues; theirs: Billing; onTake: () => void }) {
  const t = useT()
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'center' })
  }, [props.theirs])
  return (
    <div ref={place}>
      <Notice inline live>
        {t('client_billing.stale')} <Differences mine={props.mine} theirs={props.theirs} />
        <Button variant="default" size="sm" onClick={props.onTake}>
          {t('client_billing.takeTheirs')}
        </Button>
      </Notice>
    </div>
  )
}

/** What somebody else saved otherwise than what is typed here. */
function Differences({ mine, theirs }: { mine: BillingValues; theirs: Billing }) {
  const t = useT()
  const fields = (Object.keys(mine) as (keyof BillingValues)[]).filter(
    (f) => f !== 'version' && (mine[f] ?? '') !== (theirs[f] ?? ''),
  )
  if (fields.length === 0) return null
  return (
    <ul className="client-theirs">
      {fields.map((f) => (
        <li key={f}>
          {t('client_billing.theirs', {
            field: t(`client_record.field.${f === 'email' ? 'invoiceEmail' : (f as 'siren')}`),
            value: String(theirs[f] ?? '—'),
          })}
        </li>
      ))}
    </ul>
  )
}
