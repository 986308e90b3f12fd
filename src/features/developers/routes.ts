import type { Endpoint } from '../../contract/endpoint.ts'
import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { getOpenapi } from './get-openapi.ts'

/** The API's own description; told of every endpoint by the list that holds them all. */
export function developerRoutes(endpoints: () => readonly Endpoint[]): Route[] {
  return [route(contract.getOpenapi, getOpenapi(endpoints))]
}
