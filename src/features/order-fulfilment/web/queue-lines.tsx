import { useRef, useState } from 'react'
import { Button, Textarea, TextInput } from '@mantine/core'
import { IconArrowBackUp, IconFile, IconPencil, IconRefresh } from '@tabler/icons-react'
import { call, endpointUrl } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { StatusBadge } from '../../../web/kit/badges.tsx'
import { ConfirmDialog } from '../../../web/kit/confirm-dialog.tsx'
import { InlineField } from '../../../web/kit/inline-field.tsx'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { SectionHead } from '../../../web/kit/record-layout.tsx'
import { DateText, MoneyText } from '../../../web/kit/texts.tsx'
import { refresh } from '../../../web/queries.ts'
import { LineWishes } from '../../orders/web/order-lines.tsx'
import { OutLink, ProofCheck } from '../../orders/web/order-words.tsx'
import {
  checkDelivery,
  correctDelivery,
  downloadQueueFile,
  getQueueOrder,
  listOrderQueue,
  refundDelivery,
  setLineSupplier,
} from '../contract.ts'
import { showQueueOrder, type QueueOrder } from './use-queue-order.ts'

type Line = QueueOrder['lines'][number]
type Delivery = QueueOrder['deliveries'][number]

/** What is to be made, line by line, and what was handed in. */
export function QueueLines({ order }: { order: QueueOrder }) {
  const t = useT()
  return (
    <section aria-labelledby="order-lines">
      <SectionHead id="order-lines" title={t('orders.lines')} count={order.lines.length} />
      <ul className="order-lines">
        {order.lines.map((line) => (
          <li key={line.id} className="card order-line">
            <div className="order-line-head">
              <b>{line.title}</b>
              {line.site ? <span className="meta">{line.site}</span> : null}
              <span className="spacer" />
              <span className="figures ink-2">
                {line.quantity} × <MoneyText value={line.unitCost} />
              </span>
            </div>
            <LineWishes line={line} />
            <Supplier order={order} line={line} />
            <span className="meta">
              {t('orders.lineUnits', {
                delivered: line.delivered,
                waiting: line.waiting,
                refused: line.refused,
                refunded: line.refunded,
              })}
            </span>
            {order.deliveries
              .filter((d) => d.lineId === line.id)
              .map((d) => (
                <DeliveryCard key={d.id} order={order} delivery={d} />
              ))}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Supplier({ order, line }: { order: QueueOrder; line: Line }) {
  const t = useT()
  return (
    <div className="order-delivery-foot">
      <span className="ink-3">{t('order_fulfilment.supplier')}</span>
      <InlineField
        label={t('order_fulfilment.supplierOf', { title: line.title })}
        value={line.supplier ?? ''}
        onSave={async (text: string) => {
          await call(setLineSupplier, {
            params: { agencyId: order.agency.id, id: order.id, lineId: line.id },
            body: { supplier: text.trim() === '' ? null : text.trim() },
          })
          await refresh(getQueueOrder, listOrderQueue)
        }}
      />
    </div>
  )
}

function DeliveryCard({ order, delivery }: { order: QueueOrder; delivery: Delivery }) {
  const t = useT()
  const [dialog, setDialog] = useState<'correct' | 'refund'>()
  const [proofUrl, setProofUrl] = useState(delivery.proofUrl ?? '')
  const [reason, setReason] = useState('')
  const key = useRef(crypto.randomUUID())
  const params = { agencyId: order.agency.id, id: order.id, deliveryId: delivery.id }
  const check = async () => {
    try {
      await call(checkDelivery, { params })
      await refresh(getQueueOrder)
    } catch (error) {
      notifyError(error)
    }
  }
  return (
    <article className="order-delivery">
      <header>
        <b>{t('orders.delivery', { n: delivery.quantity })}</b>
        <span className="meta">
          <DateText value={delivery.deliveredOn} />
        </span>
        {delivery.state === 'contested' ? (
          <StatusBadge tone="warn">{t('orders.contested')}</StatusBadge>
        ) : delivery.state === 'refunded' ? (
          <StatusBadge tone="mute">{t('orders.refunded')}</StatusBadge>
        ) : null}
      </header>
      {delivery.proofUrl ? <OutLink href={delivery.proofUrl} /> : null}
      {delivery.file ? (
        <a
          className="order-file"
          download
          href={endpointUrl(downloadQueueFile, {
            params: { agencyId: order.agency.id, id: order.id, fileId: delivery.file.id },
          })}
        >
          <IconFile size={14} aria-hidden="true" />
          {delivery.file.name}
        </a>
      ) : null}
      <ProofCheck check={delivery.check} />
      {delivery.contestReason ? (
        <span>{t('orders.contestReason', { reason: delivery.contestReason })}</span>
      ) : null}
      {delivery.state === 'refunded' ? null : (
        <div className="order-delivery-foot">
          {delivery.state === 'contested' ? (
            <Button
              size="compact-sm"
              variant="light"
              leftSection={<IconPencil size={14} />}
              onClick={() => setDialog('correct')}
            >
              {t('order_fulfilment.correct')}
            </Button>
          ) : null}
          {delivery.proofUrl ? (
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconRefresh size={14} />}
              onClick={() => void check()}
            >
              {t('order_fulfilment.check')}
            </Button>
          ) : null}
          {order.can.refund ? (
            <Button
              size="compact-sm"
              variant="subtle"
              color="red"
              leftSection={<IconArrowBackUp size={14} />}
              onClick={() => setDialog('refund')}
            >
              {t('order_fulfilment.refund')}
            </Button>
          ) : null}
        </div>
      )}
      <ConfirmDialog
        opened={dialog === 'correct'}
        onClose={() => setDialog(undefined)}
        title={t('order_fulfilment.correctTitle')}
        confirmLabel={t('order_fulfilment.correct')}
        onConfirm={async () => {
          showQueueOrder(await call(correctDelivery, { params, body: { proofUrl } }))
          notify(t('order_fulfilment.corrected'))
        }}
      >
        <TextInput
          label={t('order_fulfilment.proof')}
          value={proofUrl}
          onChange={(e) => setProofUrl(e.currentTarget.value)}
        />
      </ConfirmDialog>
      <ConfirmDialog
        opened={dialog === 'refund'}
        onClose={() => setDialog(undefined)}
        title={t('order_fulfilment.refundTitle')}
        confirmLabel={t('order_fulfilment.refund')}
        danger
        onConfirm={async () => {
          showQueueOrder(
            await call(
              refundDelivery,
              { params, body: { reason: reason.trim() } },
              { idempotencyKey: key.current },
            ),
          )
          notify(t('order_fulfilment.refunded'))
        }}
      >
        <p>{t('order_fulfilment.refundWhat', { n: delivery.quantity })}</p>
        <Textarea
          label={t('orders.reason')}
          required
          maxLength={500}
          value={reason}
          onChange={(e) => setReason(e.currentTarget.value)}
        />
      </ConfirmDialog>
    </article>
  )
}
