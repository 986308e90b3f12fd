import { useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { Button, Checkbox } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { call } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ConfirmDialog } from '../../../web/kit/confirm-dialog.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { notify } from '../../../web/kit/notices.tsx'
import { MoneyText } from '../../../web/kit/texts.tsx'
import { paths } from '../../../web/paths.ts'
import { isProblem } from '../../../web/problem-error.ts'
import type { listCampaigns } from '../../campaigns/contract.ts'
import { placeOrder } from '../../orders/contract.ts'
import { showOrder } from '../../orders/web/use-order.ts'
import { refresh } from '../../../web/queries.ts'
import { getCart } from '../contract.ts'
import type { Cart } from './cart-type.ts'

type Campaign = AnswerOf<typeof listCampaigns>['data'][number]

/** What the cart costs and what it leaves; "Commander" shows both once more before anything is held. */
export function CartSummary(props: {
  cart: Cart
  campaign: Campaign | undefined
  project: { id: string; name: string } | undefined
  note: string
  /** Campaign, project and note. */
  children: ReactNode
}) {
  const t = useT()
  const format = useFormat()
  const [asking, setAsking] = useState(false)
  const { cart } = props
  const gone = cart.lines.some((l) => !l.item)
  const short = cart.after.amount < 0
  const ready = cart.lines.length > 0 && !gone
  return (
    <aside className="card cart-side" aria-label={t('carts.summary')}>
      {props.children}
      <Sums cart={cart} />
      {short ? (
        <Notice inline>
          {t('carts.short', {
            missing: format.money({ ...cart.after, amount: -cart.after.amount }),
            name: cart.client.name,
          })}
        </Notice>
      ) : null}
      {gone ? (
        <Notice inline tone="danger">
          {t('refusal.order.item_gone')}
        </Notice>
      ) : null}
      <Button disabled={!ready} onClick={() => setAsking(true)}>
        {t('carts.order', { amount: format.money(cart.total) })}
      </Button>
      <PlaceDialog {...props} opened={asking} onClose={() => setAsking(false)} />
    </aside>
  )
}

function Sums({ cart }: { cart: Cart }) {
  const t = useT()
  return (
    <dl className="cart-sums">
      <dt>{t('carts.before', { name: cart.client.name })}</dt>
      <dd>
        <MoneyText value={cart.available} />
      </dd>
      <dt>{t('carts.price')}</dt>
      <dd>
        − <MoneyText value={cart.total} />
      </dd>
      <dt className="total">{t('carts.after')}</dt>
      <dd className={cart.after.amount < 0 ? 'total below' : 'total'}>
        <MoneyText value={cart.after} />
      </dd>
    </dl>
  )
}

function PlaceDialog(props: Parameters<typeof CartSummary>[0] & { opened: boolean; onClose: () => void }) {
  const t = useT()
  const format = useFormat()
  const navigate = useNavigate()
  const [confirmed, setConfirmed] = useState(false)
  const { cart, campaign, project, note } = props
  const over =
    campaign?.budget &&
    campaign.spent.amount + campaign.held.amount + cart.total.amount - campaign.budget.amount
  const asksMore = typeof over === 'number' && over > 0
  // One key as long as the same order is being placed: a retry after a lost answer places no second one.
  const sent = useRef({ body: '', key: '' })
  const place = async () => {
    const body = {
      clientId: cart.client.id,
      ...(campaign && { campaignId: campaign.id }),
      ...(project && { projectId: project.id }),
      ...(note.trim() !== '' && { note: note.trim() }),
      lines: cart.lines.map((l) => ({
        itemId: l.itemId,
        quantity: l.quantity,
        projectId: l.project?.id ?? project?.id ?? null,
        targetUrl: l.targetUrl ?? '',
        anchorText: l.anchorText ?? '',
        instructions: l.instructions ?? '',
      })),
      expectedTotal: cart.total,
      confirmOverBudget: confirmed,
      cartLineIds: cart.lines.map((l) => l.id),
    }
    const text = JSON.stringify(body)
    if (sent.current.body !== text) sent.current = { body: text, key: crypto.randomUUID() }
    try {
      const order = await call(placeOrder, { body }, { idempotencyKey: sent.current.key })
      showOrder(order)
      notify(t('carts.placed', { n: order.number, amount: format.money(order.total) }))
      void navigate({ to: paths.order(order.id) })
    } catch (error) {
      // What changed under the cart is shown by reading it again.
      if (isProblem(error, 'order.price_changed') || isProblem(error, 'order.item_gone'))
        void refresh(getCart)
      throw error
    }
  }
  return (
    <ConfirmDialog
      opened={props.opened}
      onClose={props.onClose}
      title={t('carts.placeTitle', { name: cart.client.name })}
      confirmLabel={t('carts.order', { amount: format.money(cart.total) })}
      onConfirm={place}
    >
      <p>{t('carts.placeWhat', { n: cart.lines.length, name: cart.client.name })}</p>
      <Sums cart={cart} />
      {asksMore && campaign ? (
        <>
          <Notice inline>
            {t('carts.over', {
              name: campaign.name,
              over: format.money({ amount: over, currency: cart.total.currency }),
            })}
          </Notice>
          <Checkbox
            label={t('carts.overConfirm')}
            checked={confirmed}
            onChange={(e) => setConfirmed(e.currentTarget.checked)}
          />
        </>
      ) : null}
    </ConfirmDialog>
  )
}
