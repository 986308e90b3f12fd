import { useState } from 'react'
import { joinList, splitList } from '../../../contract/list-of.ts'
import { orderStateNames } from '../../../contract/order-fields.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { FilterBuilder, type FilterField } from '../../../web/kit/filter-builder.tsx'
import { useEndpoint } from '../../../web/queries.ts'
import type { ListParams } from '../../saved-views/web/view-list.ts'
import { listFollowing, type FollowingGroup } from '../contract.ts'

/** Choices of a filter: who or what has orders in the period, the most first. */
function useChoices(by: FollowingGroup, period: ListParams, wanted: boolean) {
  const query = { by, limit: 200, ...period }
  const { data } = useEndpoint(listFollowing, { query } as never, { enabled: wanted, staleTime: 60_000 })
  return (data?.data ?? []).flatMap((r) =>
    r.id === null
      ? []
      : [{ value: r.id, label: r.client && by !== 'client' ? `${r.name} · ${r.client.name}` : r.name }],
  )
}

/** Filters of the global view as chips; people's only for who may know them. */
export function FollowingFilters({
  params,
  people,
  onChange,
}: {
  params: ListParams
  people: boolean
  onChange: (change: Record<string, string | undefined>) => void
}) {
  const t = useT()
  const [touched, setTouched] = useState(false)
  const period = Object.fromEntries(
    Object.entries(params).filter(([name]) => name === 'from' || name === 'to'),
  )
  const on = (name: string) => touched || params[name] !== undefined
  const choices = {
    client: useChoices('client', period, on('client')),
    campaign: useChoices('campaign', period, on('campaign')),
    project: useChoices('project', period, on('project')),
    manager: useChoices('manager', period, people && on('manager')),
    consultant: useChoices('consultant', period, people && on('consultant')),
  }
  const fields: FilterField[] = [
    ...(people
      ? [
          { id: 'manager', name: t('following.by.manager'), pinned: true, options: choices.manager },
          { id: 'consultant', name: t('following.by.consultant'), pinned: true, options: choices.consultant },
        ]
      : []),
    { id: 'client', name: t('following.by.client'), pinned: true, options: choices.client },
    { id: 'campaign', name: t('following.by.campaign'), options: choices.campaign },
    { id: 'project', name: t('following.by.project'), options: choices.project },
    {
      id: 'state',
      name: t('following.order.state'),
      options: orderStateNames.map((s) => ({ value: s, label: t(`orders.state.${s}`) })),
    },
  ]
  return (
    <span
      className="following-filters"
      onPointerOver={() => setTouched(true)}
      onFocusCapture={() => setTouched(true)}
    >
      <FilterBuilder
        fields={fields}
        values={Object.fromEntries(fields.map((f) => [f.id, splitList(params[f.id] ?? '')]))}
        onChange={(field, picked) => onChange({ [field]: joinList(picked) || undefined })}
      />
    </span>
  )
}
