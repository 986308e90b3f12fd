import { route, type Route } from '../../server/route.ts'
import * as contract from './contract.ts'
import { createCampaign } from './create-campaign.ts'
import { getCampaign, listCampaigns } from './list-campaigns.ts'
import { updateCampaign } from './update-campaign.ts'

/** What groups a client's orders over some time, for some budget. */
export const campaignRoutes: Route[] = [
  route(contract.listCampaigns, listCampaigns, { readOnly: true }),
  route(contract.createCampaign, createCampaign),
  route(contract.getCampaign, getCampaign, { readOnly: true }),
  route(contract.updateCampaign, updateCampaign),
]
