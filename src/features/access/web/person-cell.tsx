import { Link } from '@tanstack/react-router'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { Avatar } from '../../../web/kit/avatar.tsx'
import { StatusBadge } from '../../../web/kit/badges.tsx'
import { useMe, useRight } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import type { explainAccess } from '../contract.ts'

/** A member in an explanation: name, role, and whether it can sign in. Leads to its page for those who may read it. */
export function PersonCell({ person }: { person: AnswerOf<typeof explainAccess>['member'] }) {
  const t = useT()
  const mine = useMe()?.member?.id === person.id
  const readable = useRight('members.read')
  return (
    <div className="access-who">
      <Avatar person={person} size={26} />
      <span>
        <span className="access-name">
          {readable ? (
            <Link className="text-link" to={paths.subAccount(person.id)}>
              {person.name}
            </Link>
          ) : (
            person.name
          )}
          {mine ? <span className="ink-3">({t('access.you')})</span> : null}
          {person.state === 'active' ? null : (
            <StatusBadge tone={person.state === 'invited' ? 'info' : 'mute'}>
              {t(`access.state.${person.state}`)}
            </StatusBadge>
          )}
        </span>
        <small>{t(`role.${person.role}`)}</small>
      </span>
    </div>
  )
}
