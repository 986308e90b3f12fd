export {
  assignClients,
  type AssignmentChange,
  type AssignmentOutcome,
  type AssignmentPair,
} from './assign-clients.ts'
export { announceAssignments } from './announce-assignments.ts'
export { visibleMemberCondition, visibleMembers } from './visible-members.ts'
