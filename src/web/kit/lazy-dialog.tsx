import { Suspense, lazy, useEffect, useState } from 'react'
import type { FunctionComponent } from 'react'

/**
 * A dialog whose code comes when it is first opened: a page that may show six forms loads none of them.
 * It stays mounted from then on, so that closing it gives the focus back.
 */
export function lazyDialog<P extends { opened: boolean }>(
  load: () => Promise<FunctionComponent<P>>,
): FunctionComponent<P> {
  const Dialog = lazy(async () => ({ default: await load() }))

  // Mounted shut, then opened: a dialog remembers what had the focus only when it sees itself open.
  function Opening(props: P) {
    const [mounted, setMounted] = useState(false)
    useEffect(() => setMounted(true), [])
    return <Dialog {...props} opened={props.opened && mounted} />
  }

  return function LazyDialog(props: P) {
    const [wanted, setWanted] = useState(props.opened)
    if (props.opened && !wanted) setWanted(true)
    return wanted ? (
      <Suspense fallback={null}>
        <Opening {...props} />
      </Suspense>
    ) : null
  }
}
