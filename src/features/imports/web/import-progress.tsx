import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { JobProgress } from '../../../web/kit/job-progress.tsx'
import { Notice } from '../../../web/kit/notice.tsx'
import { notifyError } from '../../../web/kit/notices.tsx'
import { refresh } from '../../../web/queries.ts'
import { useImportDoor } from './import-door.ts'
import type { ImportFacts } from './use-import.ts'

/** What runs on the server now, live; leaving or reloading the page changes nothing. */
export function ImportProgress({ facts }: { facts: ImportFacts }) {
  const t = useT()
  const { endpoints, jobs } = useImportDoor()
  const { getImport, pauseImport } = endpoints
  const label =
    facts.state === 'reading' ? t(jobs.read) : facts.state === 'checking' ? t(jobs.check) : t(jobs.run)
  const stop = () =>
    call(pauseImport, { params: { id: facts.id } }).then(() => refresh(getImport), notifyError)
  return (
    <div style={{ display: 'grid', gap: 16 }}>
      {facts.jobId ? (
        <JobProgress
          jobId={facts.jobId}
          label={label}
          {...(facts.state === 'running' && { onStop: () => void stop() })}
        />
      ) : null}
      <Notice tone="info" inline>
        {t('imports.leave')}
      </Notice>
    </div>
  )
}
