import { discountOf, prorate, type Interval } from '../rating/public.ts'
import { type Terms, periodFrom } from '../subscriptions/public.ts'

/** A subscription as far as a change depends on it. Amounts in minor units, net of VAT. */
export type ChangeBase = {
  /** Trial or ended: a change buys a new period. */
  bought: boolean
  /** What it is on; null on trial. */
  terms: Terms | null
  periodStart: Temporal.PlainDate
  periodEnd: Temporal.PlainDate
  /** Of the whole current period after discount. */
  periodNet: bigint
  /** What is left to credit of the line that pays the rest of it. */
  creditLeft: bigint
  /** Rung the current period was bought at: it holds until the next one. */
  periodPercent: number
}

/** What a change does and costs, before VAT. */
export type PlanChange = {
  kind: 'upgrade' | 'downgrade' | 'interval' | 'renew' | 'none'
  when: 'now' | 'period_end'
  effectiveOn: Temporal.PlainDate
  /** Rung of the new price. */
  percent: number
  /** A whole period of the new terms after discount. */
  periodNet: bigint
  credit: bigint
  charge: bigint
  daysLeft: number
  days: number
  /** Of the period that runs after the change. */
  periodEnd: Temporal.PlainDate
}

/**
 * What changing to `terms` today does (domain.md, "Proration"; decision 0014).
 *
 * A trial or ended account buys a new period from today at today's rung. In the same rhythm, dearer terms begin
 * today for the days that are left, at the rung the period was bought at; cheaper ones begin with the next
 * period. Another rhythm begins a new period today at today's rung and gives the unused days back, unless they are
 * worth more than it costs: then it begins with the next period. `percentNow` counts this account in.
 */
export function planChange(
  base: ChangeBase,
  terms: Terms,
  today: Temporal.PlainDate,
  percentNow: number,
): PlanChange {
  const whole = (percent: number) => terms.listPrice - discountOf(terms.listPrice, percent)
  const fresh = periodFrom(today, terms.interval, 0)
  const days = daysBetween(fresh.start, fresh.end)
  if (base.bought || base.terms === null)
    return {
      kind: 'renew',
      when: 'now',
      effectiveOn: today,
      percent: percentNow,
      periodNet: whole(percentNow),
      credit: 0n,
      charge: whole(percentNow),
      daysLeft: days,
      days,
      periodEnd: fresh.end,
    }
  const old = base.terms
  const later = (kind: 'downgrade' | 'interval' | 'none'): PlanChange => {
    const next = periodFrom(base.periodEnd, terms.interval, 0)
    return {
      kind,
      when: 'period_end',
      effectiveOn: base.periodEnd,
      percent: percentNow,
      periodNet: whole(percentNow),
      credit: 0n,
      charge: 0n,
      daysLeft: 0,
      days: daysBetween(next.start, next.end),
      periodEnd: base.periodEnd,
    }
  }
  if (sameTerms(old, terms)) return later('none')
  const shares = prorate({
    periodStart: base.periodStart,
    periodEnd: base.periodEnd,
    changeOn: today,
    oldPrice: base.periodNet,
    newPrice: whole(base.periodPercent),
    creditLeft: base.creditLeft,
  })
  if (old.interval === terms.interval)
    return terms.listPrice > old.listPrice
      ? {
          kind: 'upgrade',
          when: 'now',
          effectiveOn: today,
          percent: base.periodPercent,
          periodNet: whole(base.periodPercent),
          ...shares,
          periodEnd: base.periodEnd,
        }
      : later('downgrade')
  if (whole(percentNow) < shares.credit) return later('interval')
  return {
    kind: 'interval',
    when: 'now',
    effectiveOn: today,
    percent: percentNow,
    periodNet: whole(percentNow),
    credit: shares.credit,
    charge: whole(percentNow),
    daysLeft: days,
    days,
    periodEnd: fresh.end,
  }
}

/** Whether nothing that is chosen differs. */
function sameTerms(a: Terms, b: { planCode: string; interval: Interval; contactLimit: number }): boolean {
  return a.planCode === b.planCode && a.interval === b.interval && a.contactLimit === b.contactLimit
}

function daysBetween(start: Temporal.PlainDate, end: Temporal.PlainDate): number {
  return start.until(end, { largestUnit: 'day' }).days
}
