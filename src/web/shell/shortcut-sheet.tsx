import { Suspense, lazy, useSyncExternalStore } from 'react'
import { useT } from '../i18n/use-t.ts'
import { useShortcut } from '../shortcuts.ts'

const Content = lazy(() => import('./shortcut-list.tsx').then((m) => ({ default: m.ShortcutList })))

let open = false
const listeners = new Set<() => void>()

function setOpen(value: boolean): void {
  open = value
  for (const listen of listeners) listen()
}

/** Shows the sheet of keyboard shortcuts. */
export function openShortcutSheet(): void {
  setOpen(true)
}

/** "?" lists what the keyboard can do here; the list itself comes when first asked. */
export function ShortcutSheet() {
  const t = useT()
  const shown = useSyncExternalStore(
    (listen) => {
      listeners.add(listen)
      return () => listeners.delete(listen)
    },
    () => open,
  )
  useShortcut('?', { label: t('shell.shortcuts.title'), run: openShortcutSheet })
  if (!shown) return null
  return (
    <Suspense fallback={null}>
      <Content onClose={() => setOpen(false)} />
    </Suspense>
  )
}
