export { assignClients, type AssignmentChange, type AssignmentOutcome, type AssignmentPair } from './assign-clients.ts'
export { announceAssignments } from './announce-assignments.ts'
export { clientNames } from './emails.ts'
