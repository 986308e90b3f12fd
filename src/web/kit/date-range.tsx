import { TextInput } from '@mantine/core'
import { useT } from '../i18n/use-t.ts'
import './date-range.css'

/**
 * First and last day of what a list shows, each with its word before it: an empty date field says nothing.
 * `YYYY-MM-DD`, undefined when there is none.
 */
export function DateRange(props: {
  from: string | undefined
  to: string | undefined
  /** Called with the day that changed. */
  onChange: (end: 'from' | 'to', day: string | undefined) => void
}) {
  const t = useT()
  return (
    <div className="date-range">
      <TextInput
        type="date"
        label={t('kit.from')}
        max={props.to}
        value={props.from ?? ''}
        onChange={(e) => props.onChange('from', e.currentTarget.value || undefined)}
      />
      <TextInput
        type="date"
        label={t('kit.to')}
        min={props.from}
        value={props.to ?? ''}
        onChange={(e) => props.onChange('to', e.currentTarget.value || undefined)}
      />
    </div>
  )
}
