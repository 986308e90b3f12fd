import { refresh } from '../../../web/queries.ts'
import type { ViewList } from '../../saved-views/web/view-list.ts'
import { clientFilterShape, countClientViews } from '../contract.ts'

/** The built-in views, by what they filter; the first one filters nothing. */
export const builtInViews = [
  { id: 'all', query: {} },
  { id: 'mine', query: { mine: 'true' } },
  { id: 'unassigned', query: { unassigned: 'true' } },
  { id: 'orphan', query: { orphan: 'true' } },
  { id: 'archived', query: { status: 'archived' } },
] as const

/** The list of clients, for its views. */
export const clientViewList: ViewList = {
  page: 'clients',
  filters: Object.keys(clientFilterShape),
  builtIn: builtInViews as unknown as ViewList['builtIn'],
  onSaved: () => refresh(countClientViews),
}
