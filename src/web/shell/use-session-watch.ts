import { useLive } from '../live.ts'
import { refreshMe } from '../me.ts'
import { sessionLost } from '../session-lost.ts'

/** Leaves the page as soon as its session is ended elsewhere: another device, a colleague, a new password. */
export function useSessionWatch(): void {
  useLive((event) => {
    if (event.kind !== 'session.ended') return
    // One of the user's sessions ended; the server says whether it was this one.
    void refreshMe().then(
      (me) => me ?? sessionLost(),
      () => undefined,
    )
  })
}
