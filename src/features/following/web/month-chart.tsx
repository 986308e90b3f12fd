import { useLanguage } from '../../../web/i18n/language.ts'
import { intlTag } from '../../../web/i18n/intl-tag.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import type { Figures } from '../contract.ts'
import './following.css'

/** A month's name, short: "nov."; with its year when asked. */
export function useMonthName(): (month: string, long?: boolean) => string {
  const tag = intlTag[useLanguage()]
  const short = new Intl.DateTimeFormat(tag, { month: 'short', timeZone: 'UTC' })
  const long = new Intl.DateTimeFormat(tag, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  return (month, isLong) => (isLong ? long : short).format(new Date(`${month}-01T00:00:00Z`))
}

const height = 130
const base = height - 1
const width = 900

/** Ordered and delivered, month by month; each bar says its figures, and a click shows that month alone. */
export function MonthChart({
  months,
  onMonth,
}: {
  months: (Figures & { month: string })[]
  onMonth: (month: string) => void
}) {
  const t = useT()
  const format = useFormat()
  const monthName = useMonthName()
  const top = Math.max(1, ...months.map((m) => m.ordered.amount))
  const step = width / months.length
  const bar = Math.min(38, step * 0.62)
  const tall = (amount: number) => (amount / top) * (base - 12)
  return (
    <div className="following-chart">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('following.chart')}
      >
        <line x1="0" y1={base} x2={width} y2={base} stroke="var(--line)" />
        {months.map((m, i) => {
          const x = i * step + (step - bar) / 2
          return (
            <g key={m.month}>
              <rect
                className="following-bar-ordered"
                x={x}
                y={base - tall(m.ordered.amount)}
                width={bar}
                height={tall(m.ordered.amount)}
                rx="3"
              />
              <rect
                className="following-bar-delivered"
                x={x}
                y={base - tall(m.delivered.amount)}
                width={bar}
                height={tall(m.delivered.amount)}
                rx="3"
              />
            </g>
          )
        })}
      </svg>
      <div className="following-months">
        {months.map((m) => (
          <button
            key={m.month}
            type="button"
            title={t('following.chart.month', {
              month: monthName(m.month, true),
              ordered: format.money(m.ordered),
              delivered: format.money(m.delivered),
            })}
            onClick={() => onMonth(m.month)}
          >
            <span>{monthName(m.month)}</span>
            <span className="visually-hidden">
              {t('following.chart.month', {
                month: monthName(m.month, true),
                ordered: format.money(m.ordered),
                delivered: format.money(m.delivered),
              })}
            </span>
          </button>
        ))}
      </div>
      <p className="following-legend">
        <span data-part="ordered">{t('following.figure.ordered')}</span>
        <span data-part="delivered">{t('following.figure.delivered')}</span>
      </p>
    </div>
  )
}
