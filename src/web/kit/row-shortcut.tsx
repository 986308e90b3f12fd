import { useShortcut } from '../shortcuts.ts'

/** A row's letter, also when the focus is elsewhere on the page: on the bulk bar, on a filter. */
export function RowShortcut(props: { letter: string; label: string; run: () => void }) {
  useShortcut(props.letter, { label: props.label, run: props.run })
  return null
}
