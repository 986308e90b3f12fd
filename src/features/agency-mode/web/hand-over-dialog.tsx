import { useState } from 'react'
import { Button, Checkbox, Modal } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import type { Role } from '../../../contract/rights.ts'
import { call } from '../../../web/call.ts'
import { useFormat } from '../../../web/i18n/use-format.ts'
import { T } from '../../../web/i18n/rich-text.tsx'
import { useT } from '../../../web/i18n/use-t.ts'
import { AsyncCombobox, type Choice } from '../../../web/kit/async-combobox.tsx'
import { Avatar } from '../../../web/kit/avatar.tsx'
import '../../../web/kit/dialogs.css'
import { Notice } from '../../../web/kit/notice.tsx'
import { reasonOf, undoable } from '../../../web/kit/notices.tsx'
import { Skeletons } from '../../../web/kit/skeletons.tsx'
import { refreshNavCount } from '../../../web/navigation.ts'
import { paths } from '../../../web/paths.ts'
import { isProblem, ProblemError } from '../../../web/problem-error.ts'
import { refresh, useEndpoint } from '../../../web/queries.ts'
import { listMemberClients } from '../../assignments/contract.ts'
import { listClients } from '../../clients/contract.ts'
import { getMember, listMemberChoices, listMembers } from '../../sub-accounts/contract.ts'
import { handOver, listTree, previewHandOver, undoHandOver } from '../contract.ts'
import type { TreeRow } from './tree-state.ts'

type Props = { opened: boolean; row: TreeRow | undefined; onClose: () => void }
type Receiver = { id: string; label: string } | null

const staff: readonly Role[] = ['owner', 'manager', 'consultant']
/** Clients offered one by one. */
const oneByOne = 50

/** Removes somebody: to whom the clients and the team go, what follows, then one act that can be undone. */
export function HandOverDialog({ opened, row, onClose }: Props) {
  const t = useT()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={600}
      title={t('agency_mode.handOver.title', { name: row?.name ?? '' })}
    >
      {row && opened ? <HandOverForm key={row.id} row={row} onClose={onClose} /> : null}
    </Modal>
  )
}

function HandOverForm({ row, onClose }: { row: TreeRow; onClose: () => void }) {
  const t = useT()
  const format = useFormat()
  const [clientsTo, setClientsTo] = useState<Receiver>(null)
  const [teamTo, setTeamTo] = useState<Receiver>(null)
  const [each, setEach] = useState(false)
  const [exceptions, setExceptions] = useState<Record<string, Receiver>>({})
  const [keepSight, setKeepSight] = useState(true)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const params = { id: row.id }
  const wish = {
    clientsTo: clientsTo?.id ?? null,
    teamTo: teamTo?.id ?? null,
    keepSight,
    exceptions: Object.entries(exceptions).flatMap(([clientId, to]) =>
      to ? [{ clientId, memberId: to.id }] : [],
    ),
  }
  const { data: preview, error: unread } = useEndpoint(
    previewHandOver,
    { params, body: wish },
    { placeholderData: keepPreviousData, retry: false },
  )
  const { data: member } = useEndpoint(getMember, { params }, { staleTime: 0 })
  const { data: clients } = useEndpoint(listMemberClients, { params, query: { limit: oneByOne } } as never, {
    enabled: each,
  })
  const fields =
    problem instanceof ProblemError ? problem.fields : unread instanceof ProblemError ? unread.fields : {}
  const search = async (q: string, signal: AbortSignal): Promise<Choice[]> => {
    const { data } = await call(
      listMemberChoices,
      { query: { q, role: row.role === 'client' ? [...staff, 'client'] : [...staff] } },
      { signal },
    )
    return data
      .filter((m) => m.id !== row.id)
      .map((m) => ({
        id: m.id,
        label: m.name,
        detail: t(`role.${m.role}`),
        icon: <Avatar person={m} size={20} />,
      }))
  }
  const hasClients = preview !== undefined && preview.clients + preview.portfolio > 0
  const submit = async () => {
    if (!member) return
    setBusy(true)
    setProblem(undefined)
    try {
      const done = await call(handOver, { params, body: { ...wish, version: member.version } })
      void refresh(listTree, listMembers, getMember, listClients)
      refreshNavCount(paths.agency())
      const undo = async (body: { withoutBalance?: true }) => {
        await call(undoHandOver, { params: { id: done.id }, body })
        void refresh(listTree, listMembers, getMember, listClients)
      }
      undoable(<T id="agency_mode.handOver.done" values={{ name: row.name }} />, () =>
        undo({}).catch((refused: unknown) => {
          if (!isProblem(refused, 'hand_over.balance_spent')) throw refused
          const values = { name: row.name, amount: format.money(done.returned) }
          undoable(<T id="agency_mode.handOver.spent" values={values} />, () =>
            undo({ withoutBalance: true }),
          )
        }),
      )
      onClose()
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  if (!preview && !unread) return <Skeletons lines={5} height={40} />
  return (
    <form
      className="dialog-body"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      {hasClients ? (
        <AsyncCombobox
          label={t('agency_mode.handOver.clientsTo')}
          description={t('agency_mode.handOver.clientsToHelp', {
            clients: preview.clients,
            portfolio: preview.portfolio,
          })}
          error={fields['clientsTo']?.message}
          value={clientsTo}
          onChange={(c) => setClientsTo(c && { id: c.id, label: c.label })}
          search={search}
        />
      ) : null}
      {hasClients && preview.clients > 0 && preview.clients <= oneByOne ? (
        <Checkbox
          label={t('agency_mode.handOver.each')}
          checked={each}
          onChange={(event) => {
            setEach(event.currentTarget.checked)
            if (!event.currentTarget.checked) setExceptions({})
          }}
        />
      ) : null}
      {each
        ? clients?.data.map((c) => (
            <AsyncCombobox
              key={c.id}
              label={c.name}
              value={exceptions[c.id] ?? null}
              placeholder={clientsTo?.label ?? ''}
              onChange={(to) =>
                setExceptions((old) => ({ ...old, [c.id]: to && { id: to.id, label: to.label } }))
              }
              search={search}
            />
          ))
        : null}
      {preview && preview.team > 0 ? (
        <AsyncCombobox
          label={`${t('agency_mode.handOver.teamTo')} (${t('kit.optional')})`}
          description={t('agency_mode.handOver.teamToHelp', {
            count: preview.teamBelow,
            parent: preview.parent?.name ?? t('agency_mode.handOver.agency'),
          })}
          error={fields['teamTo']?.message}
          value={teamTo}
          onChange={(c) => setTeamTo(c && { id: c.id, label: c.label })}
          search={search}
        />
      ) : null}
      {hasClients ? (
        <Checkbox
          label={t('agency_mode.handOver.keepSight')}
          description={t('agency_mode.handOver.keepSightHelp')}
          checked={keepSight}
          onChange={(event) => setKeepSight(event.currentTarget.checked)}
        />
      ) : null}
      {preview ? (
        <ul className="hand-over-facts" aria-live="polite">
          <li>{t('agency_mode.handOver.access')}</li>
          <li>
            {t('agency_mode.handOver.balance', {
              amount: format.money(preview.balance),
              parent: preview.parent?.name ?? t('agency_mode.handOver.agency'),
            })}
          </li>
          {preview.leads > 0 ? <li>{t('agency_mode.handOver.leads', { count: preview.leads })}</li> : null}
          {preview.kept > 0 ? <li>{t('agency_mode.handOver.kept', { count: preview.kept })}</li> : null}
          {preview.losing.map((l) => (
            <li key={l.id}>
              <b>{t('agency_mode.handOver.loses', { name: l.name, count: l.count })}</b>
            </li>
          ))}
        </ul>
      ) : null}
      {problem !== undefined && Object.keys(fields).length === 0 ? (
        <Notice tone="danger" inline live>
          {reasonOf(problem)}
        </Notice>
      ) : null}
      <div className="dialog-buttons">
        <Button variant="default" onClick={onClose}>
          {t('kit.cancel')}
        </Button>
        <Button
          type="submit"
          color="red"
          loading={busy}
          disabled={!member || (hasClients && clientsTo === null) || unread !== null}
        >
          {t('agency_mode.handOver.submit', { name: row.name })}
        </Button>
      </div>
    </form>
  )
}
