import { ViewTabs, type ViewTab } from '../../../web/kit/view-tabs.tsx'
import { SaveViewButton } from './save-view-button.tsx'
import type { ViewListState } from './view-list.ts'
import { ViewMenu } from './view-menu.tsx'

/** Tabs: the built-in views, then one's own and the shared ones; "Enregistrer la vue" once something differs. */
export function ViewTabsRow({
  label,
  list,
  builtIn,
  counts,
}: {
  label: string
  list: ViewListState
  /** The views the list comes with, as tabs. */
  builtIn: ViewTab[]
  /** How many each saved view holds, by id, where that is known. */
  counts?: Readonly<Record<string, number>>
}) {
  const { views, canShare } = list
  return (
    <ViewTabs
      label={label}
      tabs={[...builtIn, ...views.map((v) => ({ id: v.id, label: v.name, count: counts?.[v.id] }))]}
      current={list.tab}
      onChange={list.show}
      end={
        <span className="view-actions">
          {list.changed ? <SaveViewButton list={list} canShare={canShare} /> : null}
          {list.view ? (
            <ViewMenu
              page={list.of.page}
              view={list.view}
              views={views}
              canShare={canShare}
              onDeleted={() => list.show(list.of.builtIn[0].id)}
            />
          ) : null}
        </span>
      }
    />
  )
}
