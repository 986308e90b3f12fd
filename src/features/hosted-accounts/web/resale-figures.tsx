import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { KeyFigures } from '../../../web/kit/key-figure.tsx'
import type { ResaleSummary } from './resale-page.tsx'

/** Figures of the moment; each filters the list by what it counts. */
export function ResaleFigures({
  summary,
  onShow,
}: {
  summary: ResaleSummary
  onShow: (change: Record<string, string | undefined>) => void
}) {
  const t = useT()
  const format = useFormat()
  const { discount, renewals, trials, byStatus } = summary
  const week = renewals.slice(0, 7)
  const count = week.reduce((sum, r) => sum + r.count, 0)
  const { list, saved } = discount.monthly
  const currency = list.currency
  const all = { type: undefined, status: undefined, endsFrom: undefined, endsTo: undefined }
  const figure = (
    label: string,
    value: string,
    detail: string,
    change: Record<string, string | undefined>,
  ) => (
    <button type="button" className="key-figure" onClick={() => onShow({ ...all, ...change })}>
      <span className="key-figure-label">{label}</span>
      <span className="key-figure-value figures">{value}</span>
      <span className="meta">{detail}</span>
    </button>
  )
  return (
    <KeyFigures>
      {figure(
        t('resale.figure.monthly'),
        format.moneyWhole({ amount: list.amount - saved.amount, currency }),
        t('resale.figure.before', { amount: format.moneyWhole(list) }),
        {},
      )}
      {figure(
        t('resale.figure.week'),
        format.number(count),
        format.money({ amount: week.reduce((sum, r) => sum + r.net.amount, 0), currency }),
        { endsFrom: week[0]?.day, endsTo: week.at(-1)?.day, sort: 'endsOn' },
      )}
      {figure(
        t('resale.figure.trials'),
        format.number(trials.running),
        t('resale.figure.ending', { count: trials.endingThisWeek }),
        { type: 'trial' },
      )}
      {summary.unpaid > 0
        ? figure(t('resale.figure.unpaid'), format.number(summary.unpaid), t('resale.figure.unpaidText'), {
            status: (byStatus['suspended'] ?? 0) > 0 ? 'suspended' : undefined,
          })
        : figure(
            t('resale.figure.expired'),
            format.number(byStatus['expired'] ?? 0),
            t('resale.figure.expiredText'),
            { status: 'expired' },
          )}
    </KeyFigures>
  )
}
