import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { createSampleAgency } from './create-sample-agency.ts'
import { getSampleAgency } from './get-sample-agency.ts'

/** The sample agency of sandbox installations. */
export const sampleDataRoutes: Route[] = [
  route(contract.getSampleAgency, getSampleAgency),
  route(contract.createSampleAgency, createSampleAgency, { detached: true }),
]
