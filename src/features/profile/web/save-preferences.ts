import { call } from '../../../web/call.ts'
import type { Preferences } from '../../../web/slots.ts'
import { updateProfile } from '../contract.ts'

/** Keeps a preference with the user, so that their other devices have it too. */
export async function savePreferences(change: Preferences): Promise<void> {
  await call(updateProfile, { body: change })
}
