import { call } from '../../../web/call.ts'
import { T } from '../../../web/i18n/rich-text.tsx'
import { notifyError, undoable } from '../../../web/kit/notices.tsx'
import { refreshNavCount } from '../../../web/navigation.ts'
import { paths } from '../../../web/paths.ts'
import { refresh } from '../../../web/queries.ts'
import { explainMember } from '../../access/contract.ts'
import { getClient } from '../../client-record/contract.ts'
import { countClientViews, listClients } from '../../clients/contract.ts'
import { getMember, listMemberHistory, listMembers } from '../../sub-accounts/contract.ts'
import { listMemberClients, setAssignments } from '../contract.ts'

type Holder = { id: string; name: string }

/** Gives and takes away a sub-account's clients, and offers to put it all back. `only` names the one client it is about. */
export async function changeAssignments(
  holder: Holder,
  change: { add?: string[]; remove?: string[]; notify?: boolean },
  only?: string,
): Promise<boolean> {
  const pairs = (ids: string[] = []) => ids.map((clientId) => ({ clientId, memberId: holder.id }))
  try {
    const done = await call(setAssignments, {
      body: { add: pairs(change.add), remove: pairs(change.remove), notify: change.notify ?? false },
    })
    await shown()
    const values = {
      name: holder.name,
      client: only ?? '',
      added: done.added.length,
      removed: done.removed.length,
    }
    const text = only
      ? change.remove
        ? 'assignments.done.removedOne'
        : 'assignments.done.addedOne'
      : 'assignments.done.changed'
    undoable(<T id={text} values={values} />, async () => {
      await call(setAssignments, { body: { add: done.removed, remove: done.added, restoring: true } })
      await shown()
    })
    return true
  } catch (error) {
    notifyError(error)
    return false
  }
}

/** Reads again whatever shows who works on what. */
export async function shown(): Promise<void> {
  refreshNavCount(paths.clients)
  await refresh(
    listMemberClients,
    getMember,
    listMembers,
    listMemberHistory,
    explainMember,
    getClient,
    listClients,
    countClientViews,
  )
}
