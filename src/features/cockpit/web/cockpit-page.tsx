import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { endpointUrl } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { StatusBadge } from '../../../web/kit/badges.tsx'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { KeyFigure, KeyFigures } from '../../../web/kit/key-figure.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { Breadcrumb, PageHead } from '../../../web/kit/page-head.tsx'
import { paths } from '../../../web/paths.ts'
import { useEndpoint } from '../../../web/queries.ts'
import { exportCockpit, getCockpit } from '../contract.ts'
import { Margins } from './margins.tsx'
import { MonthChart } from './month-chart.tsx'
import './cockpit.css'

type Cockpit = AnswerOf<typeof getCockpit>

/** Renewals to come: what they cost, what will fail, and what is earned on them. */
export function CockpitPage() {
  const t = useT()
  const format = useFormat()
  const { data, error, refetch } = useEndpoint(getCockpit)
  if (error) return <ErrorState error={error} page={t('cockpit.title')} retry={() => void refetch()} />
  return (
    <>
      <Breadcrumb crumbs={[{ label: t('resale.title'), to: paths.resale }, { label: t('cockpit.title') }]} />
      <PageHead
        title={t('cockpit.title')}
        subtitle={t('cockpit.lead')}
        line
        actions={
          <Button
            component="a"
            variant="default"
            leftSection={<IconDownload size={15} />}
            href={endpointUrl(exportCockpit)}
          >
            {t('cockpit.export')}
          </Button>
        }
      />
      {data ? (
        <div className="scrolls cockpit-page">
          <KeyFigures>
            <KeyFigure
              label={t('cockpit.total')}
              value={format.money(data.total)}
              detail={t('cockpit.discount', { percent: data.discountPercent, count: data.paidAccounts })}
            />
            <KeyFigure
              label={t('cockpit.prepaid')}
              value={format.money(data.prepaid)}
              to={paths.credits('prepaye')}
            />
            <KeyFigure
              label={t('cockpit.card')}
              value={data.card ? `•••• ${data.card.last4}` : t('cockpit.noCard')}
              detail={
                data.card
                  ? t('cockpit.cardUntil', { month: monthWords(data.card.expires, format) })
                  : undefined
              }
            />
          </KeyFigures>
          {data.atRisk.amount > 0 ? (
            <Notice tone="danger" inline>
              {t('cockpit.atRisk', { amount: format.money(data.atRisk) })}
            </Notice>
          ) : null}
          <Days cockpit={data} />
          <section className="card cockpit-section">
            <h2>{t('cockpit.months')}</h2>
            <MonthChart months={data.months} />
          </section>
          <Margins clients={data.clients} currency={data.currency} />
        </div>
      ) : null}
    </>
  )
}

/** "déc. 2028" of `2028-12`. */
function monthWords(month: string, format: ReturnType<typeof useFormat>): string {
  return format.date(`${month}-01`).replace(/^1(er)?\s/, '')
}

function Days({ cockpit }: { cockpit: Cockpit }) {
  const t = useT()
  const format = useFormat()
  return (
    <section className="card cockpit-section">
      <h2>{t('cockpit.days')}</h2>
      {cockpit.collectionDay === null ? null : (
        <p className="ink-2">{t('cockpit.collection', { day: cockpit.collectionDay })}</p>
      )}
      {cockpit.days.length === 0 ? <p className="ink-2">{t('cockpit.nothing')}</p> : null}
      {cockpit.days.map((day) => (
        <div key={day.on} className="cockpit-day">
          <h3>
            <span>{format.date(day.on)}</span>
            <span className="figures">{format.money(day.gross)}</span>
          </h3>
          <ul>
            {day.renewals.map((r) => (
              <li key={`${r.hostedAccountId} ${r.on}`}>
                <div>
                  <Link to={paths.hostedAccount(r.hostedAccountId)}>{r.name}</Link>
                  <small>
                    {[r.client, t(`plan.${r.plan as 'plus'}`), t(`cockpit.interval.${r.interval}`)].join(
                      ' · ',
                    )}
                  </small>
                </div>
                {r.risk ? (
                  <StatusBadge tone="danger">{t(`cockpit.risk.${r.risk}`)}</StatusBadge>
                ) : (
                  <span className="ink-3">
                    {t(
                      r.prepaid.amount === r.gross.amount
                        ? 'cockpit.byPrepaid'
                        : r.prepaid.amount > 0
                          ? 'cockpit.byBoth'
                          : 'cockpit.byCard',
                    )}
                  </span>
                )}
                <span className="figures">{format.money(r.gross)}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}
