import { useEffect, useState, type ReactNode } from 'react'
import { createPortal } from 'react-dom'

/** The step's buttons, in the wizard's fixed foot. */
export function StepActions({ children }: { children: ReactNode }) {
  const [foot, setFoot] = useState<HTMLElement | null>(null)
  useEffect(() => setFoot(document.getElementById('import-actions')), [])
  return foot ? createPortal(<span style={{ display: 'inline-flex', gap: 8 }}>{children}</span>, foot) : null
}
