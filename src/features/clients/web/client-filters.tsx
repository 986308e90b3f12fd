import { useMemo, useState } from 'react'
import { joinList, splitList } from '../../../contract/list-of.ts'
import { clientStatuses } from '../../../contract/client-fields.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { FilterBuilder, type FilterField } from '../../../web/kit/filter-builder.tsx'
import { useMe, useRight } from '../../../web/me.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { listMemberChoices } from '../../sub-accounts/contract.ts'
import { listClientValues } from '../contract.ts'
import type { ListParams } from '../../saved-views/web/view-list.ts'

const valueFields = ['assignee', 'home', 'tag', 'city', 'sector'] as const
const days = [30, 60, 90, 180, 365]
const addedDays = [7, 30, 90, 365]
/** Bounds of the budget filter, in whole units of the agency's currency. */
const budgets: [number, number | null][] = [
  [0, 500],
  [500, 2_000],
  [2_000, 10_000],
  [10_000, null],
]
const inMinor = (units: number | null) => (units === null ? undefined : String(units * 100))

/** The values a field may be filtered by; asked once the filters are touched, or when one is on already. */
function useValues(field: (typeof valueFields)[number], wanted: boolean) {
  const { data } = useEndpoint(
    listClientValues,
    { params: { field } },
    { enabled: wanted, staleTime: 5 * 60_000 },
  )
  return useMemo(() => (data?.data ?? []).map((v) => ({ value: v.value, label: v.label })), [data])
}

/** Filters of the list as chips (A2). */
export function ClientFilters({
  params,
  currency,
  onChange,
}: {
  params: ListParams
  currency: string
  onChange: (change: Record<string, string | undefined>) => void
}) {
  const t = useT()
  const format = useFormat()
  const me = useMe()
  const [touched, setTouched] = useState(false)
  const flat = me?.agency?.mode === 'simple'
  // What the team writes for itself is not for clients' own members.
  const team = useRight('clients.edit')
  const on = (name: string) => touched || params[name] !== undefined
  const values = {
    assignee: useValues('assignee', on('assignee')),
    home: useValues('home', on('home') && team && !flat),
    tag: useValues('tag', on('tag') && team),
    city: useValues('city', on('city')),
    sector: useValues('sector', on('sector')),
  }
  const { data: people } = useEndpoint(
    listMemberChoices,
    { query: { limit: 200 } },
    { enabled: on('manager') && team && !flat, staleTime: 5 * 60_000 },
  )
  const money = (units: number) => format.moneyWhole({ amount: units * 100, currency })
  const budgetLabel = (from: number, to: number | null) =>
    to === null
      ? t('clients.filter.budget.from', { from: money(from) })
      : from === 0
        ? t('clients.filter.budget.to', { to: money(to) })
        : t('clients.filter.budget.between', { from: money(from), to: money(to) })
  const fields: FilterField[] = [
    {
      id: 'status',
      name: t('clients.column.status'),
      pinned: true,
      options: clientStatuses.map((s) => ({ value: s, label: t(`clients.status.${s}`) })),
    },
    { id: 'assignee', name: t('clients.column.assignees'), pinned: true, options: values.assignee },
    ...(flat || !team
      ? []
      : [
          {
            id: 'home',
            name: t('clients.column.home'),
            options: [{ value: 'root', label: t('clients.filter.home.root') }, ...values.home],
          },
        ]),
    ...(flat || !team
      ? []
      : [
          {
            id: 'manager',
            name: t('clients.filter.team'),
            options: (people?.data ?? [])
              .filter((m) => m.role === 'manager' || m.role === 'consultant')
              .map((m) => ({ value: m.id, label: m.name })),
          },
        ]),
    ...(team ? [{ id: 'tag', name: t('clients.filter.tag'), options: values.tag }] : []),
    { id: 'city', name: t('clients.column.city'), options: values.city },
    { id: 'sector', name: t('clients.column.sector'), options: values.sector },
    {
      id: 'budget',
      name: t('clients.column.budget'),
      single: true,
      options: budgets.map(([from, to]) => ({ value: `${from}-${to ?? ''}`, label: budgetLabel(from, to) })),
    },
    {
      id: 'inactiveDays',
      name: t('clients.filter.inactive'),
      single: true,
      options: days.map((n) => ({ value: String(n), label: t('clients.filter.inactive.days', { n }) })),
    },
    {
      id: 'createdDays',
      name: t('clients.filter.created'),
      single: true,
      options: addedDays.map((n) => ({ value: String(n), label: t('clients.filter.created.days', { n }) })),
    },
  ]
  const budget = budgets.find(
    ([from, to]) => params['budgetMin'] === inMinor(from) && params['budgetMax'] === inMinor(to),
  )
  const chosen = Object.fromEntries(
    fields.map((f) => [
      f.id,
      f.single ? [params[f.id]].filter((v) => v !== undefined) : splitList(params[f.id] ?? ''),
    ]),
  )
  return (
    <span
      className="clients-filters"
      onPointerOver={() => setTouched(true)}
      onFocusCapture={() => setTouched(true)}
    >
      <FilterBuilder
        fields={fields}
        values={{ ...chosen, budget: budget ? [`${budget[0]}-${budget[1] ?? ''}`] : [] }}
        onChange={(field, picked) => {
          if (field === 'budget') {
            const [from, to] = (picked[0] ?? '').split('-')
            onChange({
              budgetMin: from ? inMinor(Number(from)) : undefined,
              budgetMax: to ? inMinor(Number(to)) : undefined,
            })
          } else onChange({ [field]: joinList(picked) || undefined })
        }}
      />
    </span>
  )
}
