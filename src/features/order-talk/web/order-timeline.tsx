import { useEffect, useState } from 'react'
import type { AnswerOf, CallOf } from '../../../contract/endpoint.ts'
import { call, endpointUrl } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { SectionHead } from '../../../web/kit/record-layout.tsx'
import { useRight } from '../../../web/me.ts'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { countOrders, getOrder, listOrders } from '../../orders/contract.ts'
import {
  downloadOrderFile,
  listOrderTimeline,
  readOrderMessages,
  uploadOrderFile,
  writeOrderMessage,
} from '../contract.ts'
import { MessageComposer } from './message-composer.tsx'
import { TimelineList } from './timeline-list.tsx'

/** What happened to an order and what was said about it, with a field to say more. */
export function OrderTimeline(props: { orderId: string; canWrite: boolean; unread: number }) {
  const t = useT()
  const team = useRight('clients.internals')
  const params = { id: props.orderId }
  const { data, error, refetch } = useEndpoint(listOrderTimeline, { params })
  const [read, setRead] = useState(false)
  // Shown is read: the team's counter goes, the mark on this page stays until it is left.
  useEffect(() => {
    if (props.unread === 0 || read || !team) return
    setRead(true)
    void call(readOrderMessages, { params: { id: props.orderId } }).then(() =>
      refresh(listOrders, countOrders, getOrder),
    )
  }, [props.unread, props.orderId, read, team])
  const send = async (body: CallOf<typeof writeOrderMessage>['body']) => {
    await call(writeOrderMessage, { params, body })
    await refresh(listOrderTimeline, listOrders)
  }
  return (
    <section aria-labelledby="order-timeline">
      <SectionHead id="order-timeline" title={t('order_talk.title')} />
      {props.canWrite ? (
        <MessageComposer
          draft={`order:${props.orderId}`}
          choice={team ? t('order_talk.forClient') : undefined}
          hint={t(team ? 'order_talk.hintTeam' : 'order_talk.hintClient')}
          uploadTo={endpointUrl(uploadOrderFile, { params })}
          onSend={send}
        />
      ) : null}
      {data ? (
        <TimelineList
          entries={data.data as AnswerOf<typeof listOrderTimeline>['data']}
          fileUrl={(fileId) => endpointUrl(downloadOrderFile, { params: { ...params, fileId } })}
          showAudience={team}
        />
      ) : error ? (
        <ErrorState error={error} what={t('order_talk.unreadable')} retry={() => void refetch()} />
      ) : null}
    </section>
  )
}
