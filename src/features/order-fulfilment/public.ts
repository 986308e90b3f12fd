export { handIn, type Handed } from './deliver-order.ts'
