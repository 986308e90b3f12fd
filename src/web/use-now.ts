import { useSyncExternalStore } from 'react'

/** One ticking clock per rhythm, however many parts of the page show a countdown or an age. */
type Clock = { now: number; listeners: Set<() => void>; timer: ReturnType<typeof setInterval> | undefined }

const clocks = new Map<number, Clock>()

function clockOf(every: number): Clock {
  const known = clocks.get(every)
  if (known) return known
  const clock: Clock = { now: Date.now(), listeners: new Set(), timer: undefined }
  clocks.set(every, clock)
  return clock
}

/** The page's clock in milliseconds, read again every `every` milliseconds. */
export function useNow(every: number): number {
  return useSyncExternalStore(
    (listen) => {
      const clock = clockOf(every)
      clock.listeners.add(listen)
      clock.timer ??= setInterval(() => {
        clock.now = Date.now()
        for (const l of clock.listeners) l()
      }, every)
      return () => {
        clock.listeners.delete(listen)
        if (clock.listeners.size > 0) return
        clearInterval(clock.timer)
        clocks.delete(every)
      }
    },
    () => clockOf(every).now,
  )
}
