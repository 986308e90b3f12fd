export { takeSecondFactor } from './take-second-factor.ts'
