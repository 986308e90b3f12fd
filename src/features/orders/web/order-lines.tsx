import { useState } from 'react'
import type { ReactNode } from 'react'
import { Button, Textarea } from '@mantine/core'
import { IconFile, IconPencil } from '@tabler/icons-react'
import type { Money } from '../../../contract/common.ts'
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
  return (
    <LineList
      lines={order.lines}
      deliveries={order.deliveries}
      price={(line) => ({ unit: line.unitPrice, amount: line.amount })}
      delivery={(d) => (
        <DeliveryCard
          key={d.id}
          delivery={d}
          fileUrl={(fileId) => endpointUrl(downloadOrderFile, { params: { id: order.id, fileId } })}
          acts={order.can.contest && d.state === 'given' ? <Contest orderId={order.id} delivery={d} /> : null}
        />
      )}
    />
  )
}

/** A line as both sides read it. */
type Line = Pick<
  Order['lines'][number],
  | 'id'
  | 'title'
  | 'site'
  | 'quantity'
  | 'targetUrl'
  | 'anchorText'
  | 'instructions'
  | 'delivered'
  | 'waiting'
  | 'refused'
  | 'refunded'
>

/** Lines of an order with what was wished and handed in: the buyer's and the operator's page show the same. */
export function LineList<L extends Line, D extends { lineId: string }>(props: {
  lines: L[]
  deliveries: D[]
  /** What one unit costs this reader, and the line when that is another figure. */
  price: (line: L) => { unit: Money; amount?: Money }
  /** What stands between the wishes and the units. */
  extra?: (line: L) => ReactNode
  delivery: (delivery: D) => ReactNode
}) {
  const t = useT()
  return (
    <section aria-labelledby="order-lines">
      <SectionHead id="order-lines" title={t('orders.lines')} count={props.lines.length} />
      <ul className="order-lines">
        {props.lines.map((line) => {
          const { unit, amount } = props.price(line)
          return (
            <li key={line.id} className="card order-line">
              <div className="order-line-head">
                <b>{line.title}</b>
                {line.site ? <span className="meta">{line.site}</span> : null}
                <span className="spacer" />
                <span className="figures ink-2">
                  {line.quantity} × <MoneyText value={unit} />
                </span>
                {amount ? (
                  <b>
                    <MoneyText value={amount} />
                  </b>
                ) : null}
              </div>
              <LineWishes line={line} />
              {props.extra?.(line)}
              <span className="meta">
                {t('orders.lineUnits', {
                  delivered: line.delivered,
                  waiting: line.waiting,
                  refused: line.refused,
                  refunded: line.refunded,
                })}
              </span>
              {props.deliveries.filter((d) => d.lineId === line.id).map(props.delivery)}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function LineWishes({
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

/** Units handed in: when, the proof and what a visit to it found, then what this reader may do. */
export function DeliveryCard({
  delivery,
  fileUrl,
  acts,
}: {
  delivery: Pick<
    Delivery,
    'quantity' | 'deliveredOn' | 'state' | 'proofUrl' | 'file' | 'check' | 'contestReason'
  > & { note?: string | null }
  fileUrl: (fileId: string) => string
  acts: ReactNode
}) {
  const t = useT()
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
        <a className="order-file" href={fileUrl(delivery.file.id)} download>
          <IconFile size={14} aria-hidden="true" />
          {delivery.file.name}
        </a>
      ) : null}
      <ProofCheck check={delivery.check} />
      {delivery.note ? <span className="ink-2">{delivery.note}</span> : null}
      {delivery.contestReason ? (
        <span className="ink-2">{t('orders.contestReason', { reason: delivery.contestReason })}</span>
      ) : null}
      {acts ? <div className="order-delivery-foot">{acts}</div> : null}
    </article>
  )
}

/** Asks for a correction of a delivery, and why. */
function Contest({ orderId, delivery }: { orderId: string; delivery: Delivery }) {
  const t = useT()
  const [contesting, setContesting] = useState(false)
  const [reason, setReason] = useState('')
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconPencil size={14} />}
        onClick={() => setContesting(true)}
      >
        {t('orders.contest')}
      </Button>
      <ConfirmDialog
        opened={contesting}
        onClose={() => setContesting(false)}
        title={t('orders.contestTitle')}
        confirmLabel={t('orders.contest')}
        onConfirm={async () => {
          showOrder(
            await call(contestDelivery, {
              params: { id: orderId },
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
    </>
  )
}
