import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useT } from '../../../web/i18n/use-t.ts'
import type { CatalogueContent } from '../contract.ts'
import { CellInput, readCount } from './cell-input.tsx'
import type { EditPlans } from './plans-page.tsx'
import { RemoveRow } from './remove-row.tsx'

/** As many as an edition may have. */
const mostRungs = 20

/** The volume discount: from so many paid accounts, so much off. */
export function LadderTable(props: {
  content: CatalogueContent
  edit: EditPlans
  problems: Record<string, string>
}) {
  const t = useT()
  const { content, edit, problems } = props
  const last = content.ladder.at(-1)!
  return (
    <>
      <table className="plans-table plans-ladder">
        <thead>
          <tr>
            <th scope="col">{t('plans.ladder.from')}</th>
            <th scope="col">{t('plans.ladder.percent')}</th>
            <th scope="col" aria-label={t('kit.rowActions')} />
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
              <td>
                {i > 0 ? (
                  <RemoveRow
                    label={t('plans.ladder.remove', { from: rung.from })}
                    onRemove={() => edit((c) => void c.ladder.splice(i, 1))}
                  />
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {last.percent < 100 && content.ladder.length < mostRungs ? (
        <Button
          variant="default"
          className="plans-new"
          leftSection={<IconPlus size={16} />}
          onClick={() =>
            edit((c) => void c.ladder.push({ from: last.from * 2, percent: Math.min(100, last.percent + 5) }))
          }
        >
          {t('plans.ladder.add')}
        </Button>
      ) : null}
    </>
  )
}
