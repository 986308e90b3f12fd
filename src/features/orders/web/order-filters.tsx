import { joinList, splitList } from '../../../contract/list-of.ts'
import { orderStateNames } from '../../../contract/order-fields.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { FilterBuilder, type FilterField } from '../../../web/kit/filter-builder.tsx'
import { useEndpoint } from '../../../web/queries.ts'
import { listCampaigns } from '../../campaigns/contract.ts'
import { searchClientChoices } from '../../client-record/contract.ts'
import { listMemberChoices } from '../../sub-accounts/contract.ts'
import { useRight } from '../../../web/me.ts'

type Params = Record<string, string>

/** Days back that lists of orders are cut at. */
const spans = [7, 30, 90, 365] as const

/** Filters of a list of orders as chips. */
export function OrderFilters({
  params,
  onChange,
}: {
  params: Params
  onChange: (change: Record<string, string | undefined>) => void
}) {
  const t = useT()
  const team = useRight('members.read')
  const { data: clients } = useEndpoint(searchClientChoices, { query: { limit: 50 } }, { staleTime: 60_000 })
  const { data: campaigns } = useEndpoint(listCampaigns, { query: { limit: 50 } }, { staleTime: 60_000 })
  const { data: people } = useEndpoint(listMemberChoices, {} as never, { enabled: team, staleTime: 60_000 })
  const fields: FilterField[] = [
    {
      id: 'state',
      name: t('orders.column.state'),
      pinned: true,
      options: orderStateNames.map((s) => ({ value: s, label: t(`orders.state.${s}`) })),
    },
    {
      id: 'client',
      name: t('orders.column.client'),
      pinned: true,
      options: (clients?.data ?? []).map((c) => ({ value: c.id, label: c.name })),
    },
    {
      id: 'campaign',
      name: t('orders.column.campaign'),
      options: (campaigns?.data ?? []).map((c) => ({ value: c.id, label: `${c.name} · ${c.client.name}` })),
    },
    ...(team
      ? [
          {
            id: 'member',
            name: t('orders.filter.member'),
            options: (people?.data ?? []).map((m) => ({ value: m.id, label: m.name })),
          },
        ]
      : []),
    {
      id: 'from',
      name: t('orders.filter.placed'),
      single: true,
      options: spans.map((n) => ({ value: daysAgo(n), label: t('orders.filter.days', { n }) })),
    },
  ]
  const chosen = Object.fromEntries(
    fields.map((f) => [
      f.id,
      f.single ? [params[f.id]].filter((v) => v !== undefined) : splitList(params[f.id] ?? ''),
    ]),
  )
  return (
    <FilterBuilder
      fields={fields}
      values={chosen}
      onChange={(field, picked) => onChange({ [field]: joinList(picked) || undefined })}
    />
  )
}

function daysAgo(n: number): string {
  const day = new Date()
  day.setDate(day.getDate() - n)
  return day.toISOString().slice(0, 10)
}
