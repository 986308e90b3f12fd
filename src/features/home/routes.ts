import { route, type Route } from '../../server/route.ts'
import { closeHint } from './close-hint.ts'
import * as contract from './contract.ts'
import { getHome } from './get-home.ts'

/** The first page. */
export const homeRoutes: Route[] = [route(contract.getHome, getHome), route(contract.closeHint, closeHint)]
