import type { Money } from '../../contract/common.ts'
import { useFormat } from '../i18n/use-format.ts'
import { useNow } from '../use-now.ts'

/** An amount; with cents, or whole in overviews. */
export function MoneyText(props: { value: Money; whole?: boolean }) {
  const format = useFormat()
  return (
    <span className="figures">
      {props.whole ? format.moneyWhole(props.value) : format.money(props.value)}
    </span>
  )
}

/** A day; the exact instant on hover. */
export function DateText(props: { value: string; short?: boolean }) {
  const format = useFormat()
  return (
    <time className="figures" dateTime={props.value} title={format.exact(props.value)}>
      {format.date(props.value, { short: props.short ?? false })}
    </time>
  )
}

/** "il y a 2 h", after 30 days "12 sept."; the exact instant on hover. */
export function RelativeDate(props: { value: string }) {
  const format = useFormat()
  const now = useNow(60_000)
  return (
    <time className="figures" dateTime={props.value} title={format.exact(props.value)}>
      {format.relative(props.value, new Date(now))}
    </time>
  )
}
