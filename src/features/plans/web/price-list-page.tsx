import { useState } from 'react'
import { Button, SegmentedControl } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import type { Money } from '../../../contract/common.ts'
import { T } from '../../../web/i18n/rich-text.tsx'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { Breadcrumb, PageHead } from '../../../web/kit/page-head.tsx'
import { PageSkeleton } from '../../../web/kit/skeletons.tsx'
import { paths } from '../../../web/paths.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { useSearchState } from '../../../web/search-state.ts'
import { getOffer } from '../../subscriptions/contract.ts'
import { planFeatures, type PlanCode } from '../contract.ts'
import './plans.css'

type Offer = AnswerOf<typeof getOffer>
type Rung = Offer['ladder'][number]

/** "Tarifs": what each plan costs the agency, its own discount applied, and the next rung (B16, B24). */
export function PriceListPage() {
  const t = useT()
  const [search, setSearch] = useSearchState()
  const interval = search['rythme'] === 'annuel' ? 'year' : 'month'
  const { data, error, refetch } = useEndpoint(getOffer)
  return (
    <>
      <Breadcrumb
        crumbs={[{ label: t('resale.title'), to: paths.resale }, { label: t('plans.priceList') }]}
      />
      <PageHead
        title={t('plans.priceList')}
        subtitle={t('plans.priceList.lead')}
        actions={
          <SegmentedControl
            aria-label={t('plans.interval')}
            value={interval}
            onChange={(value) => setSearch({ rythme: value === 'year' ? 'annuel' : undefined })}
            data={(['month', 'year'] as const).map((value) => ({
              value,
              label: t(`plan.interval.${value}`),
            }))}
          />
        }
      />
      {data ? (
        <Prices offer={data} interval={interval} />
      ) : error ? (
        <ErrorState error={error} page={t('plans.priceList')} retry={() => void refetch()} />
      ) : (
        <PageSkeleton />
      )}
    </>
  )
}

/** The rung of so many paid accounts. */
function rungOf(ladder: readonly Rung[], accounts: number): Rung {
  return ladder.findLast((r) => r.from <= accounts) ?? { from: 0, percent: 0 }
}

/** After a discount, half-up as it is billed; minor units. */
function discounted(price: Money, percent: number): Money {
  return { ...price, amount: price.amount - Math.floor((2 * price.amount * percent + 100) / 200) }
}

function Prices({ offer, interval }: { offer: Offer; interval: 'month' | 'year' }) {
  const t = useT()
  const format = useFormat()
  const { ladder, paidAccounts } = offer
  const mine = rungOf(ladder, paidAccounts)
  // What would be paid on another rung: looked at, not had.
  const [shown, setShown] = useState(mine.percent)
  const next = ladder.find((r) => r.percent > mine.percent)
  return (
    <div className="scrolls price-list">
      <section className="card price-ladder" aria-label={t('plans.ladder')}>
        <p>
          <T
            id="plans.priceList.mine"
            values={{ percent: format.percent(mine.percent / 100), count: paidAccounts }}
          />{' '}
          {next ? (
            <span className="ink-2">
              {t('plans.priceList.next', {
                missing: next.from - paidAccounts,
                percent: format.percent(next.percent / 100),
              })}
            </span>
          ) : null}
        </p>
        <SegmentedControl
          aria-label={t('plans.priceList.rung')}
          value={String(shown)}
          onChange={(value) => setShown(Number(value))}
          data={ladder.map((r) => ({
            value: String(r.percent),
            label: t('plans.priceList.from', { percent: format.percent(r.percent / 100), from: r.from }),
          }))}
        />
        {shown === mine.percent ? null : (
          <p className="meta" role="status">
            {t('plans.priceList.other', { percent: format.percent(shown / 100) })}{' '}
            <Button size="compact-sm" variant="subtle" onClick={() => setShown(mine.percent)}>
              {t('plans.priceList.back')}
            </Button>
          </p>
        )}
      </section>
      <div className="plans-table-scroll card" role="region" aria-label={t('plans.prices')} tabIndex={0}>
        <table className="plans-table price-matrix">
          <PlanHead first={t('plans.contacts')} plans={offer.plans} />
          <tbody>
            {offer.contactLimits.map((limit, row) => (
              <tr key={limit}>
                <th scope="row" className="figures">
                  {format.number(limit)}
                </th>
                {offer.plans.map((p) => {
                  const list = p.prices[interval][row]!
                  const net = discounted(list, shown)
                  return (
                    <td key={p.code} className="figures">
                      <b>{format.money(net)}</b>
                      {net.amount === list.amount ? null : (
                        <small>
                          <span className="visually-hidden">{t('plans.priceList.before')} </span>
                          <s>{format.money(list)}</s>
                        </small>
                      )}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="meta">{t(`plans.priceList.per.${interval}`)}</p>
      <div className="plans-table-scroll card" role="region" aria-label={t('plans.features')} tabIndex={0}>
        <table className="plans-table price-matrix">
          <PlanHead first={t('plans.feature')} plans={offer.plans} />
          <tbody>
            {planFeatures.map((feature) => (
              <tr key={feature}>
                <th scope="row">{t(`plan.feature.${feature}`)}</th>
                {offer.plans.map((p) => (
                  <td key={p.code}>
                    {p.features.includes(feature) ? (
                      <IconCheck size={16} role="img" aria-label={t('plans.included')} />
                    ) : (
                      <span className="ink-3">
                        <span aria-hidden="true">—</span>
                        <span className="visually-hidden">{t('plans.notIncluded')}</span>
                      </span>
                    )}
                  </td>
                ))}
              </tr>
            ))}
            {(['users', 'mailsPerContact', 'customFields'] as const).map((name) => (
              <tr key={name}>
                <th scope="row">{t(`plans.limit.${name}`)}</th>
                {offer.plans.map((p) => (
                  <td key={p.code} className="figures">
                    {p.limits[name] === null ? t('plans.unlimited') : format.number(p.limits[name])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="ink-2">
        {t('plans.priceList.trial', {
          days: offer.trial.days,
          contacts: offer.trial.contacts,
          mails: offer.trial.mails,
        })}{' '}
        <Link to={paths.newHostedAccount} className="text-link">
          {t('plans.priceList.open')}
        </Link>
      </p>
    </div>
  )
}

/** The head of a table with a plan a column. */
function PlanHead({ first, plans }: { first: string; plans: readonly { code: PlanCode }[] }) {
  const t = useT()
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        {plans.map((p) => (
          <th key={p.code} scope="col">
            {t(`plan.${p.code}`)}
          </th>
        ))}
      </tr>
    </thead>
  )
}
