import { route, type Route } from '../../server/route.ts'
import { beginTotp } from './begin-totp.ts'
import { confirmTotp } from './confirm-totp.ts'
import * as contract from './contract.ts'
import { disableTotp } from './disable-totp.ts'
import { getSecondFactor } from './get-second-factor.ts'
import { regenerateRecoveryCodes } from './regenerate-recovery-codes.ts'

/** Codes of an application and recovery codes, as the second proof at sign-in. */
export const secondFactorRoutes: Route[] = [
  route(contract.getSecondFactor, getSecondFactor),
  route(contract.beginTotp, beginTotp, { detached: true }),
  route(contract.confirmTotp, confirmTotp),
  route(contract.disableTotp, disableTotp, { detached: true }),
  route(contract.regenerateRecoveryCodes, regenerateRecoveryCodes, { detached: true }),
]
