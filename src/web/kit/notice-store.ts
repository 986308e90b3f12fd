import { useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'

/** A notice at the foot of the page, for a while. */
export type Toast = {
  id: number
  message: ReactNode
  tone: 'done' | 'error'
  /** Puts back what was just done. */
  undo?: () => void
  /** How long it stays, in milliseconds; hovering or focusing it stops the clock. */
  stay: number
}

/** Older ones leave when more than these are shown. */
const most = 3

let toasts: Toast[] = []
let serial = 0
const listeners = new Set<() => void>()

function set(next: Toast[]): void {
  toasts = next
  for (const listen of listeners) listen()
}

/** Shows a notice; gives its id. */
export function showToast(toast: Omit<Toast, 'id'>): number {
  serial += 1
  set([...toasts, { ...toast, id: serial }].slice(-most))
  return serial
}

/** Takes a notice away. */
export function hideToast(id: number): void {
  set(toasts.filter((t) => t.id !== id))
}

/** The newest act that can still be undone. */
export function latestUndo(): (() => void) | undefined {
  return toasts.findLast((t) => t.undo)?.undo
}

/** The notices shown. */
export function useToasts(): Toast[] {
  return useSyncExternalStore(
    (listen) => {
      listeners.add(listen)
      return () => listeners.delete(listen)
    },
    () => toasts,
  )
}
