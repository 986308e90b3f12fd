import { job } from '../../server/jobs.ts'
import { checkDeliveredProof } from './check-proof.ts'
import { proofDue } from './proof-due.ts'

/** Visits the page that proves a delivery. Queued when it is handed in, corrected, or somebody asks again. */
export const checkProof = job({
  ...proofDue,
  runApart: (app, agencyId, payload) => checkDeliveredProof(app, agencyId, payload),
})
