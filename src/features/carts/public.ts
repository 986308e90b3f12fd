export { emptyCart } from './cart.ts'
