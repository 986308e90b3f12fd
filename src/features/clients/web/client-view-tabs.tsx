import { useT } from '../../../web/i18n/use-t.ts'
import type { ViewListState } from '../../saved-views/web/view-list.ts'
import { ViewTabsRow } from '../../saved-views/web/view-tabs-row.tsx'
import { builtInViews } from './list-params.ts'
import type { ClientCounts } from './client-counts.ts'

/** The tabs of the clients' list with their counts. */
export function ClientViewTabs({ list, counts }: { list: ViewListState; counts: ClientCounts | undefined }) {
  const t = useT()
  // A view that would be empty for good says nothing: orphans and archives show once there are some.
  const worthShowing = (id: string) =>
    id === list.tab ||
    !['orphan', 'archived'].includes(id) ||
    (counts?.[id as 'orphan' | 'archived'] ?? 0) > 0
  return (
    <ViewTabsRow
      label={t('clients.views')}
      list={list}
      builtIn={builtInViews
        .filter((v) => worthShowing(v.id))
        .map((v) => ({
          id: v.id,
          label: t(`clients.view.${v.id}`),
          count: counts?.[v.id],
          warn: v.id === 'unassigned' || v.id === 'orphan',
        }))}
      {...(counts && { counts: Object.fromEntries(counts.views.map((c) => [c.id, c.count])) })}
    />
  )
}
