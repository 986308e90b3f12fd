import { useCallback } from 'react'
import { call } from '../../../web/call.ts'
import { useT } from '../../../web/i18n/use-t.ts'
import { notifyError, undoable } from '../../../web/kit/notices.tsx'
import type { PeopleChange } from '../../../web/kit/people-picker.tsx'
import {
  bulkAssignClients,
  bulkSetStatus,
  bulkTag,
  clientsAtOnce,
  undoBulkChange,
  type BulkOutcome,
} from '../../client-bulk/contract.ts'
import type { ClientRow } from '../contract.ts'
import { groupsOf, type Targets } from './client-targets.ts'
import { patchRows, refreshClients } from './patch-rows.ts'

/** Puts bulk changes back, the last first; gives the jobs that are at it. */
export async function undoChanges(changeIds: readonly string[]): Promise<string[]> {
  const jobs: string[] = []
  for (const id of changeIds.toReversed()) {
    const { jobId } = await call(undoBulkChange, { params: { id } })
    if (jobId !== null) jobs.push(jobId)
  }
  await refreshClients()
  return jobs
}

/** What can be done to clients: shown at once, undone with "Annuler"; a query is left to a job, told to `onJob`. */
export function useBulkActs(onJob: (jobId: string) => void) {
  const t = useT()
  const act = useCallback(
    async (
      targets: Targets,
      send: (selection: Targets) => Promise<BulkOutcome>,
      patch: (row: ClientRow) => ClientRow | null,
      said: (n: number) => string,
    ) => {
      if ('ids' in targets) patchRows(targets.ids, patch)
      const outcomes: BulkOutcome[] = []
      try {
        for (const group of groupsOf(targets, clientsAtOnce)) outcomes.push(await send(group))
      } catch (error) {
        notifyError(error)
        await refreshClients()
        return
      }
      const jobs = outcomes.flatMap((o) => o.jobId ?? [])
      for (const job of jobs) onJob(job)
      if (jobs.length === 0) {
        const n = outcomes.reduce((sum, o) => sum + (o.changed ?? 0), 0)
        undoable(said(n), async () => {
          for (const job of await undoChanges(outcomes.map((o) => o.changeId))) onJob(job)
        })
      }
      await refreshClients()
    },
    [onJob],
  )

  const assign = useCallback(
    (targets: Targets, change: PeopleChange) => {
      const { add, remove } = change
      const patch = (row: ClientRow): ClientRow => {
        const assignees = row.assignees.filter((p) => !remove.includes(p.id))
        return {
          ...row,
          assignees,
          assigneeCount: Math.max(
            assignees.length,
            row.assigneeCount - (row.assignees.length - assignees.length),
          ),
        }
      }
      const said = (n: number) =>
        t(add.length > 0 ? 'clients.done.assigned' : 'clients.done.unassigned', { n })
      return act(
        targets,
        (selection) => call(bulkAssignClients, { body: { selection, ...change } }),
        patch,
        said,
      )
    },
    [act, t],
  )
  const setStatus = useCallback(
    (targets: Targets, status: ClientRow['status']) =>
      act(
        targets,
        (selection) => call(bulkSetStatus, { body: { selection, status } }),
        (row) => ((row.status === 'archived') === (status === 'archived') ? { ...row, status } : null),
        (n) => t(`clients.done.${status}`, { n }),
      ),
    [act, t],
  )
  const tag = useCallback(
    (targets: Targets, change: { add: string[]; remove: string[] }) =>
      act(
        targets,
        (selection) => call(bulkTag, { body: { selection, ...change } }),
        (row) => ({
          ...row,
          tags: [
            ...row.tags.filter((x) => !change.remove.includes(x)),
            ...change.add.filter((x) => !row.tags.includes(x)),
          ],
        }),
        (n) => t('clients.done.tagged', { n }),
      ),
    [act, t],
  )
  return { assign, setStatus, tag }
}
