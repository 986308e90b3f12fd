import type { ComponentPropsWithRef, ReactNode } from 'react'
import { Kbd } from './kbd.tsx'

type BulkActionProps = Omit<ComponentPropsWithRef<'button'>, 'type'> & {
  icon: ReactNode
  /** Its single letter, shown at the end. */
  letter?: string
}

/** A button of the bulk bar; usable as a popover's or menu's target. */
export function BulkAction({ icon, letter, children, ...rest }: BulkActionProps) {
  return (
    <button type="button" {...rest}>
      {icon}
      <span className="bulk-action-label">{children}</span>
      {letter ? <Kbd>{letter}</Kbd> : null}
    </button>
  )
}
