import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { countCatalogueFacets } from './count-catalogue-facets.ts'
import { getCatalogueItem } from './get-catalogue-item.ts'
import { hideCatalogueItems } from './hide-catalogue-items.ts'
import { createCatalogueRule, deleteCatalogueRule, listCatalogueRules, moveCatalogueRule } from './rules.ts'
import { searchCatalogue } from './search-catalogue.ts'
import { setRetailPrice } from './set-retail-price.ts'

/** The catalogue as agencies sell it. */
export const catalogueRoutes: Route[] = [
  route(contract.searchCatalogue, searchCatalogue, { readOnly: true }),
  route(contract.countCatalogueFacets, countCatalogueFacets, { readOnly: true }),
  route(contract.getCatalogueItem, getCatalogueItem, { readOnly: true }),
  route(contract.hideCatalogueItems, hideCatalogueItems),
  route(contract.setRetailPrice, setRetailPrice),
  route(contract.listCatalogueRules, listCatalogueRules, { readOnly: true }),
  route(contract.createCatalogueRule, createCatalogueRule),
  route(contract.moveCatalogueRule, moveCatalogueRule),
  route(contract.deleteCatalogueRule, deleteCatalogueRule),
]
