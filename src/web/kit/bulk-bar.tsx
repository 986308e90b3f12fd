import type { ReactNode } from 'react'
import { IconX } from '@tabler/icons-react'
import { useFormat } from '../i18n/use-format.ts'
import { useT } from '../i18n/use-t.ts'
import { countLimit, useCountText } from './count.ts'
import type { SelectionControl } from './selection.ts'
import './bulk-bar.css'

type BulkBarProps = {
  selection: SelectionControl
  /** How many rows match the list's query, loaded or not. */
  matching: number
  /** `<BulkAction …/>` and popovers around one. */
  children: ReactNode
}

/** What can be done to the selection; shown as long as there is one (picture 02). */
export function BulkBar({ selection, matching, children }: BulkBarProps) {
  const t = useT()
  const format = useFormat()
  const countText = useCountText()
  const n = selection.count(matching)
  const many = n > countLimit
  return (
    <>
      <span className="visually-hidden" role="status">
        {n > 0 ? t('kit.bulk.selected', { n: Math.min(n, countLimit) }) : ''}
      </span>
      {n === 0 ? null : (
        <div className="bulk-bar" role="toolbar" aria-label={t('kit.bulk.label')}>
          <span className="bulk-count figures">
            {many
              ? t('kit.bulk.selectedMore', { n: format.number(countLimit) })
              : t('kit.bulk.selected', { n })}
          </span>
          {selection.value.kind === 'some' && n < matching ? (
            <button type="button" className="bulk-all figures" onClick={selection.selectMatching}>
              {matching > countLimit
                ? t('kit.bulk.selectEverything')
                : t('kit.bulk.selectAll', { n: countText(matching) })}
            </button>
          ) : null}
          <hr />
          {children}
          <hr />
          <button type="button" aria-label={t('kit.bulk.clear')} onClick={selection.clear}>
            <IconX size={16} />
          </button>
        </div>
      )}
    </>
  )
}
