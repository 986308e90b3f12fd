import { Button, Menu } from '@mantine/core'
import { IconCalendar, IconChevronDown } from '@tabler/icons-react'
import { useT } from '../../../web/i18n/use-t.ts'
import { useMonthName } from './month-chart.tsx'

/** Months from the present one: `YYYY-MM`. */
function monthsAgo(n: number): string {
  const now = new Date()
  const then = new Date(Date.UTC(now.getFullYear(), now.getMonth() - n, 1))
  return then.toISOString().slice(0, 7)
}

/** Usual periods, by their first and last month. */
function periods(): {
  id: 'month' | 'last' | 'quarter' | 'year' | 'thisYear' | 'lastYear'
  from: string
  to: string
}[] {
  const year = new Date().getFullYear()
  return [
    { id: 'month', from: monthsAgo(0), to: monthsAgo(0) },
    { id: 'last', from: monthsAgo(1), to: monthsAgo(1) },
    { id: 'quarter', from: monthsAgo(2), to: monthsAgo(0) },
    { id: 'year', from: monthsAgo(11), to: monthsAgo(0) },
    { id: 'thisYear', from: `${year}-01`, to: monthsAgo(0) },
    { id: 'lastYear', from: `${year - 1}-01`, to: `${year - 1}-12` },
  ]
}

/** Which months the page is about; nothing in the address means the last twelve. */
export function PeriodMenu({
  from,
  to,
  onChange,
}: {
  /** As the server understood them. */
  from: string | undefined
  to: string | undefined
  onChange: (period: { from: string | undefined; to: string | undefined }) => void
}) {
  const t = useT()
  const monthName = useMonthName()
  const all = periods()
  const current = all.find((p) => p.from === from && p.to === to)
  const label = current
    ? t(`following.period.${current.id}`)
    : from && to
      ? from === to
        ? monthName(from, true)
        : t('following.period.between', { from: monthName(from, true), to: monthName(to, true) })
      : t('following.period.year')
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconCalendar size={15} />}
          rightSection={<IconChevronDown size={14} />}
        >
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {all.map((p) => (
          <Menu.RadioItem
            key={p.id}
            value={p.id}
            checked={p.id === current?.id}
            closeMenuOnClick
            onChange={() =>
              onChange(p.id === 'year' ? { from: undefined, to: undefined } : { from: p.from, to: p.to })
            }
          >
            {t(`following.period.${p.id}`)}
          </Menu.RadioItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
