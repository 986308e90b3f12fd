// Who works on what has its own feature; it is offered here too, where one looks for it first.
export {
  announceAssignments,
  assignClients,
  type AssignmentChange,
  type AssignmentOutcome,
  type AssignmentPair,
} from '../assignments/public.ts'
export { visibleMemberCondition, visibleMembers } from './visible-members.ts'
export { readMember } from './get-member.ts'
export { lockMembership } from './lock-membership.ts'
export { auditedMember, memberToChange, type MemberToChange } from './member-to-change.ts'
export { checkPlace, checkRole, checkSeesUnassigned } from './place-rules.ts'
export { unassignedSeen } from './unassigned-seen.ts'
export { wordsIn } from './search-words.ts'
