import { IconHistory } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { isTextKey, useT } from '../../../web/i18n/use-t.ts'
import type { TextValues, Translate } from '../../../web/i18n/use-t.ts'
import { Avatar } from '../../../web/kit/avatar.tsx'
import { Empty } from '../../../web/kit/empty.tsx'
import { RelativeDate } from '../../../web/kit/texts.tsx'
import { useRight } from '../../../web/me.ts'
import { paths } from '../../../web/paths.ts'
import type { Home } from './home-page.tsx'

type Event = Home['activity'][number]

/** What happened last, by whom and on what. */
export function RecentActivity({ events }: { events: Event[] }) {
  const t = useT()
  const mayRead = useRight('audit.read')
  return (
    <section className="card home-list" aria-labelledby="home-activity">
      <header>
        <h2 id="home-activity">{t('home.activity.title')}</h2>
        {mayRead ? (
          <Link to={paths.audit} className="text-link">
            {t('home.activity.all')}
          </Link>
        ) : null}
      </header>
      {events.length === 0 ? (
        <Empty icon={<IconHistory size={28} stroke={1.5} />} title={t('home.activity.none')} heading="h3">
          {t('home.activity.noneText')}
        </Empty>
      ) : (
        <ul>
          {events.map((event) => (
            <li key={event.id} className="home-line">
              <Avatar person={{ id: event.actor.memberId ?? event.actor.name, name: event.actor.name }} />
              <span className="home-line-text">
                <span>
                  <b>{event.subject ?? event.actor.name}</b>{' '}
                  {event.subject ? (
                    <span className="ink-3">{t('home.activity.via', { name: event.actor.name })}</span>
                  ) : null}
                </span>
                <small>
                  {labelOf(event, t)} <Target event={event} />
                </small>
              </span>
              <span className="meta">
                <RelativeDate value={event.occurredAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function labelOf(event: Event, t: Translate): string {
  const key = `audit.${event.action}`
  return isTextKey(key) ? t(key, event.data as TextValues) : event.action
}

/** What it was done to: a link when it is still there to be opened. */
function Target({ event }: { event: Event }) {
  if (event.client)
    return (
      <>
        ·{' '}
        <Link to={paths.client(event.client.id)} className="text-link">
          {event.client.name}
        </Link>
      </>
    )
  if (event.member)
    return (
      <>
        ·{' '}
        <Link to={paths.subAccount(event.member.id)} className="text-link">
          {event.member.name}
        </Link>
      </>
    )
  return event.entityName ? <>· {event.entityName}</> : null
}
