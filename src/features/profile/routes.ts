import { route, type Route } from '../../server/route.ts'
import { cancelEmailChange } from './cancel-email-change.ts'
import { changePassword } from './change-password.ts'
import * as contract from './contract.ts'
import { getProfile } from './get-profile.ts'
import { listSessions } from './list-sessions.ts'
import { requestEmailChange } from './request-email-change.ts'
import { resendEmailConfirmation } from './resend-email-confirmation.ts'
import { revokeOtherSessions, revokeSession } from './revoke-sessions.ts'
import { updateProfile } from './update-profile.ts'

/** "Mon profil": oneself, password, address, sessions (B14, B49). */
export const profileRoutes: Route[] = [
  route(contract.getProfile, getProfile),
  route(contract.updateProfile, updateProfile),
  route(contract.changePassword, changePassword, { detached: true }),
  route(contract.requestEmailChange, requestEmailChange, { detached: true }),
  route(contract.cancelEmailChange, cancelEmailChange),
  route(contract.resendEmailConfirmation, resendEmailConfirmation),
  route(contract.listSessions, listSessions),
  route(contract.revokeSession, revokeSession),
  route(contract.revokeOtherSessions, revokeOtherSessions),
]
