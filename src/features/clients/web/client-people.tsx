import { useT } from '../../../web/i18n/use-t.ts'
import { Avatar } from '../../../web/kit/avatar.tsx'
import { StatusBadge, UnassignedBadge } from '../../../web/kit/badges.tsx'
import type { ClientRow } from '../contract.ts'

/** Who works on a client: faces and the first name, or the badge that says nobody does (A22, A23). */
export function ClientPeople({
  client,
  onAssign,
  inRow,
}: {
  client: ClientRow
  onAssign: (client: ClientRow) => void
  inRow?: boolean
}) {
  const t = useT()
  const [first, ...others] = client.assignees
  if (!first)
    return (
      <UnassignedBadge
        inRow={inRow ?? false}
        {...(client.can.assign && { onAssign: () => onAssign(client) })}
        title={t('clients.unassigned.hint')}
      />
    )
  const more = client.assigneeCount - 1
  return (
    <span
      className="clients-people"
      title={[...client.assignees.map((p) => p.name), ...(more > 2 ? [`+${more - 2}`] : [])].join(', ')}
    >
      <span className="avatar-stack-faces">
        <Avatar person={first} size={24} />
        {others[0] ? <Avatar person={others[0]} size={24} /> : null}
      </span>
      <span className="clients-person" data-off={first.disabled || undefined}>
        {first.name}
        {more > 0 ? <span className="ink-3"> +{more}</span> : null}
      </span>
      {client.orphan ? (
        <span title={t('clients.orphan.hint')}>
          <StatusBadge tone="warn">{t('clients.orphan')}</StatusBadge>
        </span>
      ) : null}
    </span>
  )
}
