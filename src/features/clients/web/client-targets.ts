import type { CallOf } from '../../../contract/endpoint.ts'
import type { SelectionControl } from '../../../web/kit/selection.ts'
import type { bulkTag } from '../../client-bulk/contract.ts'
import type { ListParams } from '../../saved-views/web/view-list.ts'

/** Which clients an act is about, as the API takes it. */
export type Targets = CallOf<typeof bulkTag>['body']['selection']

/** What is selected in the list: some by id, or all that its filter matches. */
export function targetsOf(selection: SelectionControl, filter: ListParams): Targets {
  return selection.value.kind === 'matching' ? { query: filter } : { ids: selection.ids }
}

/** Named clients go in groups that the server takes at once. */
export function groupsOf(targets: Targets, most: number): Targets[] {
  if (!('ids' in targets)) return [targets]
  const groups: Targets[] = []
  for (let i = 0; i < targets.ids.length; i += most) groups.push({ ids: targets.ids.slice(i, i + most) })
  return groups
}
