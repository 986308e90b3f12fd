import { job } from '../../server/jobs.ts'
import { approvalDue } from './approval-due.ts'
import { approveIfUnanswered } from './approve-order.ts'

/** Approves a delivery that nobody answered in the agency's number of days. Queued when an order is delivered. */
export const approveUnanswered = job({
  ...approvalDue,
  run: (ctx, { orderId }) => approveIfUnanswered(ctx, orderId),
})
