import { route, type Route } from '../../server/route.ts'
import { addPasskey } from './add-passkey.ts'
import { beginPasskey } from './begin-passkey.ts'
import { beginPasskeySignIn } from './begin-passkey-sign-in.ts'
import * as contract from './contract.ts'
import { listPasskeys } from './list-passkeys.ts'
import { removePasskey } from './remove-passkey.ts'
import { renamePasskey } from './rename-passkey.ts'
import { signInWithPasskey } from './sign-in-with-passkey.ts'

/** Passkeys: registered by their holder, then a sign-in without a password. */
export const passkeyRoutes: Route[] = [
  route(contract.listPasskeys, listPasskeys),
  route(contract.beginPasskey, beginPasskey, { detached: true }),
  route(contract.addPasskey, addPasskey),
  route(contract.renamePasskey, renamePasskey),
  route(contract.removePasskey, removePasskey, { detached: true }),
  route(contract.beginPasskeySignIn, beginPasskeySignIn),
  route(contract.signInWithPasskey, signInWithPasskey, { detached: true }),
]
