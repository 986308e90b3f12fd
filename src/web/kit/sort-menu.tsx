import { Button, Menu } from '@mantine/core'
import { IconArrowsSort } from '@tabler/icons-react'
import { useT } from '../i18n/use-t.ts'

/** Order of a list as the API writes it: `name`, or `-createdAt` for descending. */
export type Sort = string

/** The sort that a click on a column's title leads to: ascending, then descending. */
export function nextSort(current: Sort | undefined, key: string): Sort {
  return current === key ? `-${key}` : key
}

/** A menu of orders, each by its name: "Ajout récent" → `-createdAt`. */
export function SortMenu(props: {
  options: { value: Sort; label: string }[]
  value: Sort
  onChange: (sort: Sort) => void
}) {
  const t = useT()
  const current = props.options.find((o) => o.value === props.value)
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button
          className="sort-button"
          size="sm"
          variant="subtle"
          color="gray"
          leftSection={<IconArrowsSort size={15} />}
        >
          <span className="sort-label">{current?.label ?? t('kit.sort.by')}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('kit.sort.by')}</Menu.Label>
        {props.options.map((option) => (
          <Menu.RadioItem
            key={option.value}
            value={option.value}
            checked={option.value === props.value}
            closeMenuOnClick
            onChange={() => props.onChange(option.value)}
          >
            {option.label}
          </Menu.RadioItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
