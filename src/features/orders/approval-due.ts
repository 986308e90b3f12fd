import { z } from 'zod'
import type { Job } from '../../server/jobs.ts'

/** The job that approves an order nobody answered, as it is queued; jobs.ts says what it does. */
export const approvalDue = {
  name: 'orders.approve_unanswered',
  payload: z.object({ orderId: z.string() }),
} satisfies Job<{ orderId: string }>
