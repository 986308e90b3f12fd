import { useState } from 'react'
import { Anchor, Button, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { call } from '../../../web/call.ts'
import { T } from '../../../web/i18n/rich-text.tsx'
import { useT } from '../../../web/i18n/use-t.ts'
import { paths } from '../../../web/paths.ts'
import { useRealm } from '../../../web/realm.ts'
import { BrandLayout } from '../../../web/shell/brand-layout.tsx'
import { useZodForm } from '../../../web/use-zod-form.ts'
import { findMyAgency } from '../contract.ts'
import './agencies.css'

/** Mails the list of one's spaces; the page says the same whether there are any. */
export function FindAgencyPage() {
  const t = useT()
  const { mailbox } = useRealm()
  const [sent, setSent] = useState<string>()
  const form = useZodForm({ initialValues: { email: '' }, schema: findMyAgency.body! })
  if (sent !== undefined) {
    return (
      <BrandLayout title={t('agencies.find.sent')}>
        <p className="reading" role="status">
          <T id="agencies.find.sentText" values={{ email: sent }} />
        </p>
        <Button variant="default" onClick={() => setSent(undefined)}>
          {t('agencies.find.again')}
        </Button>
        {mailbox ? (
          <Anchor renderRoot={(root) => <Link to={paths.mailbox} {...root} />} size="sm">
            {t('agencies.welcome.mailbox')}
          </Anchor>
        ) : null}
      </BrandLayout>
    )
  }
  return (
    <BrandLayout title={t('agencies.find.title')} lead={t('agencies.find.lead')}>
      <form
        ref={form.ref}
        noValidate
        onSubmit={form.submit(async (body) => {
          await call(findMyAgency, { body })
          setSent(body.email.trim())
        })}
      >
        <TextInput
          label={t('agencies.find.email')}
          type="email"
          inputMode="email"
          autoComplete="email"
          autoFocus
          {...form.getInputProps('email')}
        />
        <Button type="submit" size="md" fullWidth loading={form.submitting}>
          {t('agencies.find.submit')}
        </Button>
      </form>
      <p className="meta sign-up-else">
        <Anchor renderRoot={(root) => <Link to={paths.signUp} {...root} />} inherit underline="always">
          {t('agencies.welcome.create')}
        </Anchor>
      </p>
    </BrandLayout>
  )
}
