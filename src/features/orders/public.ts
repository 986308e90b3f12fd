export { visibleOrders } from './visible-orders.ts'
