import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { handOver, previewHandOver } from './hand-over.ts'
import { findInTree, listTree } from './list-tree.ts'
import { previewMode } from './preview-mode.ts'
import { switchMode } from './switch-mode.ts'
import { undoHandOver } from './undo-hand-over.ts'

/** The agency's tree, its mode, and removing somebody from it. */
export const agencyModeRoutes: Route[] = [
  route(contract.previewMode, previewMode),
  route(contract.switchMode, switchMode),
  route(contract.listTree, listTree),
  route(contract.findInTree, findInTree),
  route(contract.previewHandOver, previewHandOver),
  route(contract.handOver, handOver),
  route(contract.undoHandOver, undoHandOver),
]
