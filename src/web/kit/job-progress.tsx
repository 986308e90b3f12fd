import type { ReactNode } from 'react'
import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconLoader2 } from '@tabler/icons-react'
import { useFormat } from '../i18n/use-format.ts'
import { useT } from '../i18n/use-t.ts'
import { isFinished, useJob } from '../use-job.ts'
import type { Job } from '../use-job.ts'
import { Meter } from './meter.tsx'
import './job-progress.css'

type JobProgressProps = {
  /** Public id of the job; the progress goes on after a reload as long as the page knows it. */
  jobId: string
  /** What it does: "Assignation de 10 000 clients". */
  label: string
  onStop?: () => void
  /** Shown once it is done: links to the result, a list of the rows refused. */
  children?: (job: Job) => ReactNode
}

/** Live progress of long work: what, how far, how many refused. */
export function JobProgress(props: JobProgressProps) {
  const t = useT()
  const format = useFormat()
  const { data: job } = useJob(props.jobId)
  if (!job) return null
  const finished = isFinished(job)
  const share = job.total ? job.done / job.total : finished ? 1 : 0
  const figures =
    job.total === null
      ? t('kit.job.done', { done: format.number(job.done) })
      : t('kit.job.doneOf', { done: format.number(job.done), total: format.number(job.total) })
  return (
    <section className="job-progress" aria-label={props.label}>
      <div className="job-progress-line">
        {finished ? (
          <Outcome job={job} />
        ) : (
          <IconLoader2 size={16} className="job-spinner" aria-hidden="true" />
        )}
        <b>{props.label}</b>
        <span className="spacer" />
        <span className="figures ink-2">{figures}</span>
        {!finished && props.onStop ? (
          <Button size="xs" variant="subtle" color="gray" onClick={props.onStop}>
            {t('kit.job.stop')}
          </Button>
        ) : null}
      </div>
      <Meter
        share={share}
        label={t('kit.job.progress', { percent: format.percent(Math.floor(share * 100) / 100) })}
      />
      <p className="meta" role="status">
        {t(`kit.job.state.${job.state}`)}
        {job.errors.length > 0 ? ` · ${t('kit.job.errors', { n: job.errors.length })}` : ''}
      </p>
      {props.children?.(job)}
    </section>
  )
}

function Outcome({ job }: { job: Job }) {
  return job.state === 'done' && job.errors.length === 0 ? (
    <IconCircleCheck size={16} className="job-ok" aria-hidden="true" />
  ) : (
    <IconAlertTriangle size={16} className="job-watch" aria-hidden="true" />
  )
}
