export { loadItems } from './load-items.ts'
