import { route, type Route } from '../../server/route.ts'
import { importRoutesOf } from '../imports/public.ts'
import { catalogueDoor } from './catalogue-imports.ts'
import * as contract from './contract.ts'
import { countOperatorItems, listOperatorItems } from './list-operator-items.ts'
import {
  createOperatorItem,
  discardItemDraft,
  getOperatorItem,
  publishItems,
  setItemsOnSale,
  updateOperatorItem,
} from './operator-items.ts'

/** The catalogue as the operator keeps it. */
export const catalogueItemRoutes: Route[] = [
  route(contract.listOperatorItems, listOperatorItems, { readOnly: true }),
  route(contract.countOperatorItems, countOperatorItems, { readOnly: true }),
  route(contract.getOperatorItem, getOperatorItem, { readOnly: true }),
  route(contract.createOperatorItem, createOperatorItem),
  route(contract.updateOperatorItem, updateOperatorItem),
  route(contract.discardItemDraft, discardItemDraft),
  route(contract.publishItems, publishItems),
  route(contract.setItemsOnSale, setItemsOnSale),
  ...importRoutesOf(contract.catalogueImports, catalogueDoor),
]
