import { useRef, useState } from 'react'
import { Textarea } from '@mantine/core'
import { call } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ConfirmDialog } from '../../../web/kit/confirm-dialog.tsx'
import { notify } from '../../../web/kit/notices.tsx'
import { refuseOrder } from '../contract.ts'
import { showQueueOrder, type QueueOrder } from './use-queue-order.ts'

/** Refuses what is still to come of an order, with the reason that the agency reads. */
export function RefuseDialog(props: { opened: boolean; order: QueueOrder; onClose: () => void }) {
  const t = useT()
  const format = useFormat()
  const { order } = props
  const [reason, setReason] = useState('')
  const key = useRef(crypto.randomUUID())
  const waiting = order.lines.reduce((sum, l) => sum + l.waiting, 0)
  return (
    <ConfirmDialog
      opened={props.opened}
      onClose={props.onClose}
      title={t('order_fulfilment.refuseTitle', { n: order.number })}
      confirmLabel={t('order_fulfilment.refuse')}
      danger
      onConfirm={async () => {
        showQueueOrder(
          await call(
            refuseOrder,
            { params: { agencyId: order.agency.id, id: order.id }, body: { reason: reason.trim() } },
            { idempotencyKey: key.current },
          ),
        )
        notify(t('order_fulfilment.refused', { n: order.number }))
      }}
    >
      <p>{t('order_fulfilment.refuseWhat', { n: waiting, total: format.number(order.units) })}</p>
      <Textarea
        label={t('orders.reason')}
        description={t('order_fulfilment.reasonHelp')}
        required
        maxLength={500}
        autosize
        minRows={2}
        value={reason}
        onChange={(e) => setReason(e.currentTarget.value)}
      />
    </ConfirmDialog>
  )
}
