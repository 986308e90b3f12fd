import { useRef, useState } from 'react'
import { Anchor, Button, Select, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { locales } from '../../../contract/common.ts'
import type { Locale } from '../../../contract/common.ts'
import { call } from '../../../web/call.ts'
import { activeLanguage, languageNames } from '../../../web/i18n/catalogue.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { AddressField } from '../../../web/kit/address-field.tsx'
import { OptionCards } from '../../../web/kit/option-card.tsx'
import { TimeZoneField, deviceTimeZone } from '../../../web/kit/time-zone-field.tsx'
import { paths } from '../../../web/paths.ts'
import { BrandLayout } from '../../../web/shell/brand-layout.tsx'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { PasswordField } from '../../passwords/web/password-field.tsx'
import { checkSlug, signUpAgency } from '../contract.ts'
import './agencies.css'

/** Creates an agency: one column, a minute, and its address proposed from its name (A1). */
export function SignUpPage() {
  const t = useT()
  const [typed, setTyped] = useState(false)
  // One key a form: clicking twice, or again after a lost connection, makes one agency.
  const key = useRef(crypto.randomUUID())
  const form = useZodForm({
    initialValues: {
      kind: 'agency' as 'agency' | 'advertiser',
      name: '',
      slug: '',
      ownerName: '',
      email: '',
      password: '',
      locale: activeLanguage() as Locale,
      timeZone: deviceTimeZone(),
    },
    schema: signUpAgency.body!,
  })
  const { kind, name } = form.values
  const send = form.submit(async (body) => {
    try {
      const { url } = await call(signUpAgency, { body }, { idempotencyKey: key.current })
      window.location.assign(url)
      // The button keeps turning until the other address shows.
      await new Promise((resolve) => setTimeout(resolve, 10_000))
    } catch (error) {
      key.current = crypto.randomUUID()
      throw error
    }
  })
  return (
    <BrandLayout title={t('agencies.sign_up.title')} lead={t('agencies.sign_up.lead')}>
      <form ref={form.ref} onSubmit={send} noValidate>
        <OptionCards
          legend={t('agencies.sign_up.kind')}
          name="kind"
          value={kind}
          onChange={(value) => form.setFieldValue('kind', value)}
          options={[
            {
              value: 'agency',
              title: t('agencies.sign_up.kind.agency'),
              detail: t('agencies.sign_up.kind.agencyText'),
            },
            {
              value: 'advertiser',
              title: t('agencies.sign_up.kind.advertiser'),
              detail: t('agencies.sign_up.kind.advertiserText'),
            },
          ]}
        />
        <TextInput
          label={t(`agencies.sign_up.name.${kind}`)}
          autoComplete="organization"
          {...form.getInputProps('name')}
        />
        <AddressField
          check={checkSlug}
          label={t('agencies.sign_up.slug')}
          hint={t('agencies.sign_up.slugHint')}
          free={t('agencies.sign_up.slugFree')}
          take={(slug) => t('agencies.sign_up.slugTake', { slug })}
          {...form.getInputProps('slug')}
          value={form.values.slug}
          onChange={(slug) => form.setFieldValue('slug', slug)}
          name={name}
          typed={typed}
          onTyped={() => setTyped(true)}
        />
        <TextInput
          label={t('agencies.sign_up.ownerName')}
          autoComplete="name"
          {...form.getInputProps('ownerName')}
        />
        <TextInput
          label={t('agencies.sign_up.email')}
          type="email"
          autoComplete="email"
          inputMode="email"
          {...form.getInputProps('email')}
        />
        <PasswordField
          label={t('agencies.sign_up.password')}
          {...form.getInputProps('password')}
          value={form.values.password}
        />
        <div className="sign-up-two">
          <Select
            label={t('agencies.sign_up.locale')}
            data={locales.map((l) => ({ value: l, label: languageNames[l] }))}
            allowDeselect={false}
            {...form.getInputProps('locale')}
          />
          <TimeZoneField
            label={t('agencies.sign_up.timeZone')}
            allowDeselect={false}
            {...form.getInputProps('timeZone')}
          />
        </div>
        <Button type="submit" size="md" fullWidth loading={form.submitting}>
          {t(`agencies.sign_up.submit.${kind}`)}
        </Button>
      </form>
      <p className="meta sign-up-else">
        {t('agencies.welcome.have')}{' '}
        <Anchor renderRoot={(root) => <Link to={paths.findAgency} {...root} />} inherit underline="always">
          {t('agencies.welcome.find')}
        </Anchor>
      </p>
    </BrandLayout>
  )
}
