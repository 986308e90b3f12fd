import { useSyncExternalStore } from 'react'
import { Modal, Switch } from '@mantine/core'
import type { TextKey } from '../../contract/text-keys.gen.ts'
import { useT } from '../i18n/use-t.ts'
import { Kbd, modKey } from '../kit/kbd.tsx'
import { useMe } from '../me.ts'
import { usePreferences } from '../preferences.ts'
import { useShortcut, useShortcuts } from '../shortcuts.ts'
import { slots } from '../slots.ts'

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

/** Keys that lists and fields know by themselves. */
const fixed: { keys: string[]; label: TextKey }[] = [
  { keys: ['J', 'K'], label: 'shell.shortcuts.move' },
  { keys: ['X'], label: 'shell.shortcuts.select' },
  { keys: ['Shift', 'X'], label: 'shell.shortcuts.range' },
  { keys: ['Enter'], label: 'shell.shortcuts.open' },
  { keys: [modKey, 'A'], label: 'shell.shortcuts.all' },
  { keys: [modKey, 'Z'], label: 'shell.shortcuts.undo' },
  { keys: ['Esc'], label: 'shell.shortcuts.cancel' },
]

/** "?" lists what the keyboard can do here; single letters can be turned off (WCAG 2.1.4). */
export function ShortcutSheet() {
  const t = useT()
  const shown = useSyncExternalStore(
    (listen) => {
      listeners.add(listen)
      return () => listeners.delete(listen)
    },
    () => open,
  )
  const shortcuts = useShortcuts()
  const { setShortcuts } = usePreferences()
  const me = useMe()
  useShortcut('?', { label: t('shell.shortcuts.title'), run: openShortcutSheet })
  const unique = [...new Map(shortcuts.map((s) => [s.keys, s])).values()]
  return (
    <Modal opened={shown} onClose={() => setOpen(false)} title={t('shell.shortcuts.title')} size={520}>
      <dl className="shortcut-list">
        {[...unique.map((s) => ({ keys: keyNames(s.keys), label: s.label })), ...fixedLines(t)].map((line) => (
          <div key={line.keys.join(' ') + line.label}>
            <dt>{line.label}</dt>
            <dd>
              {line.keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
              <span className="visually-hidden">{line.keys.join(' ')}</span>
            </dd>
          </div>
        ))}
      </dl>
      {slots.savePreferences && me ? (
        <Switch
          mt="md"
          checked={me.user.shortcuts}
          label={t('shell.shortcuts.letters')}
          description={t('shell.shortcuts.lettersHint')}
          onChange={(event) => void setShortcuts(event.currentTarget.checked)}
        />
      ) : null}
    </Modal>
  )
}

function fixedLines(t: (key: TextKey) => string): { keys: string[]; label: string }[] {
  return fixed.map((line) => ({ keys: line.keys, label: t(line.label) }))
}

function keyNames(keys: string): string[] {
  return keys.split(/[ +]/).map((key) => (key === 'mod' ? modKey : key.toUpperCase()))
}
