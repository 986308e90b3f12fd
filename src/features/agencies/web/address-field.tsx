import { useEffect } from 'react'
import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useT } from '../../../web/i18n/use-t.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { useRealm } from '../../../web/realm.ts'
import { checkSlug } from '../contract.ts'

type AddressFieldProps = {
  /** What the field holds. */
  value: string
  onChange: (slug: string) => void
  onBlur?: () => void
  /** The agency's name, from which an address is proposed until one was typed. */
  name: string
  /** The address was typed by hand. */
  typed: boolean
  onTyped: () => void
  /** The form's own refusal, when it was sent. */
  error?: React.ReactNode
}

/** Address of the space to be: proposed from its name, checked while typed, with a free one when it is taken. */
export function AddressField(props: AddressFieldProps) {
  const t = useT()
  const { typed, onChange, value } = props
  const [text] = useDebouncedValue(typed ? value : props.name, 250)
  const query = typed ? { slug: text } : { name: text }
  const { data } = useEndpoint(
    checkSlug,
    { query },
    { enabled: text.trim() !== '', placeholderData: (old) => old },
  )
  useEffect(() => {
    if (!typed && data && props.name.trim() !== '' && data.slug !== value) onChange(data.slug)
  }, [data, typed, props.name, value, onChange])
  const known = data?.slug === value && value !== '' ? data : undefined
  const host = new URL(useRealm().baseUrl).host
  return (
    <div className="address-field">
      <TextInput
        label={t('agencies.sign_up.slug')}
        name="slug"
        value={value}
        onChange={(event) => {
          props.onTyped()
          onChange(event.currentTarget.value.toLowerCase())
        }}
        onBlur={props.onBlur}
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
            {known?.free ? t('agencies.sign_up.slugFree') : t('agencies.sign_up.slugHint')}
          </span>
        }
      />
      {known?.suggestion ? (
        <Button size="xs" variant="light" onClick={() => onChange(known.suggestion ?? value)}>
          {t('agencies.sign_up.slugTake', { slug: known.suggestion })}
        </Button>
      ) : null}
    </div>
  )
}
