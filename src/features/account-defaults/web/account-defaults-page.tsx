import { useState } from 'react'
import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { locales } from '../../../contract/common.ts'
import { call } from '../../../web/call.ts'
import { languageNames } from '../../../web/i18n/catalogue.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { JobProgress } from '../../../web/kit/job-progress.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { notify } from '../../../web/kit/notices.tsx'
import { Breadcrumb, PageHead } from '../../../web/kit/page-head.tsx'
import { PageSkeleton } from '../../../web/kit/skeletons.tsx'
import { TimeZoneField } from '../../../web/kit/time-zone-field.tsx'
import { paths } from '../../../web/paths.ts'
import { isProblem } from '../../../web/problem-error.ts'
import { endpointKey, queryClient, useEndpoint } from '../../../web/queries.ts'
import { useSearchState } from '../../../web/search-state.ts'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { planCodes, intervals } from '../../plans/contract.ts'
import {
  getAccountDefaults,
  pushedSettings,
  updateAccountDefaults,
  type AccountDefaults,
} from '../contract.ts'

/** "Réglages par défaut" (B14, B64): what new accounts start with, pushed to existing ones on demand. */
export function AccountDefaultsPage() {
  const t = useT()
  const { data, error, refetch } = useEndpoint(getAccountDefaults)
  return (
    <>
      <Breadcrumb
        crumbs={[{ label: t('resale.title'), to: paths.resale }, { label: t('account_defaults.title') }]}
      />
      <PageHead title={t('account_defaults.title')} subtitle={t('account_defaults.lead')} line />
      {data ? (
        <Form defaults={data} />
      ) : error ? (
        <ErrorState error={error} what={t('account_defaults.unreadable')} retry={() => void refetch()} />
      ) : (
        <PageSkeleton />
      )}
    </>
  )
}

function valuesOf(d: AccountDefaults) {
  return {
    locale: d.locale,
    timeZone: d.timeZone,
    notificationEmail: d.notificationEmail ?? '',
    planCode: d.planCode,
    interval: d.interval,
    push: [] as string[],
  }
}

function Form({ defaults }: { defaults: AccountDefaults }) {
  const t = useT()
  const [search, setSearch] = useSearchState()
  const [stale, setStale] = useState(false)
  const form = useZodForm({
    initialValues: valuesOf(defaults),
    schema: updateAccountDefaults.body!.omit({ version: true, notificationEmail: true }).loose(),
  })
  const send = form.submit(async (values) => {
    try {
      const { defaults: saved, jobId } = await call(updateAccountDefaults, {
        body: {
          ...values,
          notificationEmail: values.notificationEmail === '' ? null : values.notificationEmail,
          version: defaults.version,
        } as never,
      })
      queryClient.setQueryData(endpointKey(getAccountDefaults), saved)
      form.setValues(valuesOf(saved))
      form.resetDirty(valuesOf(saved))
      setStale(false)
      setSearch({ traitement: jobId ?? undefined })
      notify(t('resale.settings.saved'))
    } catch (error) {
      if (!isProblem(error, 'version.stale')) throw error
      queryClient.setQueryData(endpointKey(getAccountDefaults), error.data['current'])
      setStale(true)
    }
  })
  return (
    <form ref={form.ref} onSubmit={send} noValidate className="scrolls stack form-page">
      {search['traitement'] ? (
        <JobProgress jobId={search['traitement']} label={t('job.hosted_accounts.defaults')} />
      ) : null}
      {stale ? (
        <Notice inline live>
          {t('settings.stale')}
        </Notice>
      ) : null}
      <Select
        label={t('resale.field.locale')}
        data={locales.map((l) => ({ value: l, label: languageNames[l] }))}
        allowDeselect={false}
        {...form.getInputProps('locale')}
      />
      <TimeZoneField
        label={t('resale.field.timeZone')}
        allowDeselect={false}
        {...form.getInputProps('timeZone')}
      />
      <TextInput
        label={`${t('resale.field.notificationEmail')} (${t('kit.optional')})`}
        description={t('account_defaults.addressText')}
        type="email"
        {...form.getInputProps('notificationEmail')}
      />
      <Select
        label={t('account_defaults.plan')}
        data={planCodes.map((value) => ({ value, label: t(`plan.${value}`) }))}
        allowDeselect={false}
        {...form.getInputProps('planCode')}
      />
      <Select
        label={t('subscriptions.interval')}
        data={intervals.map((value) => ({ value, label: t(`plan.interval.${value}`) }))}
        allowDeselect={false}
        {...form.getInputProps('interval')}
      />
      {defaults.accounts > 0 ? (
        <Checkbox.Group
          label={t('account_defaults.push', { count: defaults.accounts })}
          description={t('account_defaults.pushText')}
          {...form.getInputProps('push')}
        >
          {pushedSettings.map((name) => (
            <Checkbox key={name} mt={10} value={name} label={t(`account_defaults.push.${name}`)} />
          ))}
        </Checkbox.Group>
      ) : null}
      <div>
        <Button type="submit" loading={form.submitting} disabled={!form.isDirty()}>
          {form.values.push.length > 0
            ? t('account_defaults.saveAndPush', { count: defaults.accounts })
            : t('settings.save')}
        </Button>
      </div>
    </form>
  )
}
