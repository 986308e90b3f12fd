import { useEffect, useState } from 'react'

/** The page's clock in milliseconds, read again every `every` milliseconds, for what counts down. */
export function useNow(every: number): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every)
    return () => clearInterval(timer)
  }, [every])
  return now
}
