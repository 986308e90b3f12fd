import { useState } from 'react'
import { Button, Menu } from '@mantine/core'
import { IconFilterPlus } from '@tabler/icons-react'
import { useT } from '../i18n/use-t.ts'
import { FilterChip } from './filter-chip.tsx'
import type { FilterOption } from './filter-chip.tsx'

/** A field a list can be filtered by. */
export type FilterField = {
  id: string
  name: string
  options: FilterOption[]
  single?: boolean
  /** Always shown as a chip; the others come with "+ Filtre". */
  pinned?: boolean
}

/** Chosen values by field; a missing field is off. */
export type FilterValues = Record<string, string[]>

type FilterBuilderProps = {
  fields: FilterField[]
  values: FilterValues
  onChange: (field: string, values: string[]) => void
}

/** The chips of a list's filters and the button that adds one. */
export function FilterBuilder({ fields, values, onChange }: FilterBuilderProps) {
  const t = useT()
  const [added, setAdded] = useState<string>()
  const isOn = (field: FilterField) => (values[field.id]?.length ?? 0) > 0
  const shown = fields.filter((f) => f.pinned || isOn(f) || f.id === added)
  const hidden = fields.filter((f) => !shown.includes(f))
  return (
    <>
      {shown.map((field) => (
        <FilterChip
          key={field.id}
          name={field.name}
          options={field.options}
          single={field.single ?? false}
          value={values[field.id] ?? []}
          onChange={(chosen) => onChange(field.id, chosen)}
          opened={field.id === added}
          onClose={() => setAdded(undefined)}
        />
      ))}
      {hidden.length > 0 ? (
        <Menu position="bottom-start" width={200}>
          <Menu.Target>
            <Button size="sm" variant="subtle" color="gray" leftSection={<IconFilterPlus size={15} />}>
              {t('kit.filter.add')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('kit.filter.addLabel')}</Menu.Label>
            {hidden.map((field) => (
              <Menu.Item key={field.id} onClick={() => setAdded(field.id)}>
                {field.name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
    </>
  )
}
