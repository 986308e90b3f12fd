import { useState } from 'react'
import { Button, Select, TextInput } from '@mantine/core'
import { locales } from '../../../contract/common.ts'
import { call } from '../../../web/call.ts'
import { languageNames } from '../../../web/i18n/catalogue.ts'
import { T } from '../../../web/i18n/rich-text.tsx'
import { useT } from '../../../web/i18n/use-t.ts'
import { Notice } from '../../../web/kit/notice.tsx'
import { notify } from '../../../web/kit/notices.tsx'
import { TimeZoneField } from '../../../web/kit/time-zone-field.tsx'
import { isProblem } from '../../../web/problem-error.ts'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { updateHostedAccount, type AccountRecord } from '../contract.ts'
import { refreshAccounts } from './account-acts.tsx'

const fields = [
  'name',
  'contactName',
  'contactEmail',
  'notificationEmail',
  'locale',
  'timeZone',
  'customDomain',
] as const

function valuesOf(a: AccountRecord) {
  const { name, contactName, contactEmail, notificationEmail, locale, timeZone } = a
  return {
    name,
    contactName,
    contactEmail,
    notificationEmail,
    locale,
    timeZone,
    customDomain: a.customDomain?.name ?? '',
  }
}

/** Name, contact, notification address, language, zone, wished domain (B19 to B23, B76). */
export function AccountSettings({ account }: { account: AccountRecord }) {
  const t = useT()
  const [stale, setStale] = useState(false)
  const [version, setVersion] = useState(account.version)
  const body = updateHostedAccount.body!.omit({ version: true })
  const form = useZodForm({
    initialValues: valuesOf(account),
    // An empty domain is none.
    schema: body
      .extend({ customDomain: body.shape.customDomain.or(body.shape.name.unwrap().max(0)) })
      .partial(),
  })
  const send = form.submit(async (values) => {
    const changed = Object.fromEntries(
      fields
        .filter((f) => form.isDirty(f))
        .map((f) => [f, f === 'customDomain' && values[f] === '' ? null : values[f]]),
    )
    try {
      const saved = await call(updateHostedAccount, {
        params: { id: account.id },
        body: { ...changed, version },
      })
      setVersion(saved.version)
      setStale(false)
      form.resetDirty(valuesOf(saved))
      form.setValues(valuesOf(saved))
      void refreshAccounts()
      notify(t('resale.settings.saved'))
    } catch (error) {
      if (!isProblem(error, 'version.stale')) throw error
      const current = error.data['current'] as AccountRecord
      setVersion(current.version)
      setStale(true)
      form.resetDirty(valuesOf(current))
      form.setValues({ ...valuesOf(current), ...(changed as object) })
    }
  })
  const { customDomain } = account
  return (
    <form ref={form.ref} onSubmit={send} noValidate className="account-narrow account-form">
      {stale ? (
        <Notice inline live>
          {t('settings.stale')}
        </Notice>
      ) : null}
      <TextInput label={t('resale.field.name')} {...form.getInputProps('name')} />
      <TextInput label={t('resale.field.contactName')} {...form.getInputProps('contactName')} />
      <TextInput
        label={t('resale.field.contactEmail')}
        description={t('resale.silent')}
        type="email"
        {...form.getInputProps('contactEmail')}
      />
      <TextInput
        label={t('resale.field.notificationEmail')}
        description={t('resale.field.notificationEmailText')}
        type="email"
        {...form.getInputProps('notificationEmail')}
      />
      <Select
        label={t('resale.field.locale')}
        data={locales.map((l) => ({ value: l, label: languageNames[l] }))}
        allowDeselect={false}
        {...form.getInputProps('locale')}
      />
      <TimeZoneField
        label={t('resale.field.timeZone')}
        description={t('resale.field.timeZoneKept')}
        allowDeselect={false}
        {...form.getInputProps('timeZone')}
      />
      <TextInput
        label={`${t('resale.field.customDomain')} (${t('kit.optional')})`}
        description={t('resale.field.customDomainText')}
        {...form.getInputProps('customDomain')}
      />
      {customDomain ? (
        <Notice tone="info" inline>
          {customDomain.verified ? (
            t('resale.domain.verified', { domain: customDomain.name })
          ) : (
            <T
              id="resale.domain.waiting"
              values={{ domain: customDomain.name, target: customDomain.target }}
            />
          )}
        </Notice>
      ) : null}
      <div>
        <Button type="submit" loading={form.submitting} disabled={!form.isDirty()}>
          {t('settings.save')}
        </Button>
      </div>
    </form>
  )
}
