export { payChange } from './apply-change.ts'
export { grantTrialExtension } from './grant-trial-extension.ts'
