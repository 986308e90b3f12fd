import { useState } from 'react'
import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { call, endpointUrl } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { KeyFigure, KeyFigures } from '../../../web/kit/key-figure.tsx'
import { notifyError } from '../../../web/kit/notices.tsx'
import { ViewTabs } from '../../../web/kit/view-tabs.tsx'
import { refresh } from '../../../web/queries.ts'
import { useImportDoor } from './import-door.ts'
import { ImportRows } from './import-rows.tsx'
import { StepActions } from './step-actions.tsx'
import type { ImportFacts } from './use-import.ts'
import './import.css'

/** What the check found: how many rows are good, which are not and why; each can be corrected here. */
export function CheckStep({ facts, onColumns }: { facts: ImportFacts; onColumns: () => void }) {
  const t = useT()
  const format = useFormat()
  const { endpoints, words } = useImportDoor()
  const { downloadFaultyRows, getImport, runImport } = endpoints
  const { counts } = facts
  const [show, setShow] = useState<'faulty' | 'remarked' | 'ready'>(
    counts.faulty > 0 ? 'faulty' : counts.remarked > 0 ? 'remarked' : 'ready',
  )
  const [busy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    try {
      await call(runImport, { params: { id: facts.id } })
      await refresh(getImport)
    } catch (error) {
      notifyError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="import-check">
      <KeyFigures>
        <KeyFigure
          label={t('imports.ready')}
          value={format.number(counts.ready)}
          detail={t('imports.readyDetail')}
        />
        <KeyFigure
          label={t('imports.faulty')}
          value={format.number(counts.faulty)}
          detail={t('imports.faultyDetail')}
        />
        <KeyFigure
          label={t('imports.remarked')}
          value={format.number(counts.remarked)}
          detail={t('imports.remarkedDetail')}
        />
      </KeyFigures>
      {facts.summary.length > 0 ? (
        <ul className="import-found">
          {facts.summary.map((s) => (
            <li key={s.severity + s.code} data-severity={s.severity}>
              <span>{s.message}</span>
              <span className="figures ink-2">{t('imports.rowCount', { n: s.rows })}</span>
            </li>
          ))}
        </ul>
      ) : null}
      <div className="import-actions">
        {counts.faulty > 0 ? (
          <Button
            component="a"
            variant="default"
            leftSection={<IconDownload size={15} />}
            href={endpointUrl(downloadFaultyRows, { params: { id: facts.id } })}
          >
            {t('imports.downloadFaulty', { n: counts.faulty })}
          </Button>
        ) : null}
        <Button variant="default" onClick={onColumns}>
          {t('imports.changeColumns')}
        </Button>
      </div>
      <ViewTabs
        label={t('imports.rows')}
        current={show}
        onChange={(id) => setShow(id as typeof show)}
        tabs={[
          { id: 'faulty', label: t('imports.faulty'), count: counts.faulty, warn: counts.faulty > 0 },
          { id: 'remarked', label: t('imports.remarked'), count: counts.remarked },
          { id: 'ready', label: t('imports.ready'), count: counts.ready },
        ]}
      />
      <ImportRows facts={facts} show={show} />
      <StepActions>
        <Button loading={busy} disabled={counts.ready === 0} onClick={() => void run()}>
          {t(`${words}.importRows`, { n: counts.ready })}
        </Button>
      </StepActions>
    </div>
  )
}
