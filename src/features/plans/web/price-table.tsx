import { useState } from 'react'
import { Button, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { amountFromText, amountText } from '../../../contract/amounts.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { paidPlanCodes, type CatalogueContent } from '../contract.ts'
import { CellInput, readCount } from './cell-input.tsx'
import { addLimit, removeLimit } from './new-limit.ts'
import type { EditPlans } from './plans-page.tsx'
import { RemoveRow } from './remove-row.tsx'

/** As many as an edition may have. */
const mostLimits = 30

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
            <th scope="col" aria-label={t('kit.rowActions')} />
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
              <td>
                {content.contactLimits.length > 1 ? (
                  <RemoveRow
                    label={t('plans.removeLimit', { limit })}
                    onRemove={() => props.edit((c) => removeLimit(c, limit))}
                  />
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {content.contactLimits.length < mostLimits ? <NewLimit content={content} edit={props.edit} /> : null}
    </div>
  )
}

/** A contact limit that is not sold yet; it gets proposed prices. */
function NewLimit({ content, edit }: { content: CatalogueContent; edit: EditPlans }) {
  const t = useT()
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string>()
  const add = () => {
    const limit = readCount(text)
    if (!limit) return setProblem(t('plans.limitWanted'))
    if (content.contactLimits.includes(limit)) return setProblem(t('plans.limitThere'))
    edit((c) => addLimit(c, limit))
    setText('')
    setProblem(undefined)
  }
  return (
    <form
      className="plans-new"
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <TextInput
        label={t('plans.newLimit')}
        inputMode="numeric"
        value={text}
        error={problem}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setProblem(undefined)
        }}
      />
      <Button type="submit" variant="default" leftSection={<IconPlus size={16} />}>
        {t('plans.addLimit')}
      </Button>
    </form>
  )
}
