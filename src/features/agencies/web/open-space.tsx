import { useState } from 'react'
import { Button, TextInput } from '@mantine/core'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import '../../../web/kit/address-field.css'
import { notifyError } from '../../../web/kit/notices.tsx'
import { paths } from '../../../web/paths.ts'
import { useRealm } from '../../../web/realm.ts'
import { checkSlug } from '../contract.ts'

/** Leads to the sign-in page of the space whose address is typed: a label, or the whole address. */
export function OpenSpace() {
  const t = useT()
  const base = new URL(useRealm().baseUrl)
  const [value, setValue] = useState('')
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const open = async () => {
    const slug = value
      .trim()
      .toLowerCase()
      .replace(/^https?:\/\//, '')
      .replace(/[/:].*$/, '')
      .replace(`.${base.hostname}`, '')
    if (slug === '') return setError(t('field.required'))
    setBusy(true)
    try {
      const known = await call(checkSlug, { query: { slug } })
      if (known.problem?.code === 'agencies.slug_taken')
        return window.location.assign(`${known.address}${paths.signIn}`)
      setError(t('agencies.welcome.unknown'))
    } catch (failure) {
      notifyError(failure)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className="open-space"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void open()
      }}
    >
      <TextInput
        label={t('agencies.welcome.address')}
        value={value}
        onChange={(event) => {
          setValue(event.currentTarget.value)
          setError(undefined)
        }}
        error={error}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        rightSection={<span className="address-end">.{base.host}</span>}
        rightSectionWidth={`${base.host.length * 0.56 + 1.6}em`}
        rightSectionPointerEvents="none"
      />
      <Button type="submit" variant="default" loading={busy} fullWidth>
        {t('agencies.welcome.open')}
      </Button>
    </form>
  )
}
