import { useEffect, useState } from 'react'
import { Button, Select, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import {
  bareNumber,
  checkCompanyNumbers,
  checkSiren,
  checkSiret,
  frenchVatNumber,
} from '../../../contract/company-numbers.ts'
import { call } from '../../../web/call.ts'
import { isTextKey, translate, useT } from '../../../web/i18n/use-t.ts'
import { CountryField } from '../../../web/kit/country-field.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { notify } from '../../../web/kit/notices.tsx'
import { SectionHead } from '../../../web/kit/record-layout.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { paths } from '../../../web/paths.ts'
import { isProblem } from '../../../web/problem-error.ts'
import { endpointKey, queryClient, useEndpoint } from '../../../web/queries.ts'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { getAgencyBilling, updateAgencyBilling } from '../contract.ts'
import './agency-billing.css'

type Billing = AnswerOf<typeof getAgencyBilling>

const texts = [
  'legalName',
  'siren',
  'siret',
  'vatNumber',
  'email',
  'addressLine1',
  'addressLine2',
  'postalCode',
  'city',
  'purchaseReference',
] as const
type TextField = (typeof texts)[number]
type Values = Record<TextField, string> & { country: string; collectionDay: number | null; version: number }

function valuesOf(b: Billing): Values {
  const filled = Object.fromEntries(texts.map((f) => [f, b[f] ?? ''])) as Record<TextField, string>
  return { ...filled, country: b.country, collectionDay: b.collectionDay, version: b.version }
}

/** What the numbers' keys say while one types: field → sentence. */
function check(values: Values): Record<string, string> {
  const { faults } = checkCompanyNumbers(values)
  return Object.fromEntries(
    Object.entries(faults).map(([field, f]) => [
      field,
      isTextKey(f.code) ? translate(f.code, f.values) : f.code,
    ]),
  )
}

/** The agency's legal identity on its invoices, and how its renewals are charged; a section of the settings too. */
export function AgencyBillingForm() {
  const t = useT()
  const { data, error, refetch } = useEndpoint(getAgencyBilling)
  if (error && !data)
    return <ErrorState error={error} what={t('billing.unreadable')} retry={() => void refetch()} />
  return data ? <Form billing={data} /> : <Skeletons lines={8} height={52} />
}

function Form({ billing }: { billing: Billing }) {
  const t = useT()
  const [stale, setStale] = useState(false)
  const form = useZodForm<Values>({
    initialValues: valuesOf(billing),
    schema: updateAgencyBilling.body!,
    check,
  })
  const { values } = form
  const take = (now: Billing) => {
    queryClient.setQueryData(endpointKey(getAgencyBilling), now)
    form.setInitialValues(valuesOf(now))
    form.setValues(valuesOf(now))
    form.clearErrors()
  }
  // Read again by another tab or person: an untouched form shows it.
  useEffect(() => {
    if (!form.isDirty()) take(billing)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only a new reading matters
  }, [billing.version])
  const send = form.submit(async (body) => {
    try {
      take(await call(updateAgencyBilling, { body }))
      setStale(false)
      notify(t('billing.saved'))
    } catch (problem) {
      if (!isProblem(problem, 'version.stale')) throw problem
      form.setFieldValue('version', (problem.data['current'] as Billing).version)
      setStale(true)
    }
  })
  const french = values.country === 'FR'
  const text = (field: TextField, props: { description?: string; autoComplete?: string } = {}) => (
    <TextInput
      label={t(`client_record.field.${field === 'email' ? 'invoiceEmail' : field}`)}
      {...props}
      {...form.getInputProps(field)}
    />
  )
  return (
    <form ref={form.ref} onSubmit={send} noValidate className="billing-form">
      {stale ? (
        <Notice inline live>
          {t('billing.stale')}
        </Notice>
      ) : null}
      <SectionHead title={t('client_billing.identity')} />
      {text('legalName', { autoComplete: 'organization' })}
      <CountryField label={t('client_record.field.country')} {...form.getInputProps('country')} />
      {french || values.siren ? text('siren') : null}
      {french || values.siret ? text('siret') : null}
      {text('vatNumber', { description: t('client_billing.vatHelp') })}
      <VatSuggestion values={values} onTake={(vat) => form.setFieldValue('vatNumber', vat)} />
      <p className="meta">
        {t('billing.vat', { case: billing.vat.case, rate: billing.vat.rateBasisPoints / 100 })}
      </p>
      <SectionHead title={t('client_billing.address')} />
      {text('addressLine1', { autoComplete: 'address-line1' })}
      {text('addressLine2', { autoComplete: 'address-line2' })}
      <div className="billing-town">
        {text('postalCode', { autoComplete: 'postal-code' })}
        {text('city', { autoComplete: 'address-level2' })}
      </div>
      <SectionHead title={t('client_billing.sending')} />
      {text('email', { description: t('billing.emailHelp'), autoComplete: 'email' })}
      {text('purchaseReference', { description: t('billing.referenceHelp') })}
      <SectionHead title={t('billing.charging')} />
      <Select
        label={t('billing.collection')}
        description={t('billing.collectionHelp')}
        allowDeselect={false}
        data={[
          { value: '', label: t('billing.collection.own') },
          ...Array.from({ length: 28 }, (_, i) => ({
            value: String(i + 1),
            label: t('billing.collection.day', { day: i + 1 }),
          })),
        ]}
        value={values.collectionDay === null ? '' : String(values.collectionDay)}
        onChange={(day) => form.setFieldValue('collectionDay', day ? Number(day) : null)}
      />
      <div>
        <Button type="submit" loading={form.submitting} disabled={!form.isDirty() && !stale}>
          {t('billing.save')}
        </Button>
      </div>
    </form>
  )
}

/** The VAT number that follows from the SIREN, when none was typed. */
function VatSuggestion({ values, onTake }: { values: Values; onTake: (vat: string) => void }) {
  const t = useT()
  const siren = checkSiren(values.siren)
  const siret = checkSiret(values.siret)
  const known = 'value' in siren ? siren.value : 'value' in siret ? siret.value.slice(0, 9) : undefined
  if (known === undefined || bareNumber(values.vatNumber) !== '') return null
  const vat = frenchVatNumber(known)
  return (
    <div>
      <Button variant="default" size="sm" onClick={() => onTake(vat)}>
        {t('client_billing.useVat', { vat })}
      </Button>
    </div>
  )
}

/** Said wherever one pays: without these details nothing can be invoiced. */
export function IncompleteNotice() {
  const t = useT()
  const { data } = useEndpoint(getAgencyBilling)
  if (!data || data.missing.length === 0) return null
  return (
    <Notice
      inline
      action={
        <Button
          component={Link}
          variant="default"
          size="sm"
          {...({ to: paths.billing('coordonnees') } as object)}
        >
          {t('billing.complete')}
        </Button>
      }
    >
      {t('billing.incomplete')}
    </Notice>
  )
}
