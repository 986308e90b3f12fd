import { z } from 'zod'
import type { Job } from '../../server/jobs.ts'

/** The job that visits a proof, as it is queued; jobs.ts says what it does. */
export const proofDue = {
  name: 'orders.check_proof',
  payload: z.object({ deliveryId: z.string(), version: z.int() }),
} satisfies Job<{ deliveryId: string; version: number }>
