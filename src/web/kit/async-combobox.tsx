import { useEffect, useEffectEvent, useState } from 'react'
import type { ReactNode } from 'react'
import { Combobox, InputBase, Loader, useCombobox } from '@mantine/core'
import { useT } from '../i18n/use-t.ts'
import { notifyError } from './notices.tsx'
import './async-combobox.css'

/** Something that can be chosen. */
export type Choice = { id: string; label: string; detail?: string; icon?: ReactNode }

type AsyncComboboxProps = {
  label: string
  description?: string
  error?: ReactNode
  value: Choice | null
  onChange: (choice: Choice | null) => void
  /** Asks the server for what matches; called 150 ms after the last key. */
  search: (query: string, signal: AbortSignal) => Promise<Choice[]>
  /** Offers to create what was typed: "Créer « Durand »". */
  onCreate?: (query: string) => void
  createLabel?: (query: string) => string
  placeholder?: string
  disabled?: boolean
}

/** A field that searches while one types: clients, people; may create what does not exist yet. */
export function AsyncCombobox(props: AsyncComboboxProps) {
  const t = useT()
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const [query, setQuery] = useState<string>()
  const [choices, setChoices] = useState<Choice[]>([])
  const [loading, setLoading] = useState(false)
  const { value } = props
  const search = useEffectEvent(props.search)
  const typed = query?.trim() ?? ''
  const open = combobox.dropdownOpened

  useEffect(() => {
    if (!open) return undefined
    const stop = new AbortController()
    setLoading(true)
    const timer = setTimeout(
      () => {
        search(typed, stop.signal)
          .then((found) => !stop.signal.aborted && setChoices(found))
          .catch((error: unknown) => !stop.signal.aborted && notifyError(error))
          .finally(() => !stop.signal.aborted && setLoading(false))
      },
      typed ? 150 : 0,
    )
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [typed, open])

  const choose = (id: string) => {
    combobox.closeDropdown()
    setQuery(undefined)
    if (id === '+') props.onCreate?.(typed)
    else props.onChange(choices.find((c) => c.id === id) ?? null)
  }
  return (
    <Combobox store={combobox} onOptionSubmit={choose}>
      <Combobox.Target>
        <InputBase
          label={props.label}
          description={props.description}
          error={props.error}
          disabled={props.disabled ?? false}
          placeholder={props.placeholder}
          value={query ?? value?.label ?? ''}
          onChange={(event) => {
            setQuery(event.currentTarget.value)
            combobox.openDropdown()
            combobox.resetSelectedOption()
            if (event.currentTarget.value === '') props.onChange(null)
          }}
          onFocus={() => combobox.openDropdown()}
          onClick={() => combobox.openDropdown()}
          onBlur={() => {
            combobox.closeDropdown()
            setQuery(undefined)
          }}
          rightSection={
            loading ? <Loader size={14} role="status" aria-label={t('kit.loading')} /> : <Combobox.Chevron />
          }
          rightSectionPointerEvents="none"
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={260} style={{ overflow: 'auto' }} aria-label={props.label}>
          {choices.map((choice) => (
            <Combobox.Option key={choice.id} value={choice.id} active={choice.id === value?.id}>
              <span className="choice-line">
                {choice.icon}
                <span>
                  {choice.label}
                  {choice.detail ? <small className="meta"> {choice.detail}</small> : null}
                </span>
              </span>
            </Combobox.Option>
          ))}
          {props.onCreate && typed ? (
            <Combobox.Option value="+">
              {props.createLabel?.(typed) ?? t('kit.combobox.create', { name: typed })}
            </Combobox.Option>
          ) : null}
          {choices.length === 0 && !loading && !(props.onCreate && typed) ? (
            <Combobox.Empty>{t('kit.combobox.nothing')}</Combobox.Empty>
          ) : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
