import { useEffect, useState } from 'react'
import { Button, Select } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { notify } from '../../../web/kit/notices.tsx'
import { SectionHead } from '../../../web/kit/record-layout.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { paths } from '../../../web/paths.ts'
import { isProblem } from '../../../web/problem-error.ts'
import { endpointKey, queryClient, useEndpoint } from '../../../web/queries.ts'
import { useZodForm } from '../../../web/use-zod-form.ts'
import {
  BillingFields,
  billingTexts,
  checkBilling,
  type BillingTexts,
} from '../../client-billing/web/billing-fields.tsx'
import { getAgencyBilling, updateAgencyBilling } from '../contract.ts'
import './agency-billing.css'

type Billing = AnswerOf<typeof getAgencyBilling>

type Values = BillingTexts & { collectionDay: number | null; version: number }

function valuesOf(b: Billing): Values {
  return { ...billingTexts(b), collectionDay: b.collectionDay, version: b.version }
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
    check: checkBilling,
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
  return (
    <form ref={form.ref} onSubmit={send} noValidate className="billing-form">
      {stale ? (
        <Notice inline live>
          {t('billing.stale')}
        </Notice>
      ) : null}
      <BillingFields
        values={values}
        input={(field) => form.getInputProps(field) as object}
        onVatNumber={(vat) => form.setFieldValue('vatNumber', vat)}
        help={{ email: t('billing.emailHelp'), purchaseReference: t('billing.referenceHelp') }}
        vat={
          <p className="meta">
            {t('billing.vat', { case: billing.vat.case, rate: billing.vat.rateBasisPoints / 100 })}
          </p>
        }
      />
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
