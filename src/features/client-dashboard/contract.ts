import { z } from 'zod'
import { money } from '../../contract/common.ts'
import { endpoint } from '../../contract/endpoint.ts'
import { idAnswer } from '../../contract/ids.ts'

/** What a client's own people see first (A8, C20, C21): one line per client folder of theirs. */
export const getClientDashboard = endpoint({
  name: 'getClientDashboard',
  method: 'GET',
  path: '/client-dashboard',
  summary:
    'Per client in sight: its budget, what is held of it, its projects, campaigns and orders under way.',
  realms: ['agency'],
  may: 'orders.read',
  answer: z.strictObject({
    /** At most fifty, the last active first. */
    data: z.array(
      z.strictObject({
        client: z.strictObject({ id: idAnswer('client'), name: z.string() }),
        /** Left to spend. */
        available: money,
        /** Kept back for orders under way. */
        held: money,
        /** Paid for deliveries this calendar month and this year, in the agency's zone. */
        spentThisMonth: money,
        spentThisYear: money,
        projects: z.int(),
        runningCampaigns: z.int(),
        openOrders: z.int(),
        toApprove: z.int(),
      }),
    ),
  }),
})
