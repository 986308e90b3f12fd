import { Button, Select, TextInput } from '@mantine/core'
import { locales } from '../../../contract/common.ts'
import { languageNames } from '../../../web/i18n/catalogue.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { CountryField } from '../../../web/kit/country-field.tsx'
import { notify } from '../../../web/kit/notices.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { Properties, Property } from '../../../web/kit/record-layout.tsx'
import { TimeZoneField } from '../../../web/kit/time-zone-field.tsx'
import { endpointKey, queryClient } from '../../../web/queries.ts'
import { isProblem } from '../../../web/problem-error.ts'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { useState } from 'react'
import { getAgency, updateAgency } from '../contract.ts'
import { WithAgency, saveAgency, type AgencySettings } from './use-agency.tsx'

/** Settings, "Agence": name, help address, language, time zone, country. */
export function AgencySection() {
  return <WithAgency>{(agency) => <AgencyForm agency={agency} />}</WithAgency>
}

const fields = ['name', 'supportEmail', 'locale', 'timeZone', 'country'] as const

function valuesOf(agency: AgencySettings) {
  const { name, supportEmail, locale, timeZone, country } = agency
  return { name, supportEmail: supportEmail ?? '', locale, timeZone, country }
}

function AgencyForm({ agency }: { agency: AgencySettings }) {
  const t = useT()
  const format = useFormat()
  const [stale, setStale] = useState(false)
  const form = useZodForm({
    initialValues: valuesOf(agency),
    schema: updateAgency.body!.omit({ version: true }),
  })
  const send = form.submit(async (values) => {
    const changed = Object.fromEntries(fields.filter((f) => form.isDirty(f)).map((f) => [f, values[f]]))
    try {
      const saved = await saveAgency(agency, changed)
      form.resetDirty(valuesOf(saved))
      form.setValues(valuesOf(saved))
      setStale(false)
      notify(t('settings.saved'))
    } catch (error) {
      if (!isProblem(error, 'version.stale')) throw error
      // What the other person saved comes in; what was typed here stays typed.
      const current = error.data['current'] as AgencySettings
      queryClient.setQueryData(endpointKey(getAgency), current)
      form.resetDirty(valuesOf(current))
      form.setValues({ ...valuesOf(current), ...changed })
      setStale(true)
    }
  })
  return (
    <form ref={form.ref} onSubmit={send} noValidate className="settings-form">
      {stale ? (
        <Notice inline live>
          {t('settings.stale')}
        </Notice>
      ) : null}
      <TextInput
        label={t('settings.agency.name')}
        autoComplete="organization"
        {...form.getInputProps('name')}
      />
      <TextInput
        label={`${t('settings.agency.supportEmail')} (${t('kit.optional')})`}
        description={t('settings.agency.supportEmailText')}
        type="email"
        inputMode="email"
        autoComplete="off"
        {...form.getInputProps('supportEmail')}
      />
      <Select
        label={t('settings.agency.locale')}
        description={t('settings.agency.localeText')}
        data={locales.map((l) => ({ value: l, label: languageNames[l] }))}
        allowDeselect={false}
        {...form.getInputProps('locale')}
      />
      <TimeZoneField
        label={t('settings.agency.timeZone')}
        allowDeselect={false}
        {...form.getInputProps('timeZone')}
      />
      <CountryField
        label={t('settings.agency.country')}
        allowDeselect={false}
        {...form.getInputProps('country')}
      />
      <div>
        <Button type="submit" loading={form.submitting} disabled={!form.isDirty()}>
          {t('settings.save')}
        </Button>
      </div>
      <Properties>
        <Property name={t('settings.agency.address')}>
          {agency.address.replace(/^https?:\/\//, '')}
          <p className="meta">{t('settings.agency.addressText')}</p>
        </Property>
        <Property name={t('settings.agency.kind')}>{t(`shell.kind.${agency.kind}`)}</Property>
        <Property name={t('settings.agency.currency')}>
          {agency.currency}
          <p className="meta">{t('settings.agency.currencyText')}</p>
        </Property>
      </Properties>
      <p className="meta">{t('settings.agency.created', { date: format.date(agency.createdAt) })}</p>
    </form>
  )
}
