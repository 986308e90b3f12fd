import { Fragment } from 'react'
import { IconHistory } from '@tabler/icons-react'
import { useLanguage } from '../../../web/i18n/language.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { Empty } from '../../../web/kit/empty.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { MoreButton } from '../../../web/kit/more-button.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { RelativeDate } from '../../../web/kit/texts.tsx'
import { TimelineDay } from '../../../web/kit/timeline.tsx'
import { useList } from '../../../web/use-list.ts'
import { listClientHistory } from '../contract.ts'
import { EventIcon, useEventAuthor, useEventLabel } from './client-event.tsx'
import { EventChanges } from './event-changes.tsx'
import type { HistoryEvent } from './merge-activity.ts'
import { periodOf } from './period.ts'
import type { Client } from './use-client.ts'
import './client-record.css'

/** Tab "Historique": everything that was done to the client, by whom and for whom, with before and after. */
export function ClientHistory({ client }: { client: Client }) {
  const t = useT()
  const language = useLanguage()
  const list = useList(listClientHistory, { params: { id: client.id } })
  const { rows, error, isPending, refetch } = list
  let last = ''
  return (
    // Scrolls by itself and holds no control: the keyboard must be able to enter it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must answer the arrow keys
    <section className="scrolls client-history" aria-label={t('client_record.tab.historique')} tabIndex={0}>
      <h2 className="visually-hidden">{t('client_record.tab.historique')}</h2>
      <p className="meta">{t('client_record.history.lead')}</p>
      {error && rows.length === 0 ? (
        <ErrorState error={error} what={t('client_record.history.unreadable')} retry={() => void refetch()} />
      ) : null}
      {isPending ? <Skeletons lines={8} height={44} /> : null}
      {!isPending && !error && rows.length === 0 ? (
        <Empty icon={<IconHistory size={28} stroke={1.5} />} title={t('client_record.history.empty')}>
          {t('client_record.history.emptyText')}
        </Empty>
      ) : null}
      {rows.map((event) => {
        const period = periodOf(event.at, new Date(), language, t)
        const title = period === last ? null : <TimelineDay>{period}</TimelineDay>
        last = period
        return (
          <Fragment key={event.id}>
            {title}
            <Event event={event} />
          </Fragment>
        )
      })}
      <MoreButton list={list} />
    </section>
  )
}

function Event({ event }: { event: HistoryEvent }) {
  const label = useEventLabel()
  const author = useEventAuthor()
  const member = typeof event.data['member'] === 'string' ? event.data['member'] : null
  return (
    <article className="client-event">
      <EventIcon action={event.action} />
      <div>
        <p>
          <b>{label(event.action)}</b>
          {member ? ` · ${member}` : null}
        </p>
        <EventChanges event={event} />
        <p className="meta">{author(event)}</p>
      </div>
      <RelativeDate value={event.at} />
    </article>
  )
}
