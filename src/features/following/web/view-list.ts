import type { ViewList } from '../../saved-views/web/view-list.ts'
import { followingFilterShape } from '../contract.ts'

/** What the global view may be split by: the contract's groupings, and the orders themselves. */
export const followingTabs = [
  'client',
  'campaign',
  'project',
  'order',
  'manager',
  'consultant',
  'month',
] as const
export type FollowingTab = (typeof followingTabs)[number]

/** The global view, for its views: what it is split by is kept with its filters. */
export const followingViewList: ViewList = {
  page: 'following',
  filters: Object.keys(followingFilterShape),
  others: ['by', 'q', 'sort', 'compact'],
  builtIn: [{ id: 'all', query: {} }],
}
