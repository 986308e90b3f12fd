import { useLive } from '../live.ts'
import { refreshMe } from '../me.ts'
import { refreshRealm } from '../realm.ts'

/** Shows the agency's new name, colour or mode at once on every page open in it, whoever changed it. */
export function useAgencyWatch(): void {
  useLive((event) => {
    if (event.kind !== 'agency' && event.kind !== 'account' && event.kind !== 'reconnected') return
    // Offline, the page keeps what it shows; the next event reads again.
    void Promise.all([refreshRealm(), refreshMe()]).catch(() => undefined)
  })
}
