import { useState } from 'react'
import { Button, Textarea } from '@mantine/core'
import { IconFile } from '@tabler/icons-react'
import { call, endpointUrl } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ConfirmDialog } from '../../../web/kit/confirm-dialog.tsx'
import { SectionHead } from '../../../web/kit/record-layout.tsx'
import { StatusBadge } from '../../../web/kit/badges.tsx'
import { DateText, MoneyText } from '../../../web/kit/texts.tsx'
import { notify } from '../../../web/kit/notices.tsx'
import { downloadOrderFile } from '../../order-talk/contract.ts'
import { contestDelivery } from '../contract.ts'
import { OutLink, ProofCheck, type Delivery, type Order } from './order-words.tsx'
import { showOrder } from './use-order.ts'

/** What was ordered, line by line, and what came of it with its proof. */
export function OrderLines({ order }: { order: Order }) {
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
                {line.quantity} × <MoneyText value={line.unitPrice} />
              </span>
              <b>
                <MoneyText value={line.amount} />
              </b>
            </div>
            <LineWishes line={line} />
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

/** What the buyer asked for on a line. */
export function LineWishes({
  line,
}: {
  line: { targetUrl: string | null; anchorText: string | null; instructions: string | null }
}) {
  const t = useT()
  if (!line.targetUrl && !line.anchorText && !line.instructions) return null
  return (
    <dl>
      {line.targetUrl ? (
        <>
          <dt>{t('orders.target')}</dt>
          <dd>
            <OutLink href={line.targetUrl} />
          </dd>
        </>
      ) : null}
      {line.anchorText ? (
        <>
          <dt>{t('orders.anchor')}</dt>
          <dd>{line.anchorText}</dd>
        </>
      ) : null}
      {line.instructions ? (
        <>
          <dt>{t('orders.instructions')}</dt>
          <dd>{line.instructions}</dd>
        </>
      ) : null}
    </dl>
  )
}

function DeliveryCard({ order, delivery }: { order: Order; delivery: Delivery }) {
  const t = useT()
  const [contesting, setContesting] = useState(false)
  const [reason, setReason] = useState('')
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
        <span className="spacer" />
        {order.can.contest && delivery.state === 'given' ? (
          <Button size="compact-sm" variant="subtle" onClick={() => setContesting(true)}>
            {t('orders.contest')}
          </Button>
        ) : null}
      </header>
      {delivery.proofUrl ? <OutLink href={delivery.proofUrl} /> : null}
      {delivery.file ? (
        <a
          className="order-file"
          href={endpointUrl(downloadOrderFile, { params: { id: order.id, fileId: delivery.file.id } })}
          download
        >
          <IconFile size={14} aria-hidden="true" />
          {delivery.file.name}
        </a>
      ) : null}
      <ProofCheck check={delivery.check} />
      {delivery.note ? <span className="ink-2">{delivery.note}</span> : null}
      {delivery.contestReason ? (
        <span className="ink-2">{t('orders.contestReason', { reason: delivery.contestReason })}</span>
      ) : null}
      <ConfirmDialog
        opened={contesting}
        onClose={() => setContesting(false)}
        title={t('orders.contestTitle')}
        confirmLabel={t('orders.contest')}
        onConfirm={async () => {
          showOrder(
            await call(contestDelivery, {
              params: { id: order.id },
              body: { deliveryId: delivery.id, reason: reason.trim() },
            }),
          )
          notify(t('orders.contestDone'))
        }}
      >
        <p>{t('orders.contestWhat')}</p>
        <Textarea
          data-autofocus
          label={t('orders.contestField')}
          maxLength={500}
          autosize
          minRows={2}
          value={reason}
          onChange={(e) => setReason(e.currentTarget.value)}
        />
      </ConfirmDialog>
    </article>
  )
}
