import { Link } from '@tanstack/react-router'
import { useT } from '../../../web/i18n/use-t.ts'
import { StatusBadge } from '../../../web/kit/badges.tsx'
import { RelativeDate } from '../../../web/kit/texts.tsx'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import type { listOperatorRequests, listSupportRequests, SupportState } from '../contract.ts'

type Listed =
  | AnswerOf<typeof listSupportRequests>['data'][number]
  | AnswerOf<typeof listOperatorRequests>['data'][number]

const tones = { open: 'info', granted: 'ok', refused: 'danger', closed: 'mute' } as const

/** Where a request stands, as a badge. */
export function RequestState({ state }: { state: SupportState }) {
  const t = useT()
  return <StatusBadge tone={tones[state]}>{t(`support_requests.state.${state}`)}</StatusBadge>
}

/** Requests, last written first; the open one is marked. */
export function RequestList(props: {
  requests: readonly Listed[]
  current: string
  pathOf: (id: string) => string
}) {
  const t = useT()
  return (
    <ul className="support-list" aria-label={t('support_requests.list')}>
      {props.requests.map((r) => (
        <li key={r.id}>
          <Link
            to={props.pathOf(r.id)}
            search={true as never}
            className="support-line"
            data-unread={r.unread > 0 || undefined}
            aria-current={r.id === props.current ? 'page' : undefined}
          >
            <span className="support-line-top">
              <b>{'agency' in r ? r.agency.name : r.title}</b>
              {r.unread > 0 ? (
                <em className="support-count figures">
                  {r.unread}
                  <span className="visually-hidden">{t('support_requests.unread', { count: r.unread })}</span>
                </em>
              ) : null}
            </span>
            {'agency' in r ? <span className="ink-2">{r.title}</span> : null}
            <span className="support-line-meta">
              <RequestState state={r.state} />
              <RelativeDate value={r.lastMessageAt} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
