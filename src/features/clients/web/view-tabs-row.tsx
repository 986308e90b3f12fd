import { useT } from '../../../web/i18n/use-t.ts'
import { ViewTabs, type ViewTab } from '../../../web/kit/view-tabs.tsx'
import type { SavedView } from '../../saved-views/contract.ts'
import { SaveViewButton } from './save-view-button.tsx'
import { ViewMenu } from './view-menu.tsx'
import { builtInViews } from './list-params.ts'
import type { ClientCounts } from './client-counts.ts'
import type { ClientListState } from './use-client-list.ts'

/** Tabs: the built-in views, then one's own and the shared ones; "Enregistrer la vue" once something differs. */
export function ViewTabsRow({
  list,
  views,
  counts,
  canShare,
}: {
  list: ClientListState
  views: SavedView[]
  counts: ClientCounts | undefined
  canShare: boolean
}) {
  const t = useT()
  // A view that would be empty for good says nothing: orphans and archives show once there are some.
  const worthShowing = (id: string) =>
    id === list.tab ||
    !['orphan', 'archived'].includes(id) ||
    (counts?.[id as 'orphan' | 'archived'] ?? 0) > 0
  const tabs: ViewTab[] = [
    ...builtInViews
      .filter((v) => worthShowing(v.id))
      .map((v) => ({
        id: v.id,
        label: t(`clients.view.${v.id}`),
        count: counts?.[v.id],
        warn: v.id === 'unassigned' || v.id === 'orphan',
      })),
    ...views.map((v) => ({
      id: v.id,
      label: v.name,
      count: counts?.views.find((c) => c.id === v.id)?.count,
    })),
  ]
  return (
    <ViewTabs
      label={t('clients.views')}
      tabs={tabs}
      current={list.tab}
      onChange={list.show}
      end={
        <span className="clients-view-actions">
          {list.changed ? <SaveViewButton list={list} canShare={canShare} /> : null}
          {list.view ? (
            <ViewMenu view={list.view} views={views} canShare={canShare} onDeleted={() => list.show('all')} />
          ) : null}
        </span>
      }
    />
  )
}
