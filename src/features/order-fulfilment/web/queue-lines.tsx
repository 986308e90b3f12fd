import { useRef, useState } from 'react'
import { Button, Textarea, TextInput } from '@mantine/core'
import { IconArrowBackUp, IconPencil, IconRefresh } from '@tabler/icons-react'
import { call, endpointUrl } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ConfirmDialog } from '../../../web/kit/confirm-dialog.tsx'
import { InlineField } from '../../../web/kit/inline-field.tsx'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { refresh } from '../../../web/queries.ts'
import { DeliveryCard, LineList } from '../../orders/web/order-lines.tsx'
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
  return (
    <LineList
      lines={order.lines}
      deliveries={order.deliveries}
      price={(line) => ({ unit: line.unitCost })}
      extra={(line) => <Supplier order={order} line={line} />}
      delivery={(d) => (
        <DeliveryCard
          key={d.id}
          delivery={d}
          fileUrl={(fileId) =>
            endpointUrl(downloadQueueFile, { params: { agencyId: order.agency.id, id: order.id, fileId } })
          }
          acts={d.state === 'refunded' ? null : <DeliveryActs order={order} delivery={d} />}
        />
      )}
    />
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

/** Corrects a proof, visits it again, gives the money back. */
function DeliveryActs({ order, delivery }: { order: QueueOrder; delivery: Delivery }) {
  const t = useT()
  const format = useFormat()
  const [dialog, setDialog] = useState<'correct' | 'refund'>()
  const [proofUrl, setProofUrl] = useState(delivery.proofUrl ?? '')
  const [reason, setReason] = useState('')
  const key = useRef(crypto.randomUUID())
  const unit = order.lines.find((l) => l.id === delivery.lineId)?.unitCost ?? order.cost
  const paid = { ...unit, amount: unit.amount * delivery.quantity }
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
    <>
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
        confirmLabel={t('order_fulfilment.refundFor', { amount: format.money(paid) })}
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
    </>
  )
}
