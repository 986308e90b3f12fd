import { defaultVariantColorsResolver } from '@mantine/core'
import type { VariantColorsResolver } from '@mantine/core'

/** Colours of buttons by variant: the brand's readable shades, and a red no brand can change. */
export const resolveVariant: VariantColorsResolver = (input) => {
  const base = defaultVariantColorsResolver(input)
  const color = input.color ?? 'brand'
  if (color === 'brand') {
    if (input.variant === 'filled') {
      return {
        ...base,
        background: 'var(--brand-fill)',
        hover: 'var(--brand-fill-hover)',
        color: 'var(--brand-ink)',
        border: '1px solid transparent',
      }
    }
    if (input.variant === 'light') {
      return {
        ...base,
        background: 'var(--brand-tint)',
        hover: 'var(--brand-tint-hover)',
        color: 'var(--brand-text)',
        border: '1px solid transparent',
      }
    }
    if (input.variant === 'subtle' || input.variant === 'transparent') {
      return { ...base, color: 'var(--brand-text)', hover: 'var(--brand-tint)' }
    }
  }
  if (color === 'red') {
    if (input.variant === 'filled') {
      return { ...base, background: 'var(--danger-fill)', hover: 'var(--danger-fill-hover)', color: '#fff' }
    }
    if (input.variant === 'light' || input.variant === 'subtle') {
      const background = input.variant === 'light' ? 'var(--danger-tint)' : 'transparent'
      return { ...base, color: 'var(--danger-text)', hover: 'var(--danger-tint)', background }
    }
  }
  return base
}
