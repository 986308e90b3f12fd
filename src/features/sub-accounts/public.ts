// Who works on what has its own feature; it is offered here too, where one looks for it first.
export {
  announceAssignments,
  assignClients,
  type AssignmentChange,
  type AssignmentOutcome,
  type AssignmentPair,
} from '../assignments/public.ts'
export { visibleMemberCondition, visibleMembers } from './visible-members.ts'
