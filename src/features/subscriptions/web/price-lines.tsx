import { Fragment } from 'react'
import type { ReactNode } from 'react'
import type { Money } from '../../../contract/common.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import './plan-fields.css'

/** A line of a price: what, how much; `minus` is taken off, `total` closes the sum. */
export type PriceLine = { label: ReactNode; amount: Money; minus?: boolean; total?: boolean }

/** A price line by line, down to what is due. */
export function PriceLines({ lines, waiting }: { lines: PriceLine[]; waiting?: boolean }) {
  const format = useFormat()
  return (
    <dl className="price-lines figures" data-waiting={waiting || undefined} aria-live="polite">
      {lines.map((line, i) => (
        <Fragment key={i}>
          <dt data-total={line.total || undefined}>{line.label}</dt>
          <dd data-total={line.total || undefined}>
            {format.money(
              line.minus && line.amount.amount !== 0
                ? { ...line.amount, amount: -line.amount.amount }
                : line.amount,
            )}
          </dd>
        </Fragment>
      ))}
    </dl>
  )
}
