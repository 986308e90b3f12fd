import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconCheck,
  IconFile,
  IconPackage,
  IconPlayerPlay,
  IconShoppingCart,
  IconX,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { isTextKey, useT } from '../../../web/i18n/use-t.ts'
import { NoteCard, TimelineEvent } from '../../../web/kit/timeline.tsx'
import type { TimelineEntry } from '../contract.ts'
import '../../orders/web/orders.css'

const icons: Record<string, ComponentType<{ size?: number }>> = {
  place: IconShoppingCart,
  accept: IconCheck,
  start: IconPlayerPlay,
  deliver: IconPackage,
  correct: IconPackage,
  approve: IconCheck,
  auto_approve: IconCheck,
  contest: IconAlertTriangle,
  refuse: IconX,
  cancel: IconX,
  refund: IconArrowBackUp,
}

/** Entries of an order's timeline, newest first. */
export function TimelineList(props: {
  entries: TimelineEntry[]
  fileUrl: (fileId: string) => string
  /** Says which messages the client's own people see. */
  showAudience: boolean
}) {
  const t = useT()
  return (
    <div>
      {props.entries.map((e) =>
        e.kind === 'event' ? (
          <EventLine key={e.id} event={e} />
        ) : (
          <NoteCard
            key={e.id}
            author={{ id: `${e.side}-${e.actor}`, name: e.actor || t(`order_talk.side.${e.side}`) }}
            at={e.at}
            actions={
              <span className="order-message-for">
                {t(`order_talk.side.${e.side}`)}
                {props.showAudience && e.side !== 'client'
                  ? ` · ${t(e.forClient ? 'order_talk.shared' : 'order_talk.internal')}`
                  : ''}
              </span>
            }
          >
            {e.body}
            {e.files.length > 0 ? (
              <div className="order-files">
                {e.files.map((f) => (
                  <FileLink key={f.id} file={f} href={props.fileUrl(f.id)} />
                ))}
              </div>
            ) : null}
          </NoteCard>
        ),
      )}
    </div>
  )
}

/** A file to download. */
export function FileLink({ file, href }: { file: { name: string; size: number }; href: string }) {
  const format = useFormat()
  return (
    <a className="order-file" href={href} download>
      <IconFile size={14} aria-hidden="true" />
      {file.name} <span className="meta">{format.bytes(file.size)}</span>
    </a>
  )
}

function EventLine({ event }: { event: Extract<TimelineEntry, { kind: 'event' }> }) {
  const t = useT()
  const format = useFormat()
  const Icon = icons[event.event] ?? IconCheck
  const key = `order_talk.event.${event.event}`
  const lines = (event.data['lines'] as { title: string; quantity: number }[] | undefined) ?? []
  const amount = event.data['amount'] as number | undefined
  const detail = [
    ...lines.map((l) => (l.quantity > 1 ? `${l.quantity} × ${l.title}` : l.title)),
    ...(typeof event.data['title'] === 'string' ? [event.data['title']] : []),
    ...(amount !== undefined ? [format.money({ amount, currency: String(event.data['currency']) })] : []),
    ...(typeof event.data['reason'] === 'string' ? [`« ${event.data['reason']} »`] : []),
  ]
  return (
    <TimelineEvent icon={<Icon size={16} />} at={event.at}>
      {isTextKey(key) ? t(key as 'order_talk.event.place') : event.event}
      {event.actor && event.side !== 'system' ? (
        <span className="ink-2">
          {' '}
          · {event.side === 'operator' ? t('order_talk.side.operator') : event.actor}
          {event.subject ? ` (${t('order_talk.for', { name: event.subject })})` : ''}
        </span>
      ) : null}
      {detail.length > 0 ? <span className="ink-3"> · {detail.join(' · ')}</span> : null}
    </TimelineEvent>
  )
}
