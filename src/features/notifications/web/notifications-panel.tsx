import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { notifyError } from '../../../web/kit/notices.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { RelativeDate } from '../../../web/kit/texts.tsx'
import { refreshMe } from '../../../web/me.ts'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { listNotifications, readNotifications } from '../contract.ts'
import './notifications.css'

/** Content of the bell: what the user was told, unread first seen as such, each leading where it is about. */
export function NotificationsPanel({ close }: { close: () => void }) {
  const t = useT()
  const { data, error, refetch } = useEndpoint(listNotifications, {})
  const markRead = (ids?: string[]) =>
    void call(readNotifications, { body: { ids } })
      .then(() => Promise.all([refresh(listNotifications), refreshMe()]))
      .catch(notifyError)
  if (error) return <ErrorState error={error} page={t('shell.notifications')} retry={() => void refetch()} />
  if (!data) return <Skeletons lines={3} />
  return (
    <div className="notifications">
      {data.data.length === 0 ? <p className="ink-2">{t('notifications.empty')}</p> : null}
      <ul>
        {data.data.map((n) => (
          <li key={n.id} data-unread={n.readAt === null || undefined}>
            <Link
              to={n.link ?? '.'}
              onClick={() => {
                if (n.readAt === null) markRead([n.id])
                close()
              }}
            >
              {n.readAt === null ? (
                <span className="visually-hidden">{t('notifications.new')} · </span>
              ) : null}
              {n.message}
            </Link>
            <small className="ink-3">
              <RelativeDate value={n.createdAt} />
            </small>
          </li>
        ))}
      </ul>
      {data.unread > 0 ? (
        <Button variant="subtle" onClick={() => markRead()}>
          {t('notifications.readAll')}
        </Button>
      ) : null}
    </div>
  )
}
