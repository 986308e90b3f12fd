import { lazy } from 'react'
import type { ComponentType } from 'react'

/** A slot's component, loaded when first shown; undefined when nobody fills the slot. */
export function lazySlot<P extends object>(load: (() => Promise<ComponentType<P>>) | undefined) {
  return load ? lazy<ComponentType<P>>(async () => ({ default: await load() })) : undefined
}
