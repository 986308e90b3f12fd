import { useEffect, useState } from 'react'
import { useT } from '../../../web/i18n/use-t.ts'

/** Seconds left until a moment of this device's clock, counted down to 0. */
export function useSecondsLeft(until: number): number {
  const [now, setNow] = useState(() => Date.now())
  const left = Math.max(0, Math.ceil((until - now) / 1000))
  const over = left === 0
  useEffect(() => {
    if (over) return undefined
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [over])
  return left
}

/** "4 min 12 s", "3 h 5 min", in words a screen reader can say. */
export function TimeLeft({ seconds }: { seconds: number }) {
  const t = useT()
  if (seconds >= 3600)
    return (
      <>{t('sign_in.wait.hours', { h: Math.floor(seconds / 3600), m: Math.floor((seconds % 3600) / 60) })}</>
    )
  if (seconds >= 60) return <>{t('sign_in.wait.minutes', { m: Math.floor(seconds / 60), s: seconds % 60 })}</>
  return <>{t('sign_in.wait.seconds', { s: seconds })}</>
}
