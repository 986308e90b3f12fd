import type { Locale } from '../../../contract/common.ts'
import { intlTag } from '../../../web/i18n/intl-tag.ts'
import type { Translate } from '../../../web/i18n/use-t.ts'

const dayMs = 86_400_000

/** Title of the stretch of time an instant lies in: today, this week, else its month, with the year of another year. */
export function periodOf(at: string, now: Date, language: Locale, t: Translate): string {
  const then = new Date(at)
  if (then.toDateString() === now.toDateString()) return t('client_record.period.today')
  // Weeks begin on Monday.
  const monday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - ((now.getDay() + 6) % 7))
  if (then >= monday) return t('client_record.period.week')
  if (then.getTime() >= monday.getTime() - 7 * dayMs) return t('client_record.period.lastWeek')
  const sameYear = then.getFullYear() === now.getFullYear()
  const month = new Intl.DateTimeFormat(intlTag[language], {
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(then)
  return month.charAt(0).toLocaleUpperCase(intlTag[language]) + month.slice(1)
}
