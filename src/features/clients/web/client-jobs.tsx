import { useEffect, useRef, useState } from 'react'
import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { TextKey } from '../../../contract/text-keys.gen.ts'
import { call, endpointUrl } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { JobProgress } from '../../../web/kit/job-progress.tsx'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { useEndpoint } from '../../../web/queries.ts'
import { isFinished, useJob, type Job } from '../../../web/use-job.ts'
import { downloadClientExport } from '../../client-export/contract.ts'
import { cancelJob, listJobs } from '../../long-jobs/contract.ts'
import { refreshClients } from './patch-rows.ts'
import { undoChanges } from './use-bulk-acts.ts'
import type { StartedJob } from './use-started-jobs.ts'

/** How long work may take before its progress shows, in milliseconds. */
const shownAfterMs = 700

type ClientJobsProps = {
  started: readonly StartedJob[]
  onJob: (jobId: string) => void
  onClose: (jobId: string) => void
}

/** Long work on clients: what this tab started, and what still runs from elsewhere. */
export function ClientJobs({ started, onJob, onClose }: ClientJobsProps) {
  const { data } = useEndpoint(listJobs, {}, { staleTime: Infinity })
  const others = (data?.data ?? [])
    .filter((j) => j.kind.startsWith('clients.') && !isFinished(j) && !started.some((s) => s.id === j.id))
    .map((j) => ({ id: j.id, fresh: false }))
  return [...others, ...started].map(({ id, fresh }) => (
    <ClientJob key={id} id={id} fresh={fresh} onJob={onJob} onClose={onClose} />
  ))
}

function ClientJob({
  id,
  fresh,
  onJob,
  onClose,
}: {
  id: string
  fresh: boolean
  onJob: (jobId: string) => void
  onClose: (jobId: string) => void
}) {
  const t = useT()
  const { data: job } = useJob(id)
  const finished = job !== undefined && isFinished(job)
  const seen = useRef(false)
  useEffect(() => {
    if (!finished || seen.current) return
    seen.current = true
    if (job.kind !== 'clients.export') void refreshClients()
    else if (fresh && job.state === 'done') {
      location.assign(fileOf(id))
      notify(t('clients.export.done', { n: job.done }))
      onClose(id)
    }
  }, [finished, job, fresh, id, onClose, t])
  // Short work is over before its progress would be read: showing it would only make the page jump.
  const [late, setLate] = useState(!fresh)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), shownAfterMs)
    return () => clearTimeout(timer)
  }, [])
  if (!job || !late) return null
  const stop = finished ? {} : { onStop: () => void call(cancelJob, { params: { id } }).catch(notifyError) }
  return (
    <div className="clients-job">
      <JobProgress jobId={id} label={t(`job.${job.kind}` as TextKey)} {...stop}>
        {(now) => (isFinished(now) ? <Outcome job={now} onJob={onJob} onClose={() => onClose(id)} /> : null)}
      </JobProgress>
    </div>
  )
}

const fileOf = (id: string) => endpointUrl(downloadClientExport, { params: { id } })

function Outcome({ job, onJob, onClose }: { job: Job; onJob: (jobId: string) => void; onClose: () => void }) {
  const t = useT()
  const changeId = job.result?.['changeId']
  const undo = async () => {
    try {
      for (const id of await undoChanges([changeId as string])) onJob(id)
      onClose()
    } catch (error) {
      notifyError(error)
    }
  }
  return (
    <div className="clients-job-end">
      {job.errors.slice(0, 3).map((e) => (
        <p key={e.item + e.code} className="ink-2">
          {e.message}
        </p>
      ))}
      <span className="spacer" />
      {job.kind === 'clients.export' && job.state === 'done' ? (
        <Button
          size="sm"
          variant="default"
          component="a"
          href={fileOf(job.id)}
          leftSection={<IconDownload size={15} />}
        >
          {t('clients.export.download')}
        </Button>
      ) : null}
      {typeof changeId === 'string' ? (
        <Button size="sm" variant="default" onClick={() => void undo()}>
          {t('kit.undo')}
        </Button>
      ) : null}
      <Button size="sm" variant="subtle" color="gray" onClick={onClose}>
        {t('kit.close')}
      </Button>
    </div>
  )
}
