export { creditBuy, creditPrepaid } from './buy-credit.ts'
