export { askOperator } from './open-support-request.ts'
export { keepPastRequest } from './past-request.ts'
