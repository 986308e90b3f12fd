import { useEffect, useRef } from 'react'
import { Button, NumberInput, TextInput } from '@mantine/core'
import { bareNumber, checkSiren, checkSiret, frenchVatNumber } from '../../../contract/company-numbers.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { CountryField } from '../../../web/kit/country-field.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { SectionHead } from '../../../web/kit/record-layout.tsx'
import { BillingPreview } from './billing-preview.tsx'
import type { Billing } from './client-billing.tsx'
import { useBillingForm, type BillingValues } from './use-billing-form.ts'
import type { Client } from '../../client-record/web/use-client.ts'

type TextField = Exclude<keyof BillingValues, 'country' | 'paymentTermsDays' | 'version'>

/** Billing details: legal identity, address, sending and payment; one column, saved together. */
export function BillingForm({ client, billing }: { client: Client; billing: Billing }) {
  const t = useT()
  const { form, changed, draftFound, theirs, submit, reset } = useBillingForm(client.id, billing)
  const { values } = form
  const french = values.country === 'FR'
  const text = (
    field: TextField,
    props: { description?: string; autoComplete?: string; inputMode?: 'numeric' | 'email' } = {},
  ) => (
    <TextInput
      label={t(`client_record.field.${field === 'email' ? 'invoiceEmail' : field}`)}
      {...props}
      {...form.getInputProps(field)}
    />
  )
  return (
    <form ref={form.ref} onSubmit={submit} noValidate className="client-billing-form">
      <div className="client-billing-fields">
        {theirs ? (
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
        ) : null}
        <SectionHead title={t('client_billing.identity')} />
        {text('legalName', {
          description: t('client_billing.legalNameHelp'),
          autoComplete: 'organization',
        })}
        <CountryField label={t('client_record.field.country')} {...form.getInputProps('country')} />
        {french || values.siren
          ? text('siren', { description: t('client_billing.sirenHelp'), inputMode: 'numeric' })
          : null}
        {french || values.siret
          ? text('siret', { description: t('client_billing.siretHelp'), inputMode: 'numeric' })
          : null}
        {text('vatNumber', { description: t('client_billing.vatHelp') })}
        <VatSuggestion values={values} onTake={(vat) => form.setFieldValue('vatNumber', vat)} />
        <SectionHead title={t('client_billing.address')} />
        {text('addressLine1', { autoComplete: 'address-line1' })}
        {text('addressLine2', { autoComplete: 'address-line2' })}
        <div className="client-billing-town">
          {text('postalCode', { autoComplete: 'postal-code' })}
          {text('city', { autoComplete: 'address-level2' })}
        </div>
        <SectionHead title={t('client_billing.sending')} />
        {text('email', {
          description: t('client_billing.emailHelp'),
          inputMode: 'email',
          autoComplete: 'email',
        })}
        {text('purchaseReference', { description: t('client_billing.referenceHelp') })}
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
      </div>
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

/** The VAT number that follows from the SIREN, when none was typed. */
function VatSuggestion({ values, onTake }: { values: BillingValues; onTake: (vat: string) => void }) {
  const t = useT()
  const siren = checkSiren(values.siren)
  const siret = checkSiret(values.siret)
  const known = 'value' in siren ? siren.value : 'value' in siret ? siret.value.slice(0, 9) : undefined
  if (known === undefined || bareNumber(values.vatNumber) !== '') return null
  const vat = frenchVatNumber(known)
  return (
    <Button variant="default" size="sm" className="client-vat" onClick={() => onTake(vat)}>
      {t('client_billing.useVat', { vat })}
    </Button>
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
            value: String(theirs[f] ?? '–'),
          })}
        </li>
      ))}
    </ul>
  )
}
