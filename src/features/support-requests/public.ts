export { askOperator } from './open-support-request.ts'
