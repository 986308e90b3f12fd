import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from '@mantine/core'
import { IconCheck, IconPackage, IconPlayerPlay, IconX } from '@tabler/icons-react'
import { call, endpointUrl } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { Breadcrumb } from '../../../web/kit/page-head.tsx'
import { RecordHead, RecordLayout, RecordPage, SectionHead } from '../../../web/kit/record-layout.tsx'
import { PageSkeleton } from '../../../web/kit/skeletons.tsx'
import { DateText, MoneyText, RelativeDate } from '../../../web/kit/texts.tsx'
import { Tile } from '../../../web/kit/tile.tsx'
import { paths } from '../../../web/paths.ts'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { usePathParam } from '../../../web/router.tsx'
import { useTitle } from '../../../web/shell/page-title.tsx'
import { MessageComposer } from '../../order-talk/web/message-composer.tsx'
import { TimelineList } from '../../order-talk/web/timeline-list.tsx'
import { OrderState } from '../../orders/web/order-words.tsx'
import {
  advanceOrders,
  answerOrder,
  countOrderQueue,
  downloadQueueFile,
  getQueueOrder,
  listOrderQueue,
  readQueueOrder,
  uploadQueueFile,
} from '../contract.ts'
import { DeliverDialog } from './deliver-dialog.tsx'
import { QueueLines } from './queue-lines.tsx'
import { RefuseDialog } from './refuse-dialog.tsx'
import type { QueueOrder } from './use-queue-order.ts'
import '../../orders/web/orders.css'

/** One order on the operator's side: lines and wishes, delivery with proof, refusal, refund, messages. */
export function QueueOrderPage() {
  const params = { agencyId: usePathParam('agencyId'), id: usePathParam('id') }
  const t = useT()
  const format = useFormat()
  const {
    data: order,
    error,
    refetch,
  } = useEndpoint(
    getQueueOrder,
    { params },
    // A visit to a proof takes seconds: its finding comes by itself.
    {
      refetchInterval: (query) =>
        query.state.data?.deliveries.some((d) => d.check.state === 'pending') ? 2000 : false,
    },
  )
  useTitle(order ? t('orders.numberLong', { n: format.number(order.number) }) : t('order_fulfilment.title'))
  const unread = order?.unread ?? 0
  const { agencyId, id } = params
  useEffect(() => {
    if (unread > 0)
      void call(readQueueOrder, { params: { agencyId, id } }).then(() =>
        refresh(listOrderQueue, countOrderQueue),
      )
  }, [unread, agencyId, id])
  if (!order)
    return error ? (
      <ErrorState error={error} what={t('orders.unreadableOne')} retry={() => void refetch()} />
    ) : (
      <PageSkeleton />
    )
  return (
    <RecordPage>
      <Breadcrumb
        crumbs={[
          { label: t('order_fulfilment.title'), to: paths.operatorOrders },
          { label: t('orders.number', { n: format.number(order.number) }) },
        ]}
      />
      <Head order={order} />
      {order.contested ? <Notice>{t('order_fulfilment.contestedWhat')}</Notice> : null}
      <RecordLayout
        main={{
          label: t('orders.numberLong', { n: format.number(order.number) }),
          content: (
            <>
              <QueueLines order={order} />
              <section aria-labelledby="order-timeline">
                <SectionHead id="order-timeline" title={t('order_talk.title')} />
                <MessageComposer
                  draft={`queue:${order.id}`}
                  choice={t('order_fulfilment.forClient')}
                  hint={t('order_fulfilment.hint')}
                  uploadTo={endpointUrl(uploadQueueFile, { params })}
                  onSend={async (body) => {
                    await call(answerOrder, { params, body })
                    await refetch()
                  }}
                />
                <TimelineList
                  entries={order.timeline}
                  fileUrl={(fileId) => endpointUrl(downloadQueueFile, { params: { ...params, fileId } })}
                  showAudience
                />
              </section>
            </>
          ),
        }}
        end={{ label: t('orders.summary'), content: <Summary order={order} /> }}
      />
    </RecordPage>
  )
}

function Head({ order }: { order: QueueOrder }) {
  const t = useT()
  const format = useFormat()
  const [dialog, setDialog] = useState<'deliver' | 'refuse'>()
  const advance = async (to: 'accepted' | 'in_progress') => {
    try {
      await call(advanceOrders, {
        body: { to, orders: [{ agencyId: order.agency.id, id: order.id }] },
      })
      await refresh(getQueueOrder, listOrderQueue, countOrderQueue)
      notify(t(`order_fulfilment.done.${to}`, { n: 1, refused: 0 }))
    } catch (error) {
      notifyError(error)
    }
  }
  return (
    <>
      <RecordHead
        icon={<Tile name={order.agency.name} id={order.agency.id} size="l" />}
        title={t('orders.numberLong', { n: format.number(order.number) })}
        meta={
          <>
            <OrderState state={order.state} contested={order.contested} />
            <span>{order.agency.name}</span>
            <RelativeDate value={order.placedAt} />
          </>
        }
        actions={
          <>
            {order.can.refuse ? (
              <Button variant="default" leftSection={<IconX size={16} />} onClick={() => setDialog('refuse')}>
                {t('order_fulfilment.refuse')}
              </Button>
            ) : null}
            {order.can.start ? (
              <Button
                variant="default"
                leftSection={<IconPlayerPlay size={16} />}
                onClick={() => void advance('in_progress')}
              >
                {t('order_fulfilment.start')}
              </Button>
            ) : null}
            {order.can.accept ? (
              <Button leftSection={<IconCheck size={16} />} onClick={() => void advance('accepted')}>
                {t('order_fulfilment.accept')}
              </Button>
            ) : null}
            {order.can.deliver ? (
              <Button leftSection={<IconPackage size={16} />} onClick={() => setDialog('deliver')}>
                {t('order_fulfilment.deliver')}
              </Button>
            ) : null}
          </>
        }
      />
      <DeliverDialog opened={dialog === 'deliver'} order={order} onClose={() => setDialog(undefined)} />
      <RefuseDialog opened={dialog === 'refuse'} order={order} onClose={() => setDialog(undefined)} />
    </>
  )
}

function Summary({ order }: { order: QueueOrder }) {
  const t = useT()
  const dates = [
    ['placed', order.placedAt],
    ['accepted', order.acceptedAt],
    ['due', order.dueOn],
    ['delivered', order.deliveredAt],
  ] as const
  return (
    <>
      <SectionHead title={t('order_fulfilment.cost')} />
      <dl className="order-money">
        <dt className="total">{t('orders.column.total')}</dt>
        <dd className="total">
          <MoneyText value={order.cost} />
        </dd>
        <dt>{t('orders.column.units')}</dt>
        <dd className="figures">{t('orders.units', { done: order.deliveredUnits, n: order.units })}</dd>
      </dl>
      <SectionHead title={t('orders.dates')} />
      <dl className="order-money">
        {dates.map(([name, value]) =>
          value ? (
            <Line key={name} name={t(`orders.date.${name}`)}>
              <DateText value={value} />
            </Line>
          ) : null,
        )}
      </dl>
      {order.note ? (
        <>
          <SectionHead title={t('orders.note')} />
          <p style={{ whiteSpace: 'pre-line' }}>{order.note}</p>
        </>
      ) : null}
      <p className="meta">{t('order_fulfilment.secret')}</p>
    </>
  )
}

function Line(props: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </>
  )
}
