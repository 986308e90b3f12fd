import { route, type Route } from '../../server/route.ts'
import { acceptInvitation } from './accept-invitation.ts'
import * as contract from './contract.ts'
import { inviteSubAccount } from './invite-sub-account.ts'
import { previewInvitation } from './preview-invitation.ts'
import { readInvitation } from './read-invitation.ts'
import { resendInvitation } from './resend-invitation.ts'
import { revokeInvitation } from './revoke-invitation.ts'

/** Invitations: from "Nouveau sous-compte" to the holder's first sign-in. */
export const invitationRoutes: Route[] = [
  route(contract.previewInvitation, previewInvitation),
  route(contract.inviteSubAccount, inviteSubAccount),
  route(contract.resendInvitation, resendInvitation),
  route(contract.revokeInvitation, revokeInvitation),
  route(contract.readInvitation, readInvitation),
  route(contract.acceptInvitation, acceptInvitation, { detached: true }),
]
