import { ActionIcon, Tooltip } from '@mantine/core'
import { IconStar, IconStarFilled } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { Avatar } from '../../../web/kit/avatar.tsx'
import { StatusBadge, UnassignedBadge } from '../../../web/kit/badges.tsx'
import { notifyError } from '../../../web/kit/notices.tsx'
import { SectionHead } from '../../../web/kit/record-layout.tsx'
import { useRight } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import { AssignButton, changeAssignees } from './assign-button.tsx'
import type { Client } from './use-client.ts'
import './client-record.css'

/** "Assigné à": who has the client, who is in charge (C14), and "Modifier" (A17). */
export function AssigneesSection({ client }: { client: Client }) {
  const t = useT()
  return (
    <section aria-labelledby="client-assignees">
      <SectionHead
        id="client-assignees"
        title={t('client_record.assignees.title')}
        count={client.assignees.length}
        action={
          client.can.assign ? (
            <AssignButton client={client} variant="subtle" label={t('client_record.assignees.edit')} />
          ) : null
        }
      />
      {client.assignees.length === 0 ? (
        <p className="client-nobody">
          {client.can.seeInternals ? <UnassignedBadge /> : null}
          <span className="meta">
            {t(client.can.assign ? 'client_record.assignees.none' : 'client_record.assignees.nobody')}
          </span>
        </p>
      ) : (
        <ul className="client-people">
          {client.assignees.map((person) => (
            <Assignee key={person.id} client={client} person={person} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Assignee({ client, person }: { client: Client; person: Client['assignees'][number] }) {
  const t = useT()
  const format = useFormat()
  const mayOpen = useRight('members.read')
  return (
    <li>
      <Avatar person={person} size={30} />
      <span className="client-person">
        {mayOpen ? <Link to={paths.subAccount(person.id)}>{person.name}</Link> : <b>{person.name}</b>}
        <small>{t(`role.${person.role}`)}</small>
        <small title={format.exact(person.assignedAt)}>
          {t('client_record.assignees.granted', {
            by: person.assignedBy,
            date: format.date(person.assignedAt, { short: true }),
          })}
        </small>
      </span>
      {person.state === 'active' ? null : (
        <StatusBadge tone={person.state === 'invited' ? 'info' : 'mute'}>
          {t(`client_record.member.${person.state}`)}
        </StatusBadge>
      )}
      <Lead client={client} person={person} />
    </li>
  )
}

function Lead({ client, person }: { client: Client; person: Client['assignees'][number] }) {
  const t = useT()
  const label = person.isLead
    ? t('client_record.lead.is', { name: person.name })
    : t('client_record.lead.make', { name: person.name })
  if (!client.can.assign)
    return person.isLead ? <StatusBadge tone="ok">{t('client_record.lead')}</StatusBadge> : null
  return (
    <Tooltip label={label}>
      <ActionIcon
        aria-label={label}
        aria-pressed={person.isLead}
        data-lead={person.isLead || undefined}
        className="client-lead"
        onClick={() =>
          void changeAssignees(client, { leadId: person.isLead ? null : person.id }).catch(notifyError)
        }
      >
        {person.isLead ? <IconStarFilled size={16} /> : <IconStar size={16} />}
      </ActionIcon>
    </Tooltip>
  )
}
