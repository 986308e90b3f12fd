export { visibleCampaigns } from './visible-campaigns.ts'
export { countRunningCampaigns } from './count-running-campaigns.ts'
