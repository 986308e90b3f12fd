import { route, type Route } from '../../server/route.ts'
import { changeParent } from './change-parent.ts'
import { changeRole } from './change-role.ts'
import * as contract from './contract.ts'
import { disableSubAccount } from './disable-sub-account.ts'
import { enableSubAccount } from './enable-sub-account.ts'
import { getMember } from './get-member.ts'
import { getMemberOptions } from './get-member-options.ts'
import { listMemberChoices } from './list-member-choices.ts'
import { listMemberHistory } from './list-member-history.ts'
import { listMembers } from './list-members.ts'
import { updateMember } from './update-member.ts'

/** Sub-accounts: who they are, their role, place and access. */
export const subAccountRoutes: Route[] = [
  route(contract.listMembers, listMembers),
  route(contract.listMemberChoices, listMemberChoices),
  route(contract.getMemberOptions, getMemberOptions),
  route(contract.getMember, getMember),
  route(contract.listMemberHistory, listMemberHistory),
  route(contract.updateMember, updateMember),
  route(contract.changeRole, changeRole),
  route(contract.changeParent, changeParent),
  route(contract.disableSubAccount, disableSubAccount),
  route(contract.enableSubAccount, enableSubAccount),
]
