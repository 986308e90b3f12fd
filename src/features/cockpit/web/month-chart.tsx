import type { AnswerOf } from '../../../contract/endpoint.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import type { getCockpit } from '../contract.ts'

type Month = AnswerOf<typeof getCockpit>['months'][number]

const height = 150
const slot = 64
const bar = 20

/** Cost and retail of twelve months as bars, with the same figures in a table for those who don't see them. */
export function MonthChart({ months }: { months: Month[] }) {
  const t = useT()
  const format = useFormat()
  const most = Math.max(1, ...months.flatMap((m) => [m.cost.amount, m.retail.amount]))
  const size = (amount: number) => Math.round((amount / most) * height)
  const name = (m: Month) => format.date(`${m.month}-01`).split(/\s/).slice(-2).join(' ')
  return (
    <figure className="month-chart">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must answer the arrow keys (axe) */}
      <div className="month-chart-scroll" tabIndex={0} role="group" aria-label={t('cockpit.months')}>
        <svg
          width={months.length * slot}
          height={height + 44}
          viewBox={`0 0 ${months.length * slot} ${height + 44}`}
          aria-hidden="true"
        >
          <line x1="0" x2={months.length * slot} y1={height + 8.5} y2={height + 8.5} className="month-axis" />
          {months.map((m, i) => (
            <g key={m.month} transform={`translate(${i * slot + 10} 8)`}>
              <title>{`${name(m)} : ${format.money(m.cost)} / ${format.money(m.retail)}`}</title>
              <rect
                className="month-cost"
                x="0"
                y={height - size(m.cost.amount)}
                width={bar}
                height={size(m.cost.amount)}
                rx="3"
              />
              <rect
                className="month-retail"
                x={bar + 2}
                y={height - size(m.retail.amount)}
                width={bar}
                height={size(m.retail.amount)}
                rx="3"
              />
              <text x={bar + 1} y={height + 18} textAnchor="middle">
                {name(m).split(' ')[0]}
              </text>
              <text x={bar + 1} y={height + 32} textAnchor="middle" className="month-year">
                {m.month.endsWith('-01') || i === 0 ? m.month.slice(0, 4) : ''}
              </text>
            </g>
          ))}
        </svg>
      </div>
      <figcaption>
        <span className="month-key" data-of="cost" /> {t('cockpit.cost')}
        <span className="month-key" data-of="retail" /> {t('cockpit.retail')}
      </figcaption>
      <table className="visually-hidden">
        <caption>{t('cockpit.months')}</caption>
        <thead>
          <tr>
            <th>{t('cockpit.month')}</th>
            <th>{t('cockpit.cost')}</th>
            <th>{t('cockpit.retail')}</th>
          </tr>
        </thead>
        <tbody>
          {months.map((m) => (
            <tr key={m.month}>
              <th>{name(m)}</th>
              <td>{format.money(m.cost)}</td>
              <td>{format.money(m.retail)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}
