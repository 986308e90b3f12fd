import type { ViewList } from '../../saved-views/web/view-list.ts'
import { catalogueFilterShape } from '../contract.ts'

/** The views the catalogue comes with; the first one filters nothing, the last one is the owners'. */
export const catalogueViews = [
  { id: 'all', query: {} },
  { id: 'link', query: { kind: 'link' } },
  { id: 'ad', query: { kind: 'ad' } },
  { id: 'content', query: { kind: 'content' } },
  { id: 'hidden', query: { hidden: 'true' } },
] as const

/** The catalogue, for its views. */
export const catalogueViewList: ViewList = {
  page: 'catalogue',
  filters: Object.keys(catalogueFilterShape),
  builtIn: catalogueViews as unknown as ViewList['builtIn'],
}
