export {
  assignClients,
  type AssignmentChange,
  type AssignmentOutcome,
  type AssignmentPair,
} from './assign-clients.ts'
export { announceAssignments, announceClients } from './announce-assignments.ts'
export { clientNames } from './emails.ts'
