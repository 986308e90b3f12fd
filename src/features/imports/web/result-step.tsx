import { useEffect } from 'react'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { KeyFigure, KeyFigures } from '../../../web/kit/key-figure.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { refresh } from '../../../web/queries.ts'
import { ImportRows } from './import-rows.tsx'
import { StepActions } from './step-actions.tsx'
import { useImportDoor } from './import-door.ts'
import type { ImportFacts } from './use-import.ts'
import './import.css'

/** What the import did, and the rows that still wait to be corrected. */
export function ResultStep({ facts }: { facts: ImportFacts }) {
  const t = useT()
  const format = useFormat()
  const { list, run, words } = useImportDoor()
  const { counts } = facts
  useEffect(() => void refresh(...list.reads), [list])
  return (
    <div className="import-check">
      <KeyFigures>
        <KeyFigure label={t(`${words}.created`)} value={format.number(counts.created)} />
        <KeyFigure label={t(`${words}.updated`)} value={format.number(counts.updated)} />
        <KeyFigure
          label={t('imports.unchanged')}
          value={format.number(counts.unchanged)}
          detail={t('imports.unchangedDetail')}
        />
      </KeyFigures>
      {counts.faulty > 0 ? (
        <>
          <Notice inline>{t('imports.stillFaulty', { n: counts.faulty })}</Notice>
          <ImportRows facts={facts} show="faulty" />
        </>
      ) : null}
      <StepActions>
        <Button component={Link} to={run('nouveau')} variant="default">
          {t('imports.another')}
        </Button>
        <Button component={Link} to={list.to}>
          {t(`${words}.seeAll`)}
        </Button>
      </StepActions>
    </div>
  )
}
