import { useMemo, useReducer } from 'react'
import { Select } from '@mantine/core'
import type { SelectProps } from '@mantine/core'
import { countryCodes } from '../../contract/countries.ts'
import { useFormat } from '../i18n/use-format.ts'
import { useLanguage } from '../i18n/language.ts'
import { useT } from '../i18n/use-t.ts'
import { foldText } from './fold-text.ts'

/** Countries offered before the others, since most clients are there. */
const near = ['FR', 'BE', 'CH', 'LU']

/** A country by its name in the page's language; the value is its two-letter code. */
export function CountryField(props: Omit<SelectProps, 'data'>) {
  const t = useT()
  const format = useFormat()
  const language = useLanguage()
  const [, renderAgain] = useReducer((n: number) => n + 1, 0)
  const data = useMemo(() => {
    const option = (code: string) => ({ value: code, label: format.country(code) })
    const others = countryCodes
      .filter((code) => !near.includes(code))
      .map(option)
      .toSorted((a, b) => a.label.localeCompare(b.label, language))
    return [
      { group: t('kit.country.near'), items: near.map(option) },
      { group: t('kit.country.others'), items: others },
    ]
  }, [format, language, t])
  return (
    <Select
      searchable
      nothingFoundMessage={t('kit.combobox.nothing')}
      autoComplete="country"
      filter={({ options, search }) => {
        const needle = foldText(search)
        return options.flatMap((group) =>
          'items' in group
            ? [{ ...group, items: group.items.filter((item) => foldText(item.label).includes(needle)) }]
            : [],
        )
      }}
      {...props}
      // The list's id is known once it is drawn; only then can the field say that it is open (aria-expanded).
      onDropdownOpen={() => {
        requestAnimationFrame(renderAgain)
        props.onDropdownOpen?.()
      }}
      data={data}
    />
  )
}
