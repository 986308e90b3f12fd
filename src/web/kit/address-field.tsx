import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { Endpoint } from '../../contract/endpoint.ts'
import { useEndpoint } from '../queries.ts'
import { useRealm } from '../realm.ts'
import './address-field.css'

/** What the server says of an address. */
type Checked = {
  slug: string
  free: boolean
  problem: { message: string } | null
  /** A free one close to it. */
  suggestion: string | null
}

type AddressFieldProps = {
  label: ReactNode
  /** What the field holds. */
  value: string
  onChange: (slug: string) => void
  onBlur?: () => void
  /** The name an address is proposed from until one was typed. */
  name: string
  /** The address was typed by hand. */
  typed: boolean
  onTyped: () => void
  /** The form's own refusal, when it was sent. */
  error?: ReactNode
  /** Asked of `{ slug }` once typed, of `{ name }` before; answers a `Checked`. */
  check: Pick<Endpoint, 'name' | 'method' | 'path'>
  /** Help under the field, what it says once it is known to be free, and the button that takes another one. */
  hint: ReactNode
  free: ReactNode
  take: (slug: string) => ReactNode
}

/** Address of a space to be: proposed from its name, checked while typed, with a free one when it is taken. */
export function AddressField(props: AddressFieldProps) {
  const { typed, onChange, value } = props
  const [text] = useDebouncedValue(typed ? value : props.name, 200)
  const answer = useEndpoint(
    props.check,
    { query: typed ? { slug: text } : { name: text } } as never,
    { enabled: text.trim() !== '', placeholderData: (old: unknown) => old } as never,
  )
  const data = answer.data as Checked | undefined
  useEffect(() => {
    if (!typed && data && props.name.trim() !== '' && data.slug !== value) onChange(data.slug)
  }, [data, typed, props.name, value, onChange])
  const known = data?.slug === value && value !== '' ? data : undefined
  const host = new URL(useRealm().baseUrl).host
  return (
    <div className="address-field">
      <TextInput
        label={props.label}
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
        description={<span aria-live="polite">{known?.free ? props.free : props.hint}</span>}
      />
      {known?.suggestion ? (
        <Button size="xs" variant="light" onClick={() => onChange(known.suggestion ?? value)}>
          {props.take(known.suggestion)}
        </Button>
      ) : null}
    </div>
  )
}
