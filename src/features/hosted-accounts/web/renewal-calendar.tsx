import { Button, Tooltip } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import type { ResaleSummary } from './resale-page.tsx'

/** What is charged on each of the next thirty days, each account on its own (B39); a day's bar filters the list. */
export function RenewalCalendar({
  summary,
  day,
  onDay,
}: {
  summary: ResaleSummary
  /** Day the list is filtered by. */
  day: string | undefined
  onDay: (day: string | undefined) => void
}) {
  const t = useT()
  const format = useFormat()
  const { renewals } = summary
  const most = Math.max(1, ...renewals.map((r) => r.net.amount))
  const currency = renewals[0]?.net.currency ?? 'EUR'
  const total = renewals.reduce((sum, r) => sum + r.net.amount, 0)
  const marks = [0, 7, 14, 21, 29].map((i) => renewals[i]?.day).filter((d) => d !== undefined)
  return (
    <section className="card calendar" aria-label={t('resale.calendar.title')}>
      <header>
        <h2>{t('resale.calendar.title')}</h2>
        <span className="meta">{t('resale.calendar.text')}</span>
        <span className="spacer" />
        {day ? (
          <Button
            size="xs"
            variant="light"
            rightSection={<IconX size={13} aria-hidden="true" />}
            onClick={() => onDay(undefined)}
          >
            {format.date(day)}
          </Button>
        ) : null}
        <span className="figures">
          <b>{format.moneyWhole({ amount: total, currency })}</b>{' '}
          <span className="ink-3">{t('resale.calendar.days')}</span>
        </span>
      </header>
      <div className="calendar-bars">
        {renewals.map((r, i) => {
          const said = t('resale.calendar.day', {
            date: format.date(r.day),
            count: r.count,
            amount: format.money(r.net),
          })
          return (
            <Tooltip key={r.day} label={said} openDelay={60}>
              <button
                type="button"
                aria-pressed={day === r.day}
                aria-label={said}
                data-empty={r.count === 0 || undefined}
                data-soon={i < 7 || undefined}
                onClick={() => onDay(day === r.day ? undefined : r.day)}
              >
                <i style={{ height: r.count === 0 ? 2 : Math.max(6, (r.net.amount / most) * 60) }} />
              </button>
            </Tooltip>
          )
        })}
      </div>
      <div className="calendar-marks figures" aria-hidden="true">
        {marks.map((d) => (
          <span key={d}>{format.date(d, { short: true })}</span>
        ))}
      </div>
    </section>
  )
}
