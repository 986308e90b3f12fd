import { Anchor } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { StatusBadge, type Tone } from '../../../web/kit/badges.tsx'
import { RelativeDate } from '../../../web/kit/texts.tsx'
import { useNow } from '../../../web/use-now.ts'
import type { getOrder, listOrders } from '../contract.ts'

/** Orders of a list that its menu offers; titles of columns turn them round. */
export const menuSorts = ['-placedAt', 'placedAt', '-total', 'dueOn'] as const

/** An order as lists show it. */
export type Row = AnswerOf<typeof listOrders>['data'][number]
/** An order as its page shows it. */
export type Order = AnswerOf<typeof getOrder>
/** Units handed in, with their proof. */
export type Delivery = Order['deliveries'][number]

const tones: Record<Row['state'], Tone> = {
  placed: 'info',
  accepted: 'info',
  in_progress: 'info',
  delivered: 'warn',
  approved: 'ok',
  refused: 'danger',
  refunded: 'mute',
}

/** Where an order is; a correction that was asked for is said instead of "en cours". */
export function OrderState({ state, contested }: { state: Row['state']; contested?: boolean }) {
  const t = useT()
  return contested ? (
    <StatusBadge tone="warn">{t('orders.contested')}</StatusBadge>
  ) : (
    <StatusBadge tone={tones[state]}>{t(`orders.state.${state}`)}</StatusBadge>
  )
}

const checkTones: Record<Delivery['check']['state'], Tone> = {
  none: 'mute',
  pending: 'info',
  found: 'ok',
  link_missing: 'danger',
  not_found: 'danger',
  unreachable: 'warn',
  refused: 'danger',
}

/** What a visit to a proof found, in words, with the page's title. */
export function ProofCheck({ check }: { check: Delivery['check'] }) {
  const t = useT()
  if (check.state === 'none') return null
  return (
    <span className="order-check">
      <StatusBadge tone={checkTones[check.state]}>
        {t(`orders.check.${check.state}`, { status: check.status ?? 0 })}
      </StatusBadge>
      {check.link ? <span className="meta">{t('orders.check.link')}</span> : null}
      {check.rel ? <span className="meta">rel: {check.rel}</span> : null}
      {check.title ? <span className="meta order-check-title">{check.title}</span> : null}
    </span>
  )
}

/** A page of another site, opened apart and told nothing of where one came from. */
export function OutLink({ href }: { href: string }) {
  return (
    <Anchor href={href} target="_blank" rel="noopener noreferrer nofollow" className="order-out">
      <span>{href.replace(/^https?:\/\//, '').replace(/\/$/, '')}</span>
      <IconExternalLink size={13} aria-hidden="true" />
    </Anchor>
  )
}

/** The day an order is promised for; red once it is past, which `late` says where the server knows it. */
export function DueDate({ dueOn, late }: { dueOn: string | null; late?: boolean }) {
  const now = useNow(60_000)
  if (!dueOn) return <span className="ink-3">—</span>
  return (late ?? Date.parse(`${dueOn}T23:59:59`) < now) ? (
    <StatusBadge tone="danger">
      <RelativeDate value={dueOn} />
    </StatusBadge>
  ) : (
    <RelativeDate value={dueOn} />
  )
}

/** "3 sur 5" of an order's units that came. */
export function useUnitsText() {
  const t = useT()
  return (o: { units: number; deliveredUnits: number }) =>
    t('orders.units', { done: o.deliveredUnits, n: o.units })
}
