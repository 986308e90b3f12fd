import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { createView } from './create-view.ts'
import { deleteView } from './delete-view.ts'
import { listViews } from './list-views.ts'
import { reorderViews } from './reorder-views.ts'
import { updateView } from './update-view.ts'

/** Saved views of lists. */
export const viewRoutes: Route[] = [
  route(contract.listViews, listViews),
  route(contract.createView, createView),
  route(contract.updateView, updateView),
  route(contract.deleteView, deleteView),
  route(contract.reorderViews, reorderViews),
]
