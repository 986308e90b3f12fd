import { useT } from '../../../web/i18n/use-t.ts'
import { paidPlanCodes, planFeatures, type CatalogueContent } from '../contract.ts'
import { CellInput, readCount, readCountOrNone } from './cell-input.tsx'
import type { EditPlans } from './plans-page.tsx'

const limitNames = ['users', 'mailsPerContact', 'customFields'] as const
type Column = { code: (typeof paidPlanCodes)[number] | 'trial'; path: string }

/** What each plan opens and how far, the trial's own facts at the end. */
export function FeatureTable(props: {
  content: CatalogueContent
  edit: EditPlans
  problems: Record<string, string>
}) {
  const t = useT()
  const { content, edit, problems } = props
  const columns: Column[] = [
    ...paidPlanCodes.map((code, i) => ({ code, path: `plans.${i}` })),
    { code: 'trial', path: 'trial' },
  ]
  const partOf = (c: CatalogueContent, code: Column['code']) =>
    code === 'trial' ? c.trial : c.plans.find((p) => p.code === code)!
  return (
    <div className="plans-table-scroll" role="region" aria-labelledby="plans-features" tabIndex={0}>
      <table className="plans-table">
        <thead>
          <tr>
            <th scope="col">{t('plans.feature')}</th>
            {columns.map(({ code }) => (
              <th key={code} scope="col">
                {t(`plan.${code}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {planFeatures.map((feature) => (
            <tr key={feature}>
              <th scope="row">{t(`plan.feature.${feature}`)}</th>
              {columns.map(({ code }) => (
                <td key={code}>
                  <input
                    type="checkbox"
                    aria-label={t('plans.featureOf', {
                      feature: t(`plan.feature.${feature}`),
                      plan: t(`plan.${code}`),
                    })}
                    checked={partOf(content, code).features.includes(feature)}
                    onChange={(event) => {
                      const on = event.currentTarget.checked
                      edit((c) => {
                        const part = partOf(c, code)
                        part.features = planFeatures.filter((f) =>
                          f === feature ? on : part.features.includes(f),
                        )
                      }, true)
                    }}
                  />
                </td>
              ))}
            </tr>
          ))}
          {limitNames.map((name) => (
            <tr key={name}>
              <th scope="row">{t(`plans.limit.${name}`)}</th>
              {columns.map(({ code, path }) => (
                <td key={code}>
                  {name === 'mailsPerContact' && code === 'trial' ? (
                    <span className="ink-3">—</span>
                  ) : (
                    <CellInput<number | null>
                      label={t('plans.featureOf', {
                        feature: t(`plans.limit.${name}`),
                        plan: t(`plan.${code}`),
                      })}
                      value={partOf(content, code).limits[name]}
                      write={(n) => (n === null ? '∞' : String(n))}
                      read={name === 'mailsPerContact' ? readCount : readCountOrNone}
                      problem={problems[`${path}.limits.${name}`]}
                      onKeep={(n) =>
                        edit((c) => {
                          const { limits } = partOf(c, code)
                          if (name === 'mailsPerContact') limits.mailsPerContact = n ?? 0
                          else limits[name] = n
                        })
                      }
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
          {(['days', 'extensionDays', 'contacts', 'mails'] as const).map((name) => (
            <tr key={name}>
              <th scope="row">{t(`plans.trial.${name}`)}</th>
              {paidPlanCodes.map((code) => (
                <td key={code}>
                  <span className="ink-3">—</span>
                </td>
              ))}
              <td>
                <CellInput
                  label={t(`plans.trial.${name}`)}
                  value={content.trial[name]}
                  write={String}
                  read={readCount}
                  problem={problems[`trial.${name}`]}
                  onKeep={(n) =>
                    edit((c) => {
                      c.trial[name] = n
                    })
                  }
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
