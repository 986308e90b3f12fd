import { useState } from 'react'
import { keepPreviousData } from '@tanstack/react-query'
import { useDebouncedValue } from '@mantine/hooks'
import { useT } from '../../../web/i18n/use-t.ts'
import { useCountText } from '../../../web/kit/count.ts'
import { PeoplePicker, type PeopleChange } from '../../../web/kit/people-picker.tsx'
import { useEndpoint } from '../../../web/queries.ts'
import { listSelectionPeople } from '../../client-bulk/contract.ts'
import type { Targets } from './client-targets.ts'

type AssignPickerProps = {
  targets: Targets
  /** How many clients that is. */
  count: number
  onAssign: (change: PeopleChange) => Promise<void> | void
  onClose: () => void
}

/** Who works on the chosen clients: ticked for all, some or none of them (A17, A18; picture 02). */
export function AssignPicker({ targets, count, onAssign, onClose }: AssignPickerProps) {
  const t = useT()
  const countText = useCountText()
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 150)
  const { data, isPending } = useEndpoint(
    listSelectionPeople,
    { body: { selection: targets, ...(q && { q }) } } as never,
    { placeholderData: keepPreviousData, staleTime: 0 },
  )
  const people = (data?.people ?? []).map((p) => ({
    id: p.id,
    name: p.name,
    detail: [
      p.team ? t('clients.team', { name: p.team }) : t(`role.${p.role}`),
      p.disabled ? t('clients.person.disabled') : null,
    ]
      .filter(Boolean)
      .join(' · '),
  }))
  return (
    <PeoplePicker
      people={people}
      held={Object.fromEntries((data?.people ?? []).map((p) => [p.id, p.held]))}
      targets={data?.total ?? count}
      loading={isPending}
      onSearch={setTyped}
      submitLabel={t('clients.act.assignN', { n: count, count: countText(count) })}
      onSubmit={async (change) => {
        onClose()
        await onAssign(change)
      }}
      onCancel={onClose}
    />
  )
}
