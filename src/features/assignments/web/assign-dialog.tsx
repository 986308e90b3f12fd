import { useEffect, useState } from 'react'
import { Button, Checkbox, Modal, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import type { AnswerOf } from '../../../contract/endpoint.ts'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { UnassignedBadge } from '../../../web/kit/badges.tsx'
import { useCountText } from '../../../web/kit/count.ts'
import { ErrorState } from '../../../web/kit/error-state.tsx'
import { JobProgress } from '../../../web/kit/job-progress.tsx'
import '../../../web/kit/dialogs.css'
import { notifyError } from '../../../web/kit/notices.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { Tile } from '../../../web/kit/tile.tsx'
import { useList } from '../../../web/use-list.ts'
import { assignMatching, listMemberClients } from '../contract.ts'
import { changeAssignments, shown } from './change-assignments.tsx'
import './assignments.css'

type Row = AnswerOf<typeof listMemberClients>['data'][number]
type Holder = { id: string; name: string; state: string }

/** Ticks and unticks the clients of a sub-account, out of all those the user sees (A10, A14, A17, A18). */
export function AssignDialog({
  member,
  opened,
  onClose,
}: {
  member: Holder
  opened: boolean
  onClose: () => void
}) {
  const t = useT()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('assignments.dialog', { name: member.name })}
      size={560}
    >
      {opened ? <Choices member={member} onClose={onClose} /> : null}
    </Modal>
  )
}

function Choices({ member, onClose }: { member: Holder; onClose: () => void }) {
  const t = useT()
  const countText = useCountText()
  const [text, setText] = useState('')
  const [q] = useDebouncedValue(text.trim(), 150)
  const [ticked, setTicked] = useState<ReadonlyMap<string, boolean>>(new Map())
  const [notifyHolder, setNotifyHolder] = useState(member.state === 'active')
  const [busy, setBusy] = useState(false)
  const [job, setJob] = useState<string>()
  const list = useList(listMemberClients, {
    params: { id: member.id },
    query: { assigned: 'any', total: 'true', ...(q && { q }) },
  })
  const rows = list.rows as Row[]
  const isOn = (row: Row) => ticked.get(row.id) ?? row.assignment !== null
  const toggle = (row: Row) => {
    const next = new Map(ticked)
    const on = !isOn(row)
    if (on === (row.assignment !== null)) next.delete(row.id)
    else next.set(row.id, on)
    setTicked(next)
  }
  const add = [...ticked].filter(([, on]) => on).map(([id]) => id)
  const remove = [...ticked].filter(([, on]) => !on).map(([id]) => id)
  const save = async () => {
    setBusy(true)
    if (await changeAssignments(member, { add, remove, notify: notifyHolder && add.length > 0 })) onClose()
    setBusy(false)
  }
  const all = async () => {
    setBusy(true)
    try {
      const { jobId } = await call(assignMatching, {
        params: { id: member.id },
        body: { change: 'add', notify: notifyHolder, ...(q && { q }) },
      })
      setJob(jobId)
    } catch (error) {
      notifyError(error)
    } finally {
      setBusy(false)
    }
  }
  if (job)
    return (
      <div className="assign-dialog">
        <JobProgress jobId={job} label={t('assignments.job', { name: member.name })}>
          {(done) => (
            <JobEnd
              finished={done.state === 'done' || done.state === 'cancelled'}
              count={done.done}
              onClose={onClose}
            />
          )}
        </JobProgress>
      </div>
    )
  const total = list.total ?? 0
  return (
    <form
      className="assign-dialog"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <TextInput
        data-autofocus
        aria-label={t('assignments.search')}
        placeholder={t('assignments.searchHint')}
        leftSection={<IconSearch size={15} />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          // Enter in the search must not send what isn't finished.
          if (event.key === 'Enter') event.preventDefault()
        }}
      />
      {list.error && rows.length === 0 ? (
        <ErrorState error={list.error} what={t('assignments.unreadable')} retry={() => void list.refetch()} />
      ) : null}
      {list.isPending ? <Skeletons lines={6} height={36} /> : null}
      {!list.isPending && !list.error && rows.length === 0 ? (
        <p className="meta">{t(q ? 'assignments.noMatch' : 'assignments.noClients')}</p>
      ) : null}
      <ul
        className="assign-choices"
        aria-label={t('assignments.dialog', { name: member.name })}
        aria-busy={list.isFetching}
      >
        {rows.map((row) => (
          <li key={row.id}>
            <Checkbox checked={isOn(row)} onChange={() => toggle(row)} label={<ChoiceLabel row={row} />} />
          </li>
        ))}
        {list.hasNextPage ? (
          <li>
            <Button
              size="sm"
              variant="subtle"
              loading={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {t('assignments.more')}
            </Button>
          </li>
        ) : null}
      </ul>
      {total > rows.length && ticked.size === 0 ? (
        <Button className="assign-all" size="sm" variant="light" loading={busy} onClick={() => void all()}>
          {t(q ? 'assignments.allMatching' : 'assignments.all', { n: countText(total) })}
        </Button>
      ) : null}
      <div className="dialog-buttons">
        {member.state === 'active' ? (
          <Checkbox
            checked={notifyHolder}
            onChange={(event) => setNotifyHolder(event.currentTarget.checked)}
            label={t('assignments.notify')}
          />
        ) : null}
        <span className="spacer" />
        <Button variant="default" onClick={onClose}>
          {t('kit.cancel')}
        </Button>
        <Button type="submit" loading={busy} disabled={ticked.size === 0}>
          {submitLabel()}
        </Button>
      </div>
    </form>
  )

  function submitLabel(): string {
    if (remove.length === 0) return t('assignments.submit.add', { count: add.length })
    if (add.length === 0) return t('assignments.submit.remove', { count: remove.length })
    return t('assignments.submit.both', { added: add.length, removed: remove.length })
  }
}

function ChoiceLabel({ row }: { row: Row }) {
  return (
    <span className="assign-choice">
      <Tile name={row.name} id={row.id} size="s" />
      <span>
        {row.name}
        {row.city ? <small className="meta"> {row.city}</small> : null}
      </span>
      {row.assigneeCount === 0 ? <UnassignedBadge /> : null}
    </span>
  )
}

function JobEnd({ finished, count, onClose }: { finished: boolean; count: number; onClose: () => void }) {
  const t = useT()
  useEffect(() => {
    if (finished) void shown()
  }, [finished])
  if (!finished) return null
  return (
    <div className="dialog-buttons">
      <span className="meta">{t('assignments.jobDone', { count })}</span>
      <span className="spacer" />
      <Button onClick={onClose}>{t('kit.close')}</Button>
    </div>
  )
}
