import { useT } from '../../../web/i18n/use-t.ts'
import type { CatalogueContent } from '../contract.ts'
import { CellInput, readCount } from './cell-input.tsx'
import type { EditPlans } from './plans-page.tsx'

/** The volume discount: from so many paid accounts, so much off. */
export function LadderTable(props: {
  content: CatalogueContent
  edit: EditPlans
  problems: Record<string, string>
}) {
  const t = useT()
  const { content, edit, problems } = props
  return (
    <table className="plans-table plans-ladder">
      <thead>
        <tr>
          <th scope="col">{t('plans.ladder.from')}</th>
          <th scope="col">{t('plans.ladder.percent')}</th>
        </tr>
      </thead>
      <tbody>
        {content.ladder.map((rung, i) => (
          // Rungs have no name of their own: their place is what they are.
          <tr key={`rung-${i + 1}`}>
            {(['from', 'percent'] as const).map((name) => (
              <td key={name}>
                <CellInput
                  label={t('plans.rung', { what: t(`plans.ladder.${name}`), n: i + 1 })}
                  value={rung[name]}
                  write={String}
                  read={readCount}
                  {...(name === 'percent' && { suffix: '%' })}
                  problem={problems[`ladder.${i}.${name}`]}
                  onKeep={(n) =>
                    edit((c) => {
                      c.ladder[i]![name] = n
                    })
                  }
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
