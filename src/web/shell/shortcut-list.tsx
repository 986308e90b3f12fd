import { Modal, Switch } from '@mantine/core'
import type { TextKey } from '../../contract/text-keys.gen.ts'
import { useT } from '../i18n/use-t.ts'
import type { Translate } from '../i18n/use-t.ts'
import { Kbd, modKey } from '../kit/kbd.tsx'
import { useMe } from '../me.ts'
import { usePreferences } from '../preferences.ts'
import { useShortcuts } from '../shortcuts.ts'
import { slots } from '../slots.ts'
import './shortcut-list.css'

/** Keys that lists and fields know by themselves. */
const fixed: { keys: string[]; label: TextKey }[] = [
  { keys: ['J', 'K'], label: 'shell.shortcuts.move' },
  { keys: ['X'], label: 'shell.shortcuts.select' },
  { keys: ['⇧', 'X'], label: 'shell.shortcuts.range' },
  { keys: ['↵'], label: 'shell.shortcuts.open' },
  { keys: [modKey, 'A'], label: 'shell.shortcuts.all' },
  { keys: [modKey, 'Z'], label: 'shell.shortcuts.undo' },
  { keys: ['Esc'], label: 'shell.shortcuts.cancel' },
]

/** The shortcuts on offer, and the switch of single letters (WCAG 2.1.4). */
export function ShortcutList(props: { onClose: () => void }) {
  const t = useT()
  const shortcuts = useShortcuts()
  const { setShortcuts } = usePreferences()
  const me = useMe()
  return (
    <Modal opened onClose={props.onClose} title={t('shell.shortcuts.title')} size={520}>
      <dl className="shortcut-list">
        {[...ofThePage(shortcuts), ...ofLists(t)].map((line) => (
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

function ofThePage(shortcuts: { keys: string; label: string }[]): { keys: string[]; label: string }[] {
  // J and K are in the lists' own lines; what has no label is not for the sheet.
  const named = shortcuts.filter((s) => s.label !== '' && s.keys !== 'j' && s.keys !== 'k')
  const unique = [...new Map(named.map((s) => [s.keys, s])).values()]
  return unique.map((s) => ({ keys: keyNames(s.keys), label: s.label }))
}

function ofLists(t: Translate): { keys: string[]; label: string }[] {
  return fixed.map((line) => ({ keys: line.keys, label: t(line.label) }))
}

function keyNames(keys: string): string[] {
  return keys.split(/[ +]/).map((key) => (key === 'mod' ? modKey : key.toUpperCase()))
}
