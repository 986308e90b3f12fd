import { useCallback, useSyncExternalStore } from 'react'

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

function tick(clock: Clock): void {
  clock.now = Date.now()
  for (const listen of clock.listeners) listen()
}

/** The page's clock in milliseconds, read again every `every` milliseconds. */
export function useNow(every: number): number {
  // The same function at each render: another one would stop and start the clock, whose time would move,
  // which renders again, without end.
  const subscribe = useCallback(
    (listen: () => void) => {
      const clock = clockOf(every)
      // A clock that stood still is set right once, when it starts again.
      if (clock.timer === undefined) clock.now = Date.now()
      clock.listeners.add(listen)
      clock.timer ??= setInterval(() => tick(clock), every)
      return () => {
        clock.listeners.delete(listen)
        if (clock.listeners.size > 0) return
        clearInterval(clock.timer)
        clock.timer = undefined
      }
    },
    [every],
  )
  return useSyncExternalStore(subscribe, () => clockOf(every).now)
}
