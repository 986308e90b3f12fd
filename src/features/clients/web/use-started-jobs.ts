import { useCallback, useState } from 'react'

/** Long work this tab started; `fresh`: since it was last loaded. */
export type StartedJob = { id: string; fresh: boolean }

const key = 'canopee.clients.jobs'

function kept(): string[] {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '[]') as string[]
  } catch {
    return []
  }
}

/** Keeps the tab's long work over a reload, until its line is closed. */
export function useStartedJobs() {
  const [jobs, setJobs] = useState<StartedJob[]>(() => kept().map((id) => ({ id, fresh: false })))
  const keep = useCallback(
    (change: (old: StartedJob[]) => StartedJob[]) =>
      setJobs((old) => {
        const next = change(old)
        sessionStorage.setItem(key, JSON.stringify(next.map((j) => j.id)))
        return next
      }),
    [setJobs],
  )
  const add = useCallback((id: string) => keep((old) => [...old, { id, fresh: true }]), [keep])
  const close = useCallback((id: string) => keep((old) => old.filter((j) => j.id !== id)), [keep])
  return { jobs, add, close }
}
