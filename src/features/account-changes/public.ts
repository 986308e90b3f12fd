export { payChange } from './apply-change.ts'
