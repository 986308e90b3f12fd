import { useEffect, useRef } from 'react'
import { useLive } from '../../../web/live.ts'
import { refreshClients } from './patch-rows.ts'

/** Changes that come in a burst (an import, a bulk act) are shown this often, in milliseconds. */
const everyMs = 2_000

/** Keeps the list as it is on the server: clients that others add, change or assign show within seconds. */
export function useLiveClients(): void {
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(waiting.current), [])
  useLive((event) => {
    if (event.kind !== 'clients' && event.kind !== 'reconnected') return
    waiting.current ??= setTimeout(() => {
      waiting.current = undefined
      void refreshClients()
    }, everyMs)
  })
}
