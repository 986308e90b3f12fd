import { Suspense, lazy, useState } from 'react'
import type { FunctionComponent } from 'react'

/**
 * A dialog whose code comes when it is first opened: a page that may show six forms loads none of them.
 * It stays mounted from then on, so that closing it gives the focus back.
 */
export function lazyDialog<P extends { opened: boolean }>(
  load: () => Promise<FunctionComponent<P>>,
): FunctionComponent<P> {
  const Dialog = lazy(async () => ({ default: await load() }))
  return function LazyDialog(props: P) {
    const [wanted, setWanted] = useState(props.opened)
    if (props.opened && !wanted) setWanted(true)
    return wanted ? (
      <Suspense fallback={null}>
        <Dialog {...props} />
      </Suspense>
    ) : null
  }
}
