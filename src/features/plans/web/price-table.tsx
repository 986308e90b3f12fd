import { amountFromText, amountText } from '../../../contract/amounts.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { paidPlanCodes, type CatalogueContent } from '../contract.ts'
import { CellInput } from './cell-input.tsx'
import type { EditPlans } from './plans-page.tsx'

/** Prices of one interval, before discount and VAT: a contact limit a line, a plan a column. */
export function PriceTable(props: {
  content: CatalogueContent
  interval: 'month' | 'year'
  edit: EditPlans
  problems: Record<string, string>
}) {
  const t = useT()
  const format = useFormat()
  const { content, interval } = props
  const { currency } = content
  return (
    <div className="plans-table-scroll" role="region" aria-labelledby="plans-prices" tabIndex={0}>
      <table className="plans-table">
        <thead>
          <tr>
            <th scope="col">{t('plans.contacts')}</th>
            {paidPlanCodes.map((code) => (
              <th key={code} scope="col">
                {t(`plan.${code}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {content.contactLimits.map((limit, row) => (
            <tr key={limit}>
              <th scope="row" className="figures">
                {format.number(limit)}
              </th>
              {content.plans.map((plan, p) => (
                <td key={plan.code}>
                  <CellInput
                    label={t('plans.priceOf', { plan: t(`plan.${plan.code}`), limit })}
                    value={plan.prices[interval][row] ?? 0}
                    write={(amount) => amountText(amount, currency)}
                    read={(text) => amountFromText(text, currency)}
                    suffix="€"
                    problem={props.problems[`plans.${p}.prices.${interval}.${row}`]}
                    onKeep={(amount) =>
                      props.edit((c) => {
                        c.plans[p]!.prices[interval][row] = amount
                      })
                    }
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
