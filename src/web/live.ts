import { useEffect, useEffectEvent } from 'react'
import { endpointUrl } from './call.ts'
import { streamEvents } from '../features/long-jobs/contract.ts'

/** Something that changed for the user: its kind (`job`, `notification`, `clients`…) and perhaps its id. */
export type LiveEvent = { kind: string; id: string | null }

const listeners = new Set<(event: LiveEvent) => void>()
const lockName = 'canopee.events'
let started = false

/**
 * One stream for all the tabs of a browser (which allows six connections to a host): the tab that holds
 * the lock listens and tells the others. When it closes, another takes over.
 */
function start(): void {
  if (started) return
  started = true
  const channel = new BroadcastChannel(lockName)
  const deliver = (event: LiveEvent) => {
    for (const listen of listeners) listen(event)
  }
  channel.addEventListener('message', (message: MessageEvent<LiveEvent>) => deliver(message.data))
  const listen = () =>
    new Promise<never>(() => {
      const source = new EventSource(endpointUrl(streamEvents))
      let opened = false
      const tell = (event: LiveEvent) => {
        deliver(event)
        channel.postMessage(event)
      }
      source.addEventListener('message', (message: MessageEvent<string>) =>
        tell(JSON.parse(message.data) as LiveEvent),
      )
      // What happened while the stream was down is unknown: everybody reads again.
      source.addEventListener('open', () => {
        if (opened) tell({ kind: 'reconnected', id: null })
        opened = true
      })
    })
  if (navigator.locks) void navigator.locks.request(lockName, listen)
  else void listen()
}

/** Hears what changes while the component is on the page; `reconnected` means "read again". */
export function useLive(react: (event: LiveEvent) => void): void {
  const heard = useEffectEvent(react)
  useEffect(() => {
    start()
    const listen = (event: LiveEvent) => heard(event)
    listeners.add(listen)
    return () => {
      listeners.delete(listen)
    }
  }, [])
}
