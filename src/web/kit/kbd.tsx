import type { ReactNode } from 'react'
import './kbd.css'

/** A key of the keyboard, shown beside what it does; hidden from screen readers and on touch. */
export function Kbd(props: { children: ReactNode }) {
  return (
    <kbd className="kbd" aria-hidden="true">
      {props.children}
    </kbd>
  )
}

const apple = /Mac|iPhone|iPad/.test(navigator.platform)

/** Name of the command key on this machine: "⌘" on Apple's, "Ctrl" elsewhere. */
export const modKey = apple ? '⌘' : 'Ctrl'
