import { useMemo } from 'react'
import { Select } from '@mantine/core'
import type { SelectProps } from '@mantine/core'
import { useT } from '../i18n/use-t.ts'
import { foldText } from './fold-text.ts'

/** The device's own zone, e.g. `Europe/Paris`. */
export function deviceTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** An IANA time zone, found by a part of its name; the value is the name itself. */
export function TimeZoneField(props: Omit<SelectProps, 'data'>) {
  const t = useT()
  const { value } = props
  const data = useMemo(() => {
    // The device's zone may bear a name this list spells otherwise (Asia/Calcutta): it is offered all the same.
    const names = new Set([
      ...Intl.supportedValuesOf('timeZone'),
      'UTC',
      deviceTimeZone(),
      ...(value ? [value] : []),
    ])
    return [...names]
      .toSorted()
      .map((name) => ({ value: name, label: name.replaceAll('_', ' ').replaceAll('/', ' / ') }))
  }, [value])
  return (
    <Select
      searchable
      limit={60}
      nothingFoundMessage={t('kit.combobox.nothing')}
      filter={({ options, search, limit }) => {
        const words = foldText(search).split(/[\s/]+/)
        const fits = options.filter(
          (o) => 'label' in o && words.every((word) => foldText(o.label).includes(word)),
        )
        return fits.slice(0, limit)
      }}
      {...props}
      data={data}
    />
  )
}
