import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { listPlanEditions } from './list-plan-editions.ts'
import { discardPlanDraft, getPlanDraft, savePlanDraft } from './plan-draft.ts'
import { publishPlans } from './publish-plans.ts'

/** The operator's plans. */
export const planRoutes: Route[] = [
  route(contract.getPlanDraft, getPlanDraft),
  route(contract.savePlanDraft, savePlanDraft),
  route(contract.discardPlanDraft, discardPlanDraft),
  route(contract.publishPlans, publishPlans),
  route(contract.listPlanEditions, listPlanEditions),
]
