export { forgetSecrets } from './forget-secrets.ts'
export { payOpening } from './pay-opening.ts'
