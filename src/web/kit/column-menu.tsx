import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core'
import { IconAdjustmentsHorizontal, IconRowInsertBottom } from '@tabler/icons-react'
import { useT } from '../i18n/use-t.ts'

/** Which columns are hidden, by id; a missing id is shown. */
export type ColumnVisibility = Record<string, boolean>

/** Chooses the columns shown; the identity column is not offered, since it cannot be hidden. */
export function ColumnMenu(props: {
  columns: { id: string; label: string }[]
  visibility: ColumnVisibility
  onChange: (visibility: ColumnVisibility) => void
}) {
  const t = useT()
  return (
    <Menu closeOnItemClick={false} position="bottom-end" width={220}>
      <Menu.Target>
        <Button
          className="phone-hidden"
          size="sm"
          variant="subtle"
          color="gray"
          leftSection={<IconAdjustmentsHorizontal size={15} />}
        >
          {t('kit.columns')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('kit.columns.shown')}</Menu.Label>
        {props.columns.map((column) => {
          const shown = props.visibility[column.id] !== false
          return (
            <Menu.CheckboxItem
              key={column.id}
              checked={shown}
              onChange={() => props.onChange({ ...props.visibility, [column.id]: !shown })}
            >
              {column.label}
            </Menu.CheckboxItem>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}

/** Switches a list between comfortable (44 px) and compact (34 px) rows. */
export function CompactToggle(props: { compact: boolean; onChange: (compact: boolean) => void }) {
  const t = useT()
  return (
    <Tooltip label={props.compact ? t('kit.rows.comfortable') : t('kit.rows.compact')}>
      <ActionIcon
        className="phone-hidden"
        aria-pressed={props.compact}
        aria-label={t('kit.rows.compact')}
        variant={props.compact ? 'light' : 'subtle'}
        color={props.compact ? 'brand' : 'gray'}
        onClick={() => props.onChange(!props.compact)}
      >
        <IconRowInsertBottom size={17} />
      </ActionIcon>
    </Tooltip>
  )
}
