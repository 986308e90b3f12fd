export { visibleCampaigns } from './visible-campaigns.ts'
