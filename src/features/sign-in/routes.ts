import { route, type Route } from '../../server/route.ts'
import { completePasswordReset, readResetLink } from './complete-password-reset.ts'
import { completeSecondFactor } from './complete-second-factor.ts'
import { confirmEmail } from './confirm-email.ts'
import * as contract from './contract.ts'
import { getMe } from './get-me.ts'
import { requestPasswordReset } from './request-password-reset.ts'
import { signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'

/** Signing in and out, lost passwords, and who is signed in. Detached: hashing holds no connection. */
export const signInRoutes: Route[] = [
  route(contract.signIn, signIn, { detached: true }),
  route(contract.completeSecondFactor, completeSecondFactor, { detached: true }),
  route(contract.signOut, signOut),
  route(contract.getMe, getMe),
  route(contract.requestPasswordReset, requestPasswordReset),
  route(contract.readResetLink, readResetLink),
  route(contract.completePasswordReset, completePasswordReset, { detached: true }),
  route(contract.confirmEmail, confirmEmail),
]
