import { IconArrowRight } from '@tabler/icons-react'
import type { Money } from '../../../contract/common.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'

/** One balance that an act changes. */
export type Change = { name: string; before: Money; by: number }

/** What balances are before and after an act; one that would fall below zero says what is missing. */
export function BeforeAfter({ changes }: { changes: Change[] }) {
  const t = useT()
  const format = useFormat()
  return (
    <dl className="before-after">
      {changes.map(({ name, before, by }) => {
        const after = before.amount + by
        return (
          <div key={name} className="before-after-line">
            <dt>{name}</dt>
            <dd className="figures">
              <span className="ink-3">{format.money(before)}</span>
              <IconArrowRight size={14} aria-label={t('budgets.becomes')} />
              {after < 0 ? (
                <b className="before-after-missing" role="status">
                  {t('budgets.missing', { amount: format.money({ ...before, amount: -after }) })}
                </b>
              ) : (
                <b>{format.money({ ...before, amount: after })}</b>
              )}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
