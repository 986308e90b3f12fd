export { itemPrices, type ItemPrice, type ItemVersion } from './item-price.ts'
export { wordsOf } from './conditions.ts'
