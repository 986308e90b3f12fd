import { useEffect } from 'react'
import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useT } from '../../../web/i18n/use-t.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { useRealm } from '../../../web/realm.ts'
import { checkAccountAddress } from '../contract.ts'

/** Address of the account to be (B18): proposed from the client's name until one is typed, checked while typed. */
export function AccountAddressField(props: {
  value: string
  onChange: (slug: string) => void
  /** The client's name. */
  name: string
  typed: boolean
  onTyped: () => void
  error?: React.ReactNode
}) {
  const t = useT()
  const { typed, onChange, value } = props
  const [text] = useDebouncedValue(typed ? value : props.name, 200)
  const { data } = useEndpoint(
    checkAccountAddress,
    { query: typed ? { slug: text } : { name: text } },
    { enabled: text.trim() !== '', placeholderData: (old) => old },
  )
  useEffect(() => {
    if (!typed && data && props.name.trim() !== '' && data.slug !== value) onChange(data.slug)
  }, [data, typed, props.name, value, onChange])
  const known = data?.slug === value && value !== '' ? data : undefined
  const host = new URL(useRealm().baseUrl).host
  return (
    <div className="opening-address">
      <TextInput
        label={t('openings.field.slug')}
        name="slug"
        value={value}
        onChange={(event) => {
          props.onTyped()
          onChange(event.currentTarget.value.toLowerCase())
        }}
        error={props.error ?? known?.problem?.message}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        rightSection={<span className="address-end">.{host}</span>}
        rightSectionWidth={`${host.length * 0.56 + 1.6}em`}
        rightSectionPointerEvents="none"
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        description={
          <span aria-live="polite">
            {known?.free ? t('openings.field.slugFree') : t('openings.field.slugHint')}
          </span>
        }
      />
      {known?.suggestion ? (
        <Button size="xs" variant="light" onClick={() => onChange(known.suggestion ?? value)}>
          {t('openings.field.slugTake', { slug: known.suggestion })}
        </Button>
      ) : null}
    </div>
  )
}
