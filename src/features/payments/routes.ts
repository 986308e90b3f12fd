import { route, type Route } from '../../server/route.ts'
import { cancelPurchase } from './cancel-purchase.ts'
import { checkPurchase } from './check-purchase.ts'
import * as contract from './contract.ts'
import { getPurchase } from './get-purchase.ts'
import { getRefundable } from './get-refundable.ts'
import { listPurchases } from './list-purchases.ts'
import { refundPurchase } from './refund-purchase.ts'
import { retryPurchase } from './retry-purchase.ts'
import { answerBankQuestion, getBankQuestion } from './sandbox-bank.ts'

/** What is paid, and how it goes on. */
export const paymentRoutes: Route[] = [
  route(contract.listPurchases, listPurchases),
  route(contract.getPurchase, getPurchase),
  route(contract.retryPurchase, retryPurchase),
  route(contract.cancelPurchase, cancelPurchase),
  route(contract.checkPurchase, checkPurchase, { detached: true }),
  route(contract.getBankQuestion, getBankQuestion),
  route(contract.answerBankQuestion, answerBankQuestion),
  route(contract.getRefundable, getRefundable),
  route(contract.refundPurchase, refundPurchase),
]
