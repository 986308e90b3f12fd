import { hasExpired, type Card } from '../payments/public.ts'
import { discountOf, renewalDate, vatBreakdown, type Interval, type VatCategory } from '../rating/public.ts'

/** A running subscription as the forecast needs it; minor units. */
export type Running = {
  hostedAccountId: string
  name: string
  clientId: string
  plan: string
  interval: Interval
  /** First day of its next period, in its own zone. */
  on: Temporal.PlainDate
  listPrice: bigint
  /** What the agency asks for one period, without VAT. */
  retail: bigint | null
  /** The account's own prepaid credit. */
  ownPrepaid: bigint
}
/** One renewal to come. */
export type Coming = Running & {
  net: bigint
  gross: bigint
  prepaid: bigint
  risk: 'no_card' | 'card_expires' | null
}

/** Net of one period after the discount. */
export function costOf(r: Pick<Running, 'listPrice'>, percent: number): bigint {
  return r.listPrice - discountOf(r.listPrice, percent)
}

/**
 * Renewals up to a day (left out), in order: what each costs, what prepaid credit will be left for it (the
 * account's own first, then the agency's, day after day), and whether the card can pay the rest then.
 */
export function comingUpTo(
  running: readonly Running[],
  until: Temporal.PlainDate,
  facts: {
    percent: number
    vat: { rateBasisPoints: number; category: VatCategory }
    prepaid: bigint
    card: Card | undefined
  },
): Coming[] {
  const own = new Map(running.map((r) => [r.hostedAccountId, r.ownPrepaid]))
  let left = facts.prepaid
  return turnsUpTo(running, until).map(({ subscription: r, on }) => {
    const net = costOf(r, facts.percent)
    const { gross } = vatBreakdown([{ net, ...facts.vat }])
    const fromOwn = least(own.get(r.hostedAccountId)!, gross)
    own.set(r.hostedAccountId, own.get(r.hostedAccountId)! - fromOwn)
    const fromAgency = least(left, gross - fromOwn)
    left -= fromAgency
    const prepaid = fromOwn + fromAgency
    return { ...r, on, net, gross, prepaid, risk: prepaid === gross ? null : riskOf(facts.card, on) }
  })
}

/** Every turn of every subscription before a day, in order: the next one, and those its interval brings after. */
export function turnsUpTo<R extends Pick<Running, 'on' | 'interval'>>(
  running: readonly R[],
  until: Temporal.PlainDate,
): { subscription: R; on: Temporal.PlainDate }[] {
  const turns = running.flatMap((subscription) => {
    const of: { subscription: R; on: Temporal.PlainDate }[] = []
    for (let n = 0; ; n++) {
      const on = renewalDate(subscription.on, subscription.interval, n)
      if (Temporal.PlainDate.compare(on, until) >= 0) return of
      of.push({ subscription, on })
    }
  })
  return turns.toSorted((a, b) => Temporal.PlainDate.compare(a.on, b.on))
}

function riskOf(card: Card | undefined, on: Temporal.PlainDate): Coming['risk'] {
  if (!card) return 'no_card'
  return hasExpired(card, on) ? 'card_expires' : null
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
