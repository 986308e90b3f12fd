import { useState } from 'react'
import type { ReactNode } from 'react'
import { Checkbox, Popover, TextInput } from '@mantine/core'
import { IconChevronDown, IconSearch, IconX } from '@tabler/icons-react'
import { useT } from '../i18n/use-t.ts'
import { foldText } from './fold-text.ts'
import './filter-chip.css'

/** One choice of a filter. */
export type FilterOption = { value: string; label: string; icon?: ReactNode }

type FilterChipProps = {
  /** Name of the field: "Statut". */
  name: string
  options: FilterOption[]
  /** Chosen values; none means the filter is off. */
  value: string[]
  onChange: (value: string[]) => void
  /** Only one value at a time. */
  single?: boolean
  /** Opened as soon as it appears: it has just been added with "+ Filtre". */
  opened?: boolean
  onClose?: () => void
}

/** A filter on one field: dashed while off; name, value and a way to remove it once on. */
export function FilterChip(props: FilterChipProps) {
  const t = useT()
  const { name, value, onChange } = props
  const [open, setOpen] = useState(props.opened ?? false)
  const labels = value.map((v) => props.options.find((o) => o.value === v)?.label ?? v)
  const toggle = (next: boolean) => {
    setOpen(next)
    if (!next) props.onClose?.()
  }
  return (
    <span className="filter-chip" data-off={value.length === 0 || undefined}>
      <Popover opened={open} onChange={toggle} position="bottom-start" width={240} trapFocus returnFocus>
        <Popover.Target>
          <button type="button" onClick={() => toggle(!open)}>
            {value.length === 0 ? (
              <>
                {name}
                <IconChevronDown size={13} aria-hidden="true" />
              </>
            ) : (
              <>
                <i>{name}</i>
                {labels.length === 1 ? labels[0] : t('kit.filter.values', { n: labels.length })}
              </>
            )}
          </button>
        </Popover.Target>
        <Popover.Dropdown p={8} aria-label={t('kit.filter.by', { name })}>
          <FilterChoices {...props} onPicked={() => props.single && toggle(false)} />
        </Popover.Dropdown>
      </Popover>
      {value.length > 0 ? (
        <button type="button" aria-label={t('kit.filter.remove', { name })} onClick={() => onChange([])}>
          <IconX size={13} />
        </button>
      ) : null}
    </span>
  )
}

function FilterChoices(props: FilterChipProps & { onPicked: () => void }) {
  const t = useT()
  const [query, setQuery] = useState('')
  const { options, value, single, onChange, name } = props
  const needle = foldText(query)
  const shown = options.filter((o) => foldText(o.label).includes(needle))
  const choose = (option: string, on: boolean) => {
    if (single) onChange(on ? [option] : [])
    else onChange(on ? [...value, option] : value.filter((v) => v !== option))
    props.onPicked()
  }
  return (
    <>
      {options.length > 8 ? (
        <TextInput
          mb={8}
          aria-label={t('kit.filter.search', { name })}
          placeholder={t('kit.filter.searchHint')}
          leftSection={<IconSearch size={14} />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
      ) : null}
      <div className="filter-choices" role="group" aria-label={name}>
        {shown.map((option) => (
          <Checkbox
            key={option.value}
            checked={value.includes(option.value)}
            onChange={(event) => choose(option.value, event.currentTarget.checked)}
            label={
              <span className="filter-choice-label">
                {option.icon}
                {option.label}
              </span>
            }
          />
        ))}
        {shown.length === 0 ? <span className="meta">{t('kit.filter.nothing')}</span> : null}
      </div>
    </>
  )
}
