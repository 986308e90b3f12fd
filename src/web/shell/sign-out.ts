import { paths } from '../paths.ts'
import { slots } from '../slots.ts'

/** Ends the session, then starts the page anew so that nothing of the user stays in memory. */
export async function signOut(): Promise<void> {
  const end = await slots.signOut?.()
  await end?.()
  location.assign(paths.signIn)
}
