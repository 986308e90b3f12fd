import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { paidPlanCodes, type CatalogueContent, type PlanFeature } from '../contract.ts'
import type { PlanDraft } from './plans-page.tsx'

type Change = PlanDraft['changes'][number]

/** What one edition changes in another, a line each: what, before, after. */
export function ChangeList({ changes, content }: { changes: readonly Change[]; content: CatalogueContent }) {
  const words = useWords(content)
  return (
    <ul className="change-list">
      {changes.map((change) => {
        const { what, before, after } = words(change)
        return (
          <li key={`${change.path} ${String(change.before)} ${String(change.after)}`}>
            <span>{what}</span>
            <span className="figures">
              {before === null ? null : <del>{before}</del>} {after === null ? null : <ins>{after}</ins>}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

/** A change in words: « Plus · Mensuel · 1 000 contacts », « 59,00 € », « 61,00 € ». */
function useWords(content: CatalogueContent) {
  const t = useT()
  const format = useFormat()
  const figure = (value: unknown) =>
    value === null || value === undefined
      ? '∞'
      : typeof value === 'number'
        ? format.number(value)
        : String(value)
  return ({ path, before, after }: Change): { what: string; before: string | null; after: string | null } => {
    const [part, index, field, ...rest] = path.split('.')
    const both = { before: figure(before), after: figure(after) }
    if (part === 'ladder') {
      const percent = (v: unknown) => (typeof v === 'number' ? format.percent(v / 100) : null)
      return {
        what: t('plans.ladder.of', { from: Number(index) }),
        before: percent(before),
        after: percent(after),
      }
    }
    const trial = part === 'trial'
    if (!trial && part !== 'plans') return { what: path, ...both }
    const plan = t(trial ? 'plan.trial' : `plan.${paidPlanCodes[Number(index)] ?? 'lite'}`)
    const name = trial ? index : field
    if (name === 'features') {
      const word = (v: unknown) => (v === null ? null : t(`plan.feature.${v as PlanFeature}`))
      return { what: `${plan} · ${t('plans.feature')}`, before: word(before), after: word(after) }
    }
    if (name === 'limits') {
      const limit = (trial ? field : rest[0]) as 'users' | 'mailsPerContact' | 'customFields'
      return { what: `${plan} · ${t(`plans.limit.${limit}`)}`, ...both }
    }
    if (name === 'prices') {
      const interval = rest[0] as 'month' | 'year'
      const money = (v: unknown) =>
        typeof v === 'number' ? format.money({ amount: v, currency: content.currency }) : null
      return {
        what: `${plan} · ${t(`plan.interval.${interval}`)} · ${t('plans.contactsOf', { limit: Number(rest[1]) })}`,
        before: money(before),
        after: money(after),
      }
    }
    return { what: `${plan} · ${t(`plans.trial.${name as 'days'}`)}`, ...both }
  }
}
