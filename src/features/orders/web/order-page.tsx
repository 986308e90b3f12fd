import { useState } from 'react'
import { Button, Menu, ActionIcon, Textarea } from '@mantine/core'
import { IconCheck, IconDots, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { call } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ConfirmDialog } from '../../../web/kit/confirm-dialog.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { Breadcrumb } from '../../../web/kit/page-head.tsx'
import { RecordHead, RecordLayout, RecordPage, SectionHead } from '../../../web/kit/record-layout.tsx'
import { PageSkeleton } from '../../../web/kit/skeletons.tsx'
import { DateText, MoneyText, RelativeDate } from '../../../web/kit/texts.tsx'
import { Tile } from '../../../web/kit/tile.tsx'
import { paths } from '../../../web/paths.ts'
import { usePathParam } from '../../../web/router.tsx'
import { useTitle } from '../../../web/shell/page-title.tsx'
import { OrderTimeline } from '../../order-talk/web/order-timeline.tsx'
import { approveOrder, cancelOrder } from '../contract.ts'
import { OrderLines } from './order-lines.tsx'
import { OrderState, type Order } from './order-words.tsx'
import { showOrder, useLiveOrders, useOrder } from './use-order.ts'
import './orders.css'

/** One order: what was ordered and delivered, its money, what was said; approve, contest, cancel. */
export function OrderPage() {
  const id = usePathParam('id')
  const t = useT()
  const format = useFormat()
  const { data: order, error, refetch } = useOrder(id)
  useTitle(order ? t('orders.numberLong', { n: format.number(order.number) }) : t('orders.title'))
  useLiveOrders()
  if (!order)
    return error ? (
      <ErrorState error={error} what={t('orders.unreadableOne')} retry={() => void refetch()} />
    ) : (
      <PageSkeleton />
    )
  return (
    <RecordPage key={id}>
      <Breadcrumb
        crumbs={[
          { label: t('orders.title'), to: paths.orders },
          { label: t('orders.number', { n: format.number(order.number) }) },
        ]}
      />
      <Head order={order} />
      <Notices order={order} />
      <RecordLayout
        main={{
          label: t('orders.numberLong', { n: format.number(order.number) }),
          content: (
            <>
              <Steps order={order} />
              <OrderLines order={order} />
              <OrderTimeline orderId={order.id} canWrite={order.can.write} unread={order.unread} />
            </>
          ),
        }}
        end={{ label: t('orders.summary'), content: <Summary order={order} /> }}
      />
    </RecordPage>
  )
}

function Head({ order }: { order: Order }) {
  const t = useT()
  const format = useFormat()
  const [cancelling, setCancelling] = useState(false)
  const [reason, setReason] = useState('')
  const approve = async () => {
    try {
      showOrder(await call(approveOrder, { params: { id: order.id } }))
      notify(t('orders.approvedOne', { n: order.number }))
    } catch (error) {
      notifyError(error)
    }
  }
  return (
    <>
      <RecordHead
        icon={<Tile name={order.client.name} id={order.client.id} size="l" />}
        title={t('orders.numberLong', { n: format.number(order.number) })}
        meta={
          <>
            <OrderState state={order.state} contested={order.contested} />
            <Link to={paths.client(order.client.id)} className="text-link">
              {order.client.name}
            </Link>
            {order.campaign ? (
              <Link to={paths.campaign(order.campaign.id)} className="text-link">
                {order.campaign.name}
              </Link>
            ) : null}
            <span>
              {t('orders.placedBy', { by: order.placedBy })} <RelativeDate value={order.placedAt} />
            </span>
          </>
        }
        actions={
          <>
            {order.can.approve ? (
              <Button leftSection={<IconCheck size={16} />} onClick={() => void approve()}>
                {t('orders.approve')}
              </Button>
            ) : null}
            {order.can.cancel ? (
              <Menu position="bottom-end">
                <Menu.Target>
                  <ActionIcon variant="default" size={32} aria-label={t('orders.actions')}>
                    <IconDots size={17} />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item
                    leftSection={<IconX size={15} />}
                    color="red"
                    onClick={() => setCancelling(true)}
                  >
                    {t('orders.cancel')}
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            ) : null}
          </>
        }
      />
      <ConfirmDialog
        opened={cancelling}
        onClose={() => setCancelling(false)}
        title={t('orders.cancelTitle', { n: order.number })}
        confirmLabel={t('orders.cancel')}
        danger
        onConfirm={async () => {
          showOrder(
            await call(
              cancelOrder,
              { params: { id: order.id }, body: reason.trim() ? { reason: reason.trim() } : {} },
              { idempotencyKey: `cancel-${order.id}` },
            ),
          )
          notify(t('orders.cancelled', { n: order.number, amount: format.money(order.held) }))
        }}
      >
        <p>{t('orders.cancelWhat', { amount: format.money(order.held), client: order.client.name })}</p>
        <Textarea
          label={t('orders.reason')}
          description={t('orders.optional')}
          maxLength={500}
          value={reason}
          onChange={(e) => setReason(e.currentTarget.value)}
        />
      </ConfirmDialog>
    </>
  )
}

function Notices({ order }: { order: Order }) {
  const t = useT()
  const format = useFormat()
  if (order.state === 'delivered' && order.approvesAt)
    return <Notice tone="info">{t('orders.approvesBy', { date: format.date(order.approvesAt) })}</Notice>
  if (order.contested) return <Notice>{t('orders.contestedWhat')}</Notice>
  if (order.state === 'refused' && order.closeReason)
    return <Notice tone="danger">{t('orders.refusedWhat', { reason: order.closeReason })}</Notice>
  if (order.state === 'refunded')
    return <Notice tone="info">{t('orders.refundedWhat', { reason: order.closeReason ?? '—' })}</Notice>
  return null
}

const way = ['placed', 'accepted', 'in_progress', 'delivered', 'approved'] as const

function Steps({ order }: { order: Order }) {
  const t = useT()
  const at = way.indexOf(order.state as (typeof way)[number])
  if (at < 0) return null
  return (
    <ol className="order-steps" aria-label={t('orders.steps')}>
      {way.map((state, i) => (
        <li
          key={state}
          data-done={i <= at || undefined}
          {...(i === at && { 'aria-current': 'step' as const })}
        >
          {t(`orders.state.${state}`)}
        </li>
      ))}
    </ol>
  )
}

function Summary({ order }: { order: Order }) {
  const t = useT()
  return (
    <>
      <SectionHead title={t('orders.money')} />
      <dl className="order-money">
        <dt className="total">{t('orders.column.total')}</dt>
        <dd className="total">
          <MoneyText value={order.total} />
        </dd>
        <dt>{t('orders.held')}</dt>
        <dd>
          <MoneyText value={order.held} />
        </dd>
        <dt>{t('orders.captured')}</dt>
        <dd>
          <MoneyText value={order.captured} />
        </dd>
        {order.refunded.amount > 0 ? (
          <>
            <dt>{t('orders.refunded')}</dt>
            <dd>
              <MoneyText value={order.refunded} />
            </dd>
          </>
        ) : null}
        {order.cost && order.margin ? (
          <>
            <dt>{t('orders.cost')}</dt>
            <dd>
              <MoneyText value={order.cost} />
            </dd>
            <dt>{t('orders.margin')}</dt>
            <dd>
              <MoneyText value={order.margin} />
            </dd>
          </>
        ) : null}
      </dl>
      <SectionHead title={t('orders.dates')} />
      <dl className="order-money">
        {(
          [
            ['placed', order.placedAt],
            ['accepted', order.acceptedAt],
            ['due', order.dueOn],
            ['delivered', order.deliveredAt],
            ['closed', order.closedAt],
          ] as const
        ).map(([name, value]) =>
          value ? <Dated key={name} label={t(`orders.date.${name}`)} value={value} /> : null,
        )}
      </dl>
      {order.project ? (
        <>
          <SectionHead title={t('orders.column.project')} />
          <p>{order.project.name}</p>
        </>
      ) : null}
      {order.note ? (
        <>
          <SectionHead title={t('orders.note')} />
          <p style={{ whiteSpace: 'pre-line' }}>{order.note}</p>
        </>
      ) : null}
      {order.path.length > 0 ? (
        <>
          <SectionHead title={t('orders.path')} />
          <ul className="order-path">
            {order.path.map((p) => (
              <li key={p.id}>
                {p.name} <span className="meta">{t(`role.${p.role}`)}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {order.placedChain.length > 1 ? (
        <p className="meta">{t('orders.chain', { chain: order.placedChain.join(' → ') })}</p>
      ) : null}
    </>
  )
}

function Dated({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <DateText value={value} />
      </dd>
    </>
  )
}
