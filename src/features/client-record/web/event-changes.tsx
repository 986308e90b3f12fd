import type { Money } from '../../../contract/common.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { isTextKey, useT } from '../../../web/i18n/use-t.ts'
import { useMe } from '../../../web/me.ts'
import type { HistoryEvent } from './merge-activity.ts'

/** The fields an event changed, with the value before and after. */
export function changesOf(event: HistoryEvent): [field: string, before: unknown, after: unknown][] {
  const changes = event.data['changes']
  if (typeof changes !== 'object' || changes === null) return []
  return Object.entries(changes).flatMap(([field, pair]) =>
    Array.isArray(pair)
      ? [[field, pair[0] as unknown, pair[1] as unknown] as [string, unknown, unknown]]
      : [],
  )
}

/** A field's name as forms label it. */
export function useFieldName() {
  const t = useT()
  return (field: string) => {
    const key = `client_record.field.${field}`
    return isTextKey(key) ? t(key) : field
  }
}

/** A recorded value as people read it: money, dates, countries, statuses. */
export function useValueText() {
  const t = useT()
  const format = useFormat()
  const currency = useMe()?.agency?.currency ?? 'EUR'
  return (field: string, value: unknown): string => {
    if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
      return t('client_record.event.empty')
    if (field === 'monthlyBudget')
      return format.money(typeof value === 'number' ? { amount: value, currency } : (value as Money))
    if (field === 'clientSince') return format.date(String(value))
    if (field === 'country') return format.country(String(value))
    if (field === 'paymentTermsDays') return t('client_billing.days', { n: Number(value) })
    if (field === 'status' && isTextKey(`client_record.status.${String(value)}`))
      return t(`client_record.status.${String(value)}` as 'client_record.status.active')
    if (Array.isArray(value)) return format.list(value.map(String))
    return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean)
  }
}

/** Each changed field with its value before and after. */
export function EventChanges({ event }: { event: HistoryEvent }) {
  const fieldName = useFieldName()
  const text = useValueText()
  const changes = changesOf(event)
  if (changes.length === 0) return null
  return (
    <dl className="client-changes">
      {changes.map(([field, before, after]) => (
        <div key={field}>
          <dt>{fieldName(field)}</dt>
          <dd>
            <del>{text(field, before)}</del> <span aria-hidden="true">→</span> <ins>{text(field, after)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}
