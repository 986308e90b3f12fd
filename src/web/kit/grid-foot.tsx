import type { ReactNode } from 'react'
import { useT } from '../i18n/use-t.ts'
import { lettersAreOn } from '../shortcuts.ts'
import { Kbd } from './kbd.tsx'
import './grid-foot.css'

/** Totals at the start, keyboard hints at the end; not on phones. `opens={false}` when rows don’t open. */
export function GridFoot(props: {
  children: ReactNode
  hints?: { key: string; label: string }[]
  opens?: boolean
}) {
  const t = useT()
  return (
    <footer className="grid-foot">
      {props.children}
      <span className="spacer" />
      <span className="grid-hint">
        <Kbd>↑</Kbd>
        <Kbd>↓</Kbd> {t('kit.hint.browse')}
      </span>
      {lettersAreOn()
        ? props.hints?.map((hint) => (
            <span key={hint.key} className="grid-hint">
              <Kbd>{hint.key}</Kbd> {hint.label}
            </span>
          ))
        : null}
      {props.opens === false ? null : (
        <span className="grid-hint">
          <Kbd>↵</Kbd> {t('kit.hint.open')}
        </span>
      )}
    </footer>
  )
}
