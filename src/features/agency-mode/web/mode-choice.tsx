import { useEffect, useState, type ReactNode } from 'react'
import { Button, Checkbox, Modal } from '@mantine/core'
import { IconEyeCheck } from '@tabler/icons-react'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { call } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { useCountText } from '../../../web/kit/count.ts'
import '../../../web/kit/dialogs.css'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { JobProgress } from '../../../web/kit/job-progress.tsx'
import { notify, notifyError } from '../../../web/kit/notices.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { refreshMe } from '../../../web/me.ts'
import { queryClient, refresh, useEndpoint } from '../../../web/queries.ts'
import { isFinished, useJob } from '../../../web/use-job.ts'
import { listJobs } from '../../long-jobs/contract.ts'
import { previewMode, switchMode } from '../contract.ts'
import './agency.css'

type Mode = 'simple' | 'intermediate' | 'full'
type Preview = AnswerOf<typeof previewMode>

/** The change of mode of this agency that is under way, whoever looks again after a reload; undefined when none is. */
export function useModeUnderWay(): string | undefined {
  const { data } = useEndpoint(listJobs, {})
  return data?.data.find((j) => j.kind === 'agency.mode' && !isFinished(j))?.id
}

/** A long change of mode, live. It is one transaction: until its end everything is as before. */
export function ModeUnderWay({ jobId }: { jobId: string }) {
  const t = useT()
  const { data: job } = useJob(jobId)
  const finished = job !== undefined && isFinished(job)
  useEffect(() => {
    if (finished) void modeChanged()
  }, [finished])
  return (
    <JobProgress jobId={jobId} label={t('job.agency.mode')}>
      {(now) => (isFinished(now) ? null : <p className="meta">{t('agency_mode.underWay')}</p>)}
    </JobProgress>
  )
}

/** Chooses a mode: every consequence first, then the change, by itself when it is long (C8). */
export function ModeChoice({ mode, title, disabled }: { mode: Mode; title: string; disabled: boolean }) {
  const t = useT()
  const [opened, setOpened] = useState(false)
  return (
    <>
      <Button
        className="mode-choice"
        variant="default"
        size="sm"
        disabled={disabled}
        onClick={() => setOpened(true)}
      >
        {t('agency_mode.choose', { mode: title })}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('agency_mode.chooseTitle', { mode: title })}
        size={620}
      >
        {opened ? <Consequences mode={mode} title={title} onClose={() => setOpened(false)} /> : null}
      </Modal>
    </>
  )
}

/** Everything that is read depends on the mode: people, places, clients, rights to give. */
async function modeChanged(): Promise<void> {
  await refreshMe()
  await queryClient.invalidateQueries()
}

function Consequences(props: { mode: Mode; title: string; onClose: () => void }) {
  const t = useT()
  const [widen, setWiden] = useState(false)
  const [busy, setBusy] = useState(false)
  const body = { mode: props.mode, widen }
  const { data, error, refetch } = useEndpoint(
    previewMode,
    { body },
    { staleTime: 0, gcTime: 0, retry: false },
  )
  const strict = useEndpoint(
    previewMode,
    { body: { mode: props.mode, widen: false } },
    { staleTime: 0, gcTime: 0, retry: false },
  ).data
  const change = async () => {
    setBusy(true)
    try {
      const { jobId } = await call(switchMode, { body })
      if (jobId) await refresh(listJobs)
      else {
        await modeChanged()
        notify(t('agency_mode.changed', { mode: props.title }))
      }
      props.onClose()
    } catch (problem) {
      notifyError(problem)
    } finally {
      setBusy(false)
    }
  }
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  return (
    <div className="dialog-body">
      {data ? <PreviewLists preview={data} widen={widen} /> : <Skeletons lines={5} height={36} />}
      {strict && strict.keptApart.length > 0 ? (
        <Checkbox
          label={t('agency_mode.widen', { count: strict.keptApart.length })}
          description={t('agency_mode.widenHelp')}
          checked={widen}
          onChange={(event) => setWiden(event.currentTarget.checked)}
        />
      ) : null}
      <div className="dialog-buttons">
        <Button variant="default" onClick={props.onClose}>
          {t('kit.cancel')}
        </Button>
        <Button loading={busy} disabled={!data} onClick={() => void change()}>
          {t('agency_mode.choose', { mode: props.title })}
        </Button>
      </div>
    </div>
  )
}

function PreviewLists({ preview, widen }: { preview: Preview; widen: boolean }) {
  const t = useT()
  const format = useFormat()
  const countText = useCountText()
  const place = (who: { name: string } | null) => who?.name ?? t('agency_mode.root')
  const { moves, marks, portfolios, keptApart, balances } = preview
  return (
    <div className="mode-consequences">
      <p className="mode-same">
        <IconEyeCheck size={18} aria-hidden="true" />
        {widen
          ? t('agency_mode.sightWidens')
          : preview.pairs === 0
            ? t('agency_mode.sightSameNone')
            : t('agency_mode.sightSame', { count: preview.pairs, n: format.number(preview.pairs) })}
      </p>
      <Consequence shown={moves.count > 0} title={t('agency_mode.moves', { count: moves.count })}>
        {moves.people.map((p) => (
          <li key={p.id}>{t('agency_mode.move1', { name: p.name, from: place(p.from), to: place(p.to) })}</li>
        ))}
        {moves.count > moves.people.length ? <li>…</li> : null}
      </Consequence>
      <Consequence
        shown={marks.added > 0}
        title={t('agency_mode.marks', { count: marks.added, n: format.number(marks.added) })}
      >
        {marks.people.map((p) => (
          <li key={p.id}>
            {t('agency_mode.mark1', { name: p.name, count: p.count, n: countText(p.count) })}
          </li>
        ))}
      </Consequence>
      <Consequence
        shown={marks.removed > 0}
        title={t('agency_mode.marksGone', { count: marks.removed, n: format.number(marks.removed) })}
      />
      <Consequence
        shown={portfolios.count > 0}
        title={t('agency_mode.portfolios', { count: portfolios.count, n: format.number(portfolios.count) })}
      >
        {portfolios.people.map((p) => (
          <li key={`${p.from?.id} ${p.to?.id}`}>
            {t('agency_mode.portfolio1', { from: place(p.from), to: place(p.to), count: p.count })}
          </li>
        ))}
      </Consequence>
      <Consequence
        shown={preview.waiting > 0}
        title={t('agency_mode.waiting', { count: preview.waiting, n: format.number(preview.waiting) })}
      />
      <Consequence shown={balances.length > 0} title={t('agency_mode.balances', { count: balances.length })}>
        {balances.map((b) => (
          <li key={b.id}>{t('agency_mode.balance1', { name: b.name, amount: format.money(b.amount) })}</li>
        ))}
      </Consequence>
      <Consequence shown={keptApart.length > 0} title={t('agency_mode.apart', { count: keptApart.length })}>
        {keptApart.map((k) => (
          <li key={k.id}>
            {t('agency_mode.apart1', { name: k.name, parent: k.parent.name, count: k.clients })}
          </li>
        ))}
      </Consequence>
      {preview.long ? <p className="meta">{t('agency_mode.long')}</p> : null}
      <p className="meta">{t('agency_mode.back')}</p>
    </div>
  )
}

function Consequence(props: { shown: boolean; title: string; children?: ReactNode }) {
  if (!props.shown) return null
  return (
    <section>
      <h3>{props.title}</h3>
      {props.children ? (
        // Scrolls by itself, so that the keyboard must be able to enter it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must answer the arrow keys
        <ul tabIndex={0} aria-label={props.title}>
          {props.children}
        </ul>
      ) : null}
    </section>
  )
}
