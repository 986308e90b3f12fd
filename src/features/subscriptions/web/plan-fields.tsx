import { SegmentedControl, Select } from '@mantine/core'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { OptionCards } from '../../../web/kit/option-card.tsx'
import type { getOffer } from '../contract.ts'
import './plan-fields.css'

/** What can be sold. */
export type Offer = AnswerOf<typeof getOffer>
/** What is chosen; `trial` ignores the other two. */
export type Chosen = {
  planCode: 'lite' | 'plus' | 'professional' | 'enterprise' | 'trial'
  interval: 'month' | 'year'
  contactLimit: number
}

/** Plan, rhythm and contact limit (B24, B26, B27); the trial is one of the plans where it is offered (B56). */
export function PlanFields({
  offer,
  value,
  onChange,
  trial,
}: {
  offer: Offer
  value: Chosen
  onChange: (value: Chosen) => void
  /** The trial is a choice. */
  trial?: boolean
}) {
  const t = useT()
  const format = useFormat()
  const at = Math.max(0, offer.contactLimits.indexOf(value.contactLimit))
  const plans = offer.plans.map((plan) => {
    const price = plan.prices[value.interval][at]
    return {
      value: plan.code as Chosen['planCode'],
      title: t(`plan.${plan.code}`),
      detail: [
        plan.limits.users === null
          ? t('subscriptions.anyUsers')
          : t('subscriptions.users', { count: plan.limits.users }),
        ...plan.features
          .filter((f) => !['mailings', 'segments'].includes(f))
          .slice(0, 4)
          .map((f) => t(`plan.feature.${f}`)),
      ].join(', '),
      end: price ? (
        <span className="plan-price">
          <b className="figures">{format.money(price)}</b>
          <small>{t(`subscriptions.per.${value.interval}`)}</small>
        </span>
      ) : null,
    }
  })
  const free = {
    value: 'trial' as const,
    title: t('plan.trial'),
    detail: t('subscriptions.trial', {
      days: offer.trial.days,
      contacts: offer.trial.contacts,
      mails: offer.trial.mails,
    }),
    end: (
      <span className="plan-price">
        <b>{t('subscriptions.free')}</b>
      </span>
    ),
  }
  return (
    <div className="plan-fields">
      {value.planCode === 'trial' ? null : (
        <div className="plan-line">
          <SegmentedControl
            aria-label={t('subscriptions.interval')}
            value={value.interval}
            onChange={(interval) => onChange({ ...value, interval: interval as Chosen['interval'] })}
            data={(['month', 'year'] as const).map((v) => ({ value: v, label: t(`plan.interval.${v}`) }))}
          />
          <Select
            aria-label={t('subscriptions.contacts')}
            allowDeselect={false}
            value={String(value.contactLimit)}
            onChange={(limit) => onChange({ ...value, contactLimit: Number(limit) })}
            data={offer.contactLimits.map((n) => ({
              value: String(n),
              label: t('subscriptions.upTo', { n: format.number(n) }),
            }))}
          />
        </div>
      )}
      <OptionCards
        legend={t('subscriptions.plan')}
        name="plan"
        options={trial ? [...plans, free] : plans}
        value={value.planCode}
        onChange={(planCode) => onChange({ ...value, planCode })}
      />
    </div>
  )
}
