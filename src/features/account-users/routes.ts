import { route, type Route } from '../../server/route.ts'
import { acceptAccountInvitation, readAccountInvitation } from './accept-account-invitation.ts'
import * as contract from './contract.ts'
import {
  listUsersOfAccount,
  sendAccountPasswordReset,
  setAccountUserPassword,
} from './credentials-of-account.ts'
import {
  inviteAccountUser,
  resendAccountInvitation,
  withdrawAccountInvitation,
} from './invite-account-user.ts'
import { listAccountUsers } from './list-account-users.ts'
import { setAccountUserRole, setAccountUserState } from './set-account-user.ts'

/** Users of hosted accounts: on the account's own host, and their means of sign-in from the agency. */
export const accountUserRoutes: Route[] = [
  route(contract.listAccountUsers, listAccountUsers),
  route(contract.inviteAccountUser, inviteAccountUser),
  route(contract.resendAccountInvitation, resendAccountInvitation),
  route(contract.withdrawAccountInvitation, withdrawAccountInvitation),
  route(contract.setAccountUserState, setAccountUserState),
  route(contract.setAccountUserRole, setAccountUserRole),
  route(contract.readAccountInvitation, readAccountInvitation),
  route(contract.acceptAccountInvitation, acceptAccountInvitation, { detached: true }),
  route(contract.listUsersOfAccount, listUsersOfAccount),
  route(contract.setAccountUserPassword, setAccountUserPassword, { detached: true }),
  route(contract.sendAccountPasswordReset, sendAccountPasswordReset),
]
